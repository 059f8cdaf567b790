package io.stockledger.projections.history;

import io.stockledger.document.Check;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.InvalidCommand;
import io.stockledger.eventstore.FactNames;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which facts. All that is given must hold; nothing given asks for all facts. Throws {@link InvalidCommand} for a name that
 * no fact can have.
 *
 * @param location one of those that a fact tells of
 * @param document a document's stream, for example {@code order:4711}: its own facts, and those that it told elsewhere
 * @param names one of these; empty: any
 * @param recordedFrom not recorded before
 * @param recordedBefore recorded before
 * @param tiedTo only facts that tell of one of these, or of no location at all; empty: all
 */
public record HistoryQuestion(
        @Nullable String sku,
        @Nullable String location,
        @Nullable String document,
        @Nullable String device,
        @Nullable String principal,
        Set<String> names,
        @Nullable Instant recordedFrom,
        @Nullable Instant recordedBefore,
        Set<String> tiedTo) {

    public static final HistoryQuestion ALL =
            new HistoryQuestion(null, null, null, null, null, Set.of(), null, null, Set.of());

    public HistoryQuestion {
        sku = sku == null ? null : Check.sku("sku", sku);
        location = Check.optionalCode("location", location);
        document = document == null ? null : DocumentRef.named("document", document).stream();
        device = Check.optionalIdentifier("device", device, 100);
        principal = Check.optionalIdentifier("principal", principal, 200);
        names.forEach(name -> Check.oneOf("names", name, FactNames.names()));
        names = Set.copyOf(names);
        if (recordedFrom != null && recordedBefore != null && recordedBefore.isBefore(recordedFrom)) {
            throw new InvalidCommand("recordedBefore", recordedBefore + " (expected: not before " + recordedFrom + ")");
        }
        recordedFrom = inMicros(recordedFrom);
        recordedBefore = inMicros(recordedBefore);
        tiedTo = Set.copyOf(tiedTo);
    }

    /** The first instant from there on that a fact may be recorded at; the database would round it down as well. */
    private static @Nullable Instant inMicros(@Nullable Instant time) {
        if (time == null) {
            return null;
        }
        Instant micros = time.truncatedTo(ChronoUnit.MICROS);
        return micros.equals(time) ? time : micros.plus(1, ChronoUnit.MICROS);
    }

    public static HistoryQuestion ofSku(String sku) {
        return ALL.withSku(sku);
    }

    public static HistoryQuestion ofDocument(String document) {
        return ALL.withDocument(document);
    }

    public HistoryQuestion withSku(@Nullable String only) {
        return new HistoryQuestion(
                only, location, document, device, principal, names, recordedFrom, recordedBefore, tiedTo);
    }

    public HistoryQuestion withLocation(@Nullable String only) {
        return new HistoryQuestion(sku, only, document, device, principal, names, recordedFrom, recordedBefore, tiedTo);
    }

    public HistoryQuestion withDocument(@Nullable String only) {
        return new HistoryQuestion(sku, location, only, device, principal, names, recordedFrom, recordedBefore, tiedTo);
    }

    public HistoryQuestion withDevice(@Nullable String only) {
        return new HistoryQuestion(
                sku, location, document, only, principal, names, recordedFrom, recordedBefore, tiedTo);
    }

    public HistoryQuestion withPrincipal(@Nullable String only) {
        return new HistoryQuestion(sku, location, document, device, only, names, recordedFrom, recordedBefore, tiedTo);
    }

    public HistoryQuestion withNames(Collection<String> only) {
        return new HistoryQuestion(
                sku, location, document, device, principal, Set.copyOf(only), recordedFrom, recordedBefore, tiedTo);
    }

    /**
     * @param from null: from the first
     * @param before null: to the last
     */
    public HistoryQuestion recorded(@Nullable Instant from, @Nullable Instant before) {
        return new HistoryQuestion(sku, location, document, device, principal, names, from, before, tiedTo);
    }

    /** The same for somebody who may see no more than these. */
    public HistoryQuestion tiedTo(Set<String> locations) {
        return new HistoryQuestion(
                sku, location, document, device, principal, names, recordedFrom, recordedBefore, locations);
    }
}
