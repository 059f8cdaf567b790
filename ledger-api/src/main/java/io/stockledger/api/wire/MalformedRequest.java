package io.stockledger.api.wire;

/** What was sent cannot be read as what it should be: broken JSON, an unknown field, a number where text belongs. */
public final class MalformedRequest extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String field;

    /**
     * @param field where it went wrong, for example {@code lines[2].quantty}; empty for the whole document
     * @param message names what was found and what was expected
     */
    public MalformedRequest(String field, String message) {
        super(field.isEmpty() ? message : field + ": " + message);
        this.field = field;
    }

    public String field() {
        return field;
    }
}
