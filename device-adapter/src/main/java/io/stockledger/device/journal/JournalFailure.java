package io.stockledger.device.journal;

/** The journal could not keep or give something: disk full, file damaged, or not ours. */
public final class JournalFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean full;

    JournalFailure(String message, Throwable cause, boolean full) {
        super(message, cause);
        this.full = full;
    }

    JournalFailure(String message) {
        super(message);
        this.full = false;
    }

    /** There is no room, on the disk or within the limit; reads can be kept again when there is. */
    public boolean full() {
        return full;
    }
}
