package io.stockledger.ledger;

/** Too many commands are waiting. Nothing was decided; the same command may be sent again in a moment. */
public final class LedgerBusy extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LedgerBusy(int waiting) {
        super(waiting + " commands are waiting already");
    }
}
