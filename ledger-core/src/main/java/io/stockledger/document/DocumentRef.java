package io.stockledger.document;

/**
 * Names one document: its kind and the id that its caller chose. Its stream in the store has the same name.
 * The same id may be used once per kind.
 */
public record DocumentRef(Kind kind, String id) {

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

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }

        public String prefix() {
            return prefix;
        }
    }

    public DocumentRef {
        Check.identifier("documentId", id, 128);
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
