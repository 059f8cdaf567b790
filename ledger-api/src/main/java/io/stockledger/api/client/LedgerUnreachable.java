package io.stockledger.api.client;

/** The ledger did not take commands for too long, or does not let this client in. What it took stays. */
public final class LedgerUnreachable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LedgerUnreachable(String message) {
        super(message);
    }
}
