package io.stockledger.api.gate;

import io.stockledger.api.problem.Failures;
import io.stockledger.api.problem.RequestRefused;
import io.stockledger.api.security.Caller;
import io.stockledger.api.wire.HistoryWire;
import io.stockledger.api.wire.PageToken;
import io.stockledger.connectors.feed.FactsAfter;
import io.stockledger.connectors.feed.FactsPage;
import io.stockledger.connectors.feed.FactsWanted;
import io.stockledger.document.Check;
import io.stockledger.document.InvalidCommand;
import io.stockledger.projections.history.HistoryView;
import io.stockledger.v1.FactsRead;
import io.stockledger.v1.ReadFactsRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Facts behind a position, a page at a time. No thread waits for one to be recorded. */
public final class FactReading {

    private final Queries queries;
    private final FactsAfter facts;
    private final Set<String> factNames;

    /** @param factNames the stored names of all facts, to choose from */
    public FactReading(Queries queries, FactsAfter facts, Set<String> factNames) {
        this.queries = queries;
        this.facts = facts;
        this.factNames = Set.copyOf(factNames);
    }

    /** What a caller asks for, of what it may see. */
    FactsWanted wanted(List<String> names, List<String> locations, Caller caller) {
        Check.atMost("names", names).forEach(name -> Check.oneOf("names", name, factNames));
        Check.atMost("locations", locations)
                .forEach(location -> caller.requireSight(Check.code("locations", location)));
        return new FactsWanted(
                new HashSet<>(names), locations.isEmpty() ? caller.locations() : new HashSet<>(locations));
    }

    static long after(long position) {
        if (position < 0) {
            throw new InvalidCommand("after", Long.toUnsignedString(position) + " (expected: below 2^63)");
        }
        return position;
    }

    FactsPage page(long after, FactsWanted wanted, int most) {
        return facts.after(after, wanted, most, Duration.ZERO);
    }

    CompletableFuture<FactsRead> read(ReadFactsRequest request, Caller caller) {
        return queries.askPermitted(caller, () -> first(request, caller))
                .thenCompose(asked -> asked.page().facts().isEmpty()
                        ? later(asked, System.nanoTime() + asked.patience().toNanos())
                        : CompletableFuture.completedFuture(HistoryWire.read(asked.page())));
    }

    /** A question, and how it was answered last. */
    private record Asked(FactsWanted wanted, int most, Duration patience, FactsPage page) {}

    private Asked first(ReadFactsRequest request, Caller caller) {
        FactsWanted wanted = wanted(request.getNamesList(), request.getLocationsList(), caller);
        int most = PageToken.size(request.getPageSize());
        Duration patience = HistoryWire.patience(request);
        return new Asked(wanted, most, patience, page(after(request.getAfter()), wanted, most));
    }

    private CompletableFuture<FactsRead> later(Asked asked, long end) {
        FactsPage known = asked.page();
        Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
        if (left.isZero()) {
            return CompletableFuture.completedFuture(HistoryWire.read(known));
        }
        return queries.whenReached(
                        HistoryView.NAME,
                        known.next() + 1,
                        left,
                        () -> page(known.next(), asked.wanted(), asked.most()))
                .exceptionally(failure -> unchanged(failure, known))
                .thenCompose(page -> page.facts().isEmpty()
                        ? later(new Asked(asked.wanted(), asked.most(), asked.patience(), page), end)
                        : CompletableFuture.completedFuture(HistoryWire.read(page)));
    }

    /** That nothing came in time is no failure here. */
    private static FactsPage unchanged(Throwable failure, FactsPage known) {
        RequestRefused refused = new RequestRefused(Failures.problem(failure));
        if (refused.problem().type().equals(Failures.VIEW_BEHIND)) {
            return known;
        }
        throw refused;
    }
}
