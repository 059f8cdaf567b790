package io.stockledger.api.gate;

import io.stockledger.api.problem.Failures;
import io.stockledger.api.problem.Problem;
import io.stockledger.api.problem.Refusals;
import io.stockledger.api.problem.RequestRefused;
import io.stockledger.api.security.Caller;
import io.stockledger.api.wire.AvailabilityWire;
import io.stockledger.api.wire.DocumentSearch;
import io.stockledger.api.wire.DocumentWire;
import io.stockledger.api.wire.DocumentWire.Shown;
import io.stockledger.api.wire.DocumentWire.Told;
import io.stockledger.api.wire.PageToken;
import io.stockledger.document.DocumentRef;
import io.stockledger.ledger.FactStore;
import io.stockledger.location.LocationRefusal;
import io.stockledger.projections.catalog.CatalogQueries;
import io.stockledger.projections.catalog.CatalogView;
import io.stockledger.projections.history.HistoryFact;
import io.stockledger.projections.history.HistoryPage;
import io.stockledger.projections.history.HistoryQueries;
import io.stockledger.projections.history.HistoryQuestion;
import io.stockledger.projections.history.HistoryView;
import io.stockledger.projections.view.Freshness;
import io.stockledger.v1.Document;
import io.stockledger.v1.DocumentPage;
import io.stockledger.v1.GetDocumentRequest;
import io.stockledger.v1.ListDocumentsRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Questions about documents. A caller tied to locations gets only those that tell of one of theirs, or of nowhere. */
public final class DocumentQuestions {

    private static final List<String> BOTH = List.of(HistoryView.NAME, CatalogView.NAME);

    /** Bounds how long one question takes that few documents answer. */
    private static final int MOST_LOOKED_AT = 2_000;

    private static final int LOOKED_AT_ONCE = 250;

    private final Queries queries;
    private final FactStore store;
    private final HistoryQueries history;
    private final CatalogQueries catalog;
    private final InstantSource clock;

    public DocumentQuestions(
            Queries queries, FactStore store, HistoryQueries history, CatalogQueries catalog, InstantSource clock) {
        this.queries = queries;
        this.store = store;
        this.history = history;
        this.catalog = catalog;
        this.clock = clock;
    }

    /** Asks the store and no view, so that whoever has just written a document finds it. */
    CompletableFuture<Document> get(GetDocumentRequest request, Caller caller) {
        return queries.askPermitted(caller, () -> {
            DocumentRef ref = DocumentSearch.ref(request);
            List<Told> stream = store.read(ref.stream()).stream().map(Told::of).toList();
            if (stream.isEmpty()) {
                throw notFound(ref);
            }
            Shown shown = DocumentWire.of(ref, stream, clock.instant());
            if (!isSeen(shown, caller)) {
                throw notFound(ref);
            }
            return shown.message();
        });
    }

    CompletableFuture<DocumentPage> list(ListDocumentsRequest request, Caller caller) {
        return queries.askPermitted(caller, request.getFreshness(), BOTH, () -> listNow(request, caller));
    }

    private DocumentPage listNow(ListDocumentsRequest request, Caller caller) {
        DocumentSearch search = DocumentSearch.of(request);
        HistoryQuestion question = search.question().tiedTo(caller.locations());
        if (question.location() != null) {
            caller.requireSight(question.location());
        }
        int size = PageToken.size(request.getPageSize());
        long before = PageToken.position(request.getPageToken(), Long.MAX_VALUE);
        DocumentPage.Builder answer = DocumentPage.newBuilder();
        Map<String, Shown> known = new HashMap<>();
        // Mostly all that are found are wanted, so that the first look is enough.
        int most = Math.min(size, LOOKED_AT_ONCE);
        for (int lookedAt = 0; lookedAt < MOST_LOOKED_AT; lookedAt += most, most = LOOKED_AT_ONCE) {
            HistoryPage page = history.newestFirst(question, before, most, Freshness.ANY);
            if (!answer.hasAsOf()) {
                answer.setAsOf(AvailabilityWire.asOf(page.asOf()));
            }
            learn(page.facts(), known);
            for (HistoryFact fact : page.facts()) {
                before = fact.position();
                Shown shown = known.get(fact.stream());
                if (shown != null && search.wants(shown.message(), fact.sequence()) && isSeen(shown, caller)) {
                    answer.addDocuments(shown.message());
                }
                if (answer.getDocumentsCount() == size) {
                    return answer.setNextPageToken(PageToken.of(String.valueOf(before)))
                            .build();
                }
            }
            if (page.next().isEmpty()) {
                requireKnown(question.location(), answer);
                return answer.build();
            }
        }
        return answer.setNextPageToken(PageToken.of(String.valueOf(before))).build();
    }

    /** That nothing is there is told of a location that is there. */
    private void requireKnown(@Nullable String location, DocumentPage.Builder answer) {
        if (location != null
                && answer.getDocumentsCount() == 0
                && catalog.location(location, Freshness.ANY).isEmpty()) {
            throw new RequestRefused(Refusals.problem(new LocationRefusal.UnknownLocation(location)));
        }
    }

    /** Reads each document once, however many of its tries the page leads to. */
    private void learn(List<HistoryFact> found, Map<String, Shown> known) {
        List<String> unknown = found.stream()
                .map(HistoryFact::stream)
                .filter(stream -> !known.containsKey(stream))
                .distinct()
                .toList();
        Instant now = clock.instant();
        history.ofStreams(unknown).stream()
                .collect(Collectors.groupingBy(HistoryFact::stream, Collectors.mapping(Told::of, Collectors.toList())))
                .forEach((stream, told) ->
                        known.put(stream, DocumentWire.of(DocumentRef.named("document", stream), told, now)));
    }

    private static boolean isSeen(Shown shown, Caller caller) {
        return shown.locations().isEmpty() || shown.locations().stream().anyMatch(caller::maySee);
    }

    private static RequestRefused notFound(DocumentRef ref) {
        return new RequestRefused(Problem.of(
                Failures.NOT_FOUND,
                "Document '" + ref.stream() + "' (expected: one that was sent, and that the caller may see)."));
    }
}
