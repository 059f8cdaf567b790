package io.stockledger.projections.drift;

import java.math.BigDecimal;

/**
 * One line of a snapshot.
 *
 * @param quantity on hand, in the item's unit, with the decimals that the file has; may be below zero
 */
record SnapshotLine(String location, String sku, BigDecimal quantity) {

    /** Of what it is; a snapshot has one line of each. */
    record Key(String location, String sku) {}

    Key key() {
        return new Key(location, sku);
    }
}
