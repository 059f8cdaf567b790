package io.stockledger.stock;

/** The condition of units after an event, in the words of GS1's Core Business Vocabulary. */
public enum Disposition {
    SELLABLE(Bucket.SELLABLE),
    QUARANTINE(Bucket.QUARANTINE),
    DAMAGED(Bucket.DAMAGED),
    DISPOSED(Bucket.DISPOSED);

    private final Bucket bucket;

    Disposition(Bucket bucket) {
        this.bucket = bucket;
    }

    /** What it is called in facts and answers. */
    public String code() {
        return bucket.code();
    }

    public Bucket bucket() {
        return bucket;
    }
}
