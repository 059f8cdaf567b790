package io.stockledger.document;

/**
 * The command could never be valid, whatever the state of the ledger: a missing field, a quantity of zero.
 * It is not remembered: the same document id may be sent again with the mistake mended.
 */
public final class InvalidCommand extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String field;

    /** @param message names the value and what was expected, for example {@code "-1 (expected: above 0)"} */
    public InvalidCommand(String field, String message) {
        super(field + ": " + message);
        this.field = field;
    }

    /** The command's field, for example {@code lines[2].quantity}. */
    public String field() {
        return field;
    }
}
