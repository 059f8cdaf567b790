package io.stockledger.projections.history;

import org.jspecify.annotations.Nullable;

/**
 * Which facts. All that is given must hold; nothing given asks for all facts.
 *
 * @param document a document's stream, for example {@code order:4711}: its own facts, and those that it told elsewhere
 */
public record HistoryQuestion(
        @Nullable String sku,
        @Nullable String location,
        @Nullable String document,
        @Nullable String device,
        @Nullable String principal) {

    public static final HistoryQuestion ALL = new HistoryQuestion(null, null, null, null, null);

    public static HistoryQuestion ofSku(String sku) {
        return new HistoryQuestion(sku, null, null, null, null);
    }

    public static HistoryQuestion ofDocument(String document) {
        return new HistoryQuestion(null, null, document, null, null);
    }
}
