package io.stockledger.document;

/**
 * The command could never be valid, whatever the state of the ledger: a missing field, a quantity of zero.
 * It is not remembered: the same document id may be sent again with the mistake mended.
 */
public final class InvalidCommand extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String field;
    private final String text;

    /** @param message names the value and what was expected, for example {@code "-1 (expected: above 0)"} */
    public InvalidCommand(String field, String message) {
        super(field + ": " + message);
        this.field = field;
        this.text = message;
    }

    /** The same of a list's entry, which did not know its place: {@code lines.quantity} is {@code lines[2].quantity}. */
    InvalidCommand at(String list, int index) {
        int dot = field.indexOf('.');
        return dot < 0 ? this : new InvalidCommand(list + "[" + index + "]" + field.substring(dot), text);
    }

    /** The command's field, for example {@code lines[2].quantity}. */
    public String field() {
        return field;
    }
}
