package io.stockledger.stock;

import io.stockledger.document.Coded;

/**
 * Where units can be. Units only ever move from one bucket to another, so the sum over all buckets is 0 at any
 * time; the buckets outside the house go below zero as goods come in from them. A new bucket is one line here: states,
 * views and answers hold buckets by their code.
 */
public enum Bucket implements Coded {
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
    /** Asked for with each answer about stock. */
    private final String code = Coded.super.code();

    Bucket(boolean onHand) {
        this.onHand = onHand;
    }

    /** Whether units in it are physically at the location. */
    public boolean isOnHand() {
        return onHand;
    }

    /** What it is called in facts, tables and answers, for example {@code in-transit}; never changes. */
    @Override
    public String code() {
        return code;
    }

    /** @throws IllegalArgumentException when no bucket has this code */
    public static Bucket ofCode(String code) {
        for (Bucket bucket : values()) {
            if (bucket.code.equals(code)) {
                return bucket;
            }
        }
        throw new IllegalArgumentException("bucket: '" + code + "' (expected: one that this version knows)");
    }
}
