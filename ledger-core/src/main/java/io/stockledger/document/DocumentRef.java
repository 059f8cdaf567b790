package io.stockledger.document;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Names one document: its kind and the id that its caller chose. Its stream in the store has the same name.
 * The same id may be used once per kind.
 */
public record DocumentRef(Kind kind, String id) {

    private static final int LONGEST_ID = 128;
    private static final int LONGEST_STREAM = 200;

    /** The kinds of documents; the prefix is what streams are stored under and never changes. */
    public enum Kind {
        ORDER("order"),
        RESERVATION("reservation"),
        RECEIPT("receipt"),
        RETURN("return"),
        ADJUSTMENT("adjustment"),
        COUNT("count"),
        TRANSFER("transfer"),
        RECLASSIFICATION("reclassification"),
        /** Settings and endings: they change what may be promised, and move no units. */
        INSTRUCTION("instruction");

        static final List<String> PREFIXES =
                Arrays.stream(values()).map(Kind::prefix).toList();

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }

        public String prefix() {
            return prefix;
        }

        /** The kind of the document whose stream has this name; empty when no document's has. */
        public static Optional<Kind> ofStream(String stream) {
            return Arrays.stream(values())
                    .filter(kind -> stream.startsWith(kind.prefix + ":"))
                    .findFirst();
        }
    }

    public DocumentRef {
        Check.identifier("documentId", id, LONGEST_ID);
    }

    /**
     * The document whose stream has this name.
     *
     * @throws InvalidCommand when no document's has
     */
    public static DocumentRef named(String field, String stream) {
        Check.identifier(field, stream, LONGEST_STREAM);
        Kind kind = Kind.ofStream(stream)
                .orElseThrow(() -> new InvalidCommand(
                        field, "'" + stream + "' (expected: kind:id, the kind one of " + Kind.PREFIXES + ")"));
        String id = stream.substring(kind.prefix.length() + 1);
        return new DocumentRef(kind, Check.identifier(field, id, LONGEST_ID));
    }

    /** @throws IllegalArgumentException when it is of another kind */
    public void mustBe(Kind expected) {
        if (kind != expected) {
            throw new IllegalArgumentException("document: " + this + " (expected: one of kind " + expected + ")");
        }
    }

    /** The document's stream, for example {@code order:4711}. */
    public String stream() {
        return kind.prefix + ":" + id;
    }

    @Override
    public String toString() {
        return stream();
    }
}
