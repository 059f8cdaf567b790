package io.stockledger.quantity;

/** An amount left the range that the ledger computes with. */
public final class QuantityOverflow extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    QuantityOverflow(String message) {
        super(message);
    }
}
