package io.stockledger.adjustment;

import io.stockledger.document.Coded;
import io.stockledger.stock.Bucket;

/** Why units were added or removed without a receipt, sale or return. */
public enum AdjustmentReason implements Coded {
    OPENING_BALANCE(Sign.ADDS, Bucket.FOUND),
    FOUND(Sign.ADDS, Bucket.FOUND),
    LOST(Sign.REMOVES, Bucket.LOST),
    STOLEN(Sign.REMOVES, Bucket.LOST),
    DAMAGED(Sign.REMOVES, Bucket.DISPOSED),
    EXPIRED(Sign.REMOVES, Bucket.DISPOSED),
    /** By choice, so not what is promised to somebody. */
    OWN_USE(Sign.REMOVES, Bucket.LOST),
    /** By choice, so not what is promised to somebody. */
    GIVEN_AWAY(Sign.REMOVES, Bucket.LOST),
    CORRECTION(Sign.EITHER, Bucket.LOST);

    private enum Sign {
        ADDS,
        REMOVES,
        EITHER
    }

    private final Sign sign;
    private final Bucket counterpart;

    AdjustmentReason(Sign sign, Bucket counterpart) {
        this.sign = sign;
        this.counterpart = counterpart;
    }

    /** Whether it tells of units that are gone in any case, promised or not. */
    boolean isBeyondChoice() {
        return this != OWN_USE && this != GIVEN_AWAY;
    }

    boolean allows(int signum) {
        return sign == Sign.EITHER || (sign == Sign.ADDS) == (signum > 0);
    }

    String expected() {
        return sign == Sign.ADDS ? "above 0" : "below 0";
    }

    /** Where removed units go. Added ones come from {@link Bucket#FOUND}. */
    Bucket removedTo() {
        return counterpart;
    }
}
