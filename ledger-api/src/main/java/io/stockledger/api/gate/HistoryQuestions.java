package io.stockledger.api.gate;

import io.stockledger.api.security.Caller;
import io.stockledger.api.wire.HistoryWire;
import io.stockledger.api.wire.PageToken;
import io.stockledger.document.InvalidCommand;
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

    private static final List<String> HISTORY = List.of(HistoryView.NAME);

    private final Queries queries;
    private final HistoryQueries history;

    public HistoryQuestions(Queries queries, HistoryQueries history) {
        this.queries = queries;
        this.history = history;
    }

    CompletableFuture<FactPage> facts(ListFactsRequest request, Caller caller) {
        return queries.askPermitted(caller, request.getFreshness(), HISTORY, () -> factsNow(request, caller));
    }

    private FactPage factsNow(ListFactsRequest request, Caller caller) {
        if (!request.getLocation().isEmpty()) {
            caller.requireSight(request.getLocation());
        } else if (!caller.locations().isEmpty()) {
            throw new InvalidCommand(
                    "location", "missing (expected: one of " + new TreeSet<>(caller.locations()) + ")");
        }
        HistoryQuestion question = HistoryWire.question(request);
        int size = PageToken.size(request.getPageSize());
        HistoryPage page = request.getNewestFirst()
                ? history.newestFirst(
                        question, PageToken.position(request.getPageToken(), Long.MAX_VALUE), size, Freshness.ANY)
                : history.oldestFirst(question, PageToken.position(request.getPageToken(), 0), size, Freshness.ANY);
        return HistoryWire.page(page);
    }
}
