package io.stockledger.stock;

/**
 * Where units can be. Units only ever move from one bucket to another, so the sum over all buckets is 0 at any
 * time; the buckets outside the house go below zero as goods come in from them.
 */
public enum Bucket {
    SELLABLE(true),
    QUARANTINE(true),
    DAMAGED(true),
    SUPPLIER(false),
    CUSTOMER(false),
    /** Units that turned up: opening balances, finds, counts above the ledger. */
    FOUND(false),
    /** Units that went without a sale: lost, stolen, expired, used, counted below the ledger. */
    LOST(false),
    /** Units that were thrown away. */
    DISPOSED(false),
    /** Units between two locations. */
    IN_TRANSIT(false);

    private final boolean onHand;

    Bucket(boolean onHand) {
        this.onHand = onHand;
    }

    /** Whether units in it are physically at the location. */
    public boolean isOnHand() {
        return onHand;
    }
}
