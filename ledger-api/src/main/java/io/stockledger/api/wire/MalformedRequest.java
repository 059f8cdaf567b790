package io.stockledger.api.wire;

import java.util.Collection;
import java.util.TreeSet;

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

    /**
     * @param what a field or a parameter
     * @param expected the names of those that are known there
     */
    public static MalformedRequest unknown(String name, String what, Collection<String> expected) {
        return new MalformedRequest(
                name,
                "unknown " + what + " (expected: " + (expected.isEmpty() ? "none" : "one of " + new TreeSet<>(expected))
                        + ")");
    }

    public String field() {
        return field;
    }
}
