package io.stockledger.document;

import io.stockledger.quantity.Quantity;
import org.jspecify.annotations.Nullable;

/**
 * What a document comes to for one item at one location, as its sender is told.
 *
 * @param quantity signed for adjustments and counts
 * @param shortfall how many of the units handed over the ledger did not have; null for none
 */
public record PostedLine(
        String sku,
        String location,
        Quantity quantity,
        @Nullable Quantity shortfall) {

    public static PostedLine of(String sku, String location, Quantity quantity) {
        return new PostedLine(sku, location, quantity, null);
    }
}
