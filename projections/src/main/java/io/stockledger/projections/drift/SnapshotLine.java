package io.stockledger.projections.drift;

import java.math.BigDecimal;

/**
 * One line of a snapshot.
 *
 * @param quantity on hand, in the item's unit; may be below zero
 */
record SnapshotLine(String location, String sku, BigDecimal quantity) {}
