package io.stockledger.stock;

import io.stockledger.quantity.Quantity;

/** Units that moved from one bucket to another. The quantity is above zero; the direction says the rest. */
public record Posting(Bucket from, Bucket to, Quantity quantity) {

    public Posting {
        if (from == to) {
            throw new IllegalArgumentException("posting: from " + from + " to itself (expected: two buckets)");
        }
        if (!quantity.isPositive()) {
            throw new IllegalArgumentException("posting: " + quantity + " (expected: above 0)");
        }
    }
}
