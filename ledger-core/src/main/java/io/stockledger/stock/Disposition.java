package io.stockledger.stock;

import io.stockledger.document.Coded;

/** The condition of units after an event, in the words of GS1's Core Business Vocabulary. */
public enum Disposition implements Coded {
    SELLABLE(Bucket.SELLABLE),
    QUARANTINE(Bucket.QUARANTINE),
    DAMAGED(Bucket.DAMAGED),
    DISPOSED(Bucket.DISPOSED);

    private final Bucket bucket;

    Disposition(Bucket bucket) {
        this.bucket = bucket;
    }

    public Bucket bucket() {
        return bucket;
    }
}
