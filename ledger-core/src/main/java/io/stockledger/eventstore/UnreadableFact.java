package io.stockledger.eventstore;

/** The store holds something that this version cannot read. It is never skipped. */
public final class UnreadableFact extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableFact(String message) {
        super(message);
    }
}
