package io.stockledger.projections.history;

import io.stockledger.document.Check;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.InvalidCommand;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which facts. All that is given must hold; nothing given asks for all facts. Throws {@link InvalidCommand} for a name that
 * no fact can have.
 *
 * @param location one of those that a fact tells of
 * @param document a document's stream, for example {@code order:4711}: its own facts, and those that it told elsewhere
 * @param tiedTo only facts that tell of one of these, or of no location at all; empty: all
 */
public record HistoryQuestion(
        @Nullable String sku,
        @Nullable String location,
        @Nullable String document,
        @Nullable String device,
        @Nullable String principal,
        Set<String> tiedTo) {

    public static final HistoryQuestion ALL = new HistoryQuestion(null, null, null, null, null);

    public HistoryQuestion {
        sku = sku == null ? null : Check.sku("sku", sku);
        location = Check.optionalCode("location", location);
        document = document == null ? null : DocumentRef.named("document", document).stream();
        device = Check.optionalIdentifier("device", device, 100);
        principal = Check.optionalIdentifier("principal", principal, 200);
        tiedTo = Set.copyOf(tiedTo);
    }

    /** For somebody who may see everything. */
    public HistoryQuestion(
            @Nullable String sku,
            @Nullable String location,
            @Nullable String document,
            @Nullable String device,
            @Nullable String principal) {
        this(sku, location, document, device, principal, Set.of());
    }

    public static HistoryQuestion ofSku(String sku) {
        return new HistoryQuestion(sku, null, null, null, null);
    }

    public static HistoryQuestion ofDocument(String document) {
        return new HistoryQuestion(null, null, document, null, null);
    }

    /** The same for somebody who may see no more than these. */
    public HistoryQuestion tiedTo(Set<String> locations) {
        return new HistoryQuestion(sku, location, document, device, principal, locations);
    }
}
