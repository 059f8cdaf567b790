package io.stockledger.api.gate;

import io.stockledger.api.problem.Refusals;
import io.stockledger.api.problem.RequestRefused;
import io.stockledger.api.security.Caller;
import io.stockledger.api.wire.HistoryWire;
import io.stockledger.api.wire.PageToken;
import io.stockledger.document.InvalidCommand;
import io.stockledger.location.LocationRefusal;
import io.stockledger.projections.catalog.CatalogQueries;
import io.stockledger.projections.catalog.CatalogView;
import io.stockledger.projections.history.HistoryPage;
import io.stockledger.projections.history.HistoryQueries;
import io.stockledger.projections.history.HistoryQuestion;
import io.stockledger.projections.history.HistoryView;
import io.stockledger.projections.view.Freshness;
import io.stockledger.v1.FactPage;
import io.stockledger.v1.ListFactsRequest;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** Questions about what happened. A caller tied to locations has to name one of them. */
public final class HistoryQuestions {

    private static final List<String> BOTH = List.of(HistoryView.NAME, CatalogView.NAME);

    private final Queries queries;
    private final HistoryQueries history;
    private final CatalogQueries catalog;

    public HistoryQuestions(Queries queries, HistoryQueries history, CatalogQueries catalog) {
        this.queries = queries;
        this.history = history;
        this.catalog = catalog;
    }

    CompletableFuture<FactPage> facts(ListFactsRequest request, Caller caller) {
        return queries.askPermitted(caller, request.getFreshness(), BOTH, () -> factsNow(request, caller));
    }

    private FactPage factsNow(ListFactsRequest request, Caller caller) {
        HistoryQuestion question = HistoryWire.question(request);
        String location = question.location();
        if (location != null) {
            caller.requireSight(location);
        } else if (!caller.locations().isEmpty()) {
            throw new InvalidCommand(
                    "location", "missing (expected: one of " + new TreeSet<>(caller.locations()) + ")");
        }
        int size = PageToken.size(request.getPageSize());
        HistoryPage page = request.getNewestFirst()
                ? history.newestFirst(
                        question, PageToken.position(request.getPageToken(), Long.MAX_VALUE), size, Freshness.ANY)
                : history.oldestFirst(question, PageToken.position(request.getPageToken(), 0), size, Freshness.ANY);
        if (location != null
                && page.facts().isEmpty()
                && catalog.location(location, Freshness.ANY).isEmpty()) {
            throw new RequestRefused(Refusals.problem(new LocationRefusal.UnknownLocation(location)));
        }
        return HistoryWire.page(page);
    }
}
