package io.stockledger.connectors.feed;

import io.stockledger.projections.history.HistoryFact;
import io.stockledger.projections.history.HistoryPage;
import io.stockledger.projections.history.HistoryQueries;
import io.stockledger.projections.history.HistoryQuestion;
import io.stockledger.projections.history.HistoryView;
import io.stockledger.projections.view.Freshness;
import io.stockledger.projections.view.ViewBehind;
import io.stockledger.projections.view.Views;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.springframework.dao.DataAccessException;

/**
 * Facts behind a position, for a partner that was away: whoever goes on from {@link FactsPage#next} misses none. Throws
 * {@link DataAccessException} when the database does not answer.
 */
public final class FactsAfter {

    public static final int MOST_PER_PAGE = HistoryQueries.MOST_PER_PAGE;

    /** Bounds how long one question takes of which few facts are wanted. */
    private static final int MOST_LOOKED_AT = 20_000;

    private final HistoryQueries history;
    private final Views views;

    public FactsAfter(HistoryQueries history, Views views) {
        this.history = history;
        this.views = views;
    }

    /**
     * @param position the last one that the caller knows of; 0 to begin with the first fact
     * @param wait how long to wait for a fact when there is none, at most {@link Freshness#LONGEST_WAIT}
     */
    public FactsPage after(long position, FactsWanted wanted, int most, Duration wait) {
        if (position < 0) {
            throw new IllegalArgumentException("position: " + position + " (expected: 0 or more)");
        }
        if (most < 1 || most > MOST_PER_PAGE) {
            throw new IllegalArgumentException("most: " + most + " (expected: 1 to " + MOST_PER_PAGE + ")");
        }
        if (wait.isNegative() || wait.compareTo(Freshness.LONGEST_WAIT) > 0) {
            throw new IllegalArgumentException("wait: " + wait + " (expected: 0 to " + Freshness.LONGEST_WAIT + ")");
        }
        HistoryQuestion question = HistoryQuestion.ALL.tiedTo(wanted.tiedTo());
        long end = System.nanoTime() + wait.toNanos();
        List<HistoryFact> found = new ArrayList<>();
        long next = position;
        int lookedAt = 0;
        while (true) {
            long upTo = next + MOST_LOOKED_AT;
            HistoryPage page = history.oldestFirst(question, next, upTo, MOST_PER_PAGE, Freshness.ANY);
            long complete = Math.min(page.next().orElse(upTo), page.asOf().position());
            OptionalLong missing = missing(page, complete);
            for (HistoryFact fact : page.facts()) {
                if (missing.isPresent() && fact.position() > missing.getAsLong()) {
                    break;
                }
                next = fact.position();
                lookedAt++;
                if (wanted.names().isEmpty() || wanted.names().contains(fact.name())) {
                    found.add(fact);
                }
                if (found.size() == most || lookedAt == MOST_LOOKED_AT) {
                    return new FactsPage(found, next, page.asOf().head());
                }
            }
            // Of what is left up to there the caller is not told.
            next = Math.max(next, missing.isPresent() ? missing.getAsLong() - 1 : complete);
            boolean isAtTheEnd =
                    page.next().isEmpty() && complete == page.asOf().position();
            boolean goOn = page.next().isPresent()
                    || (isAtTheEnd && found.isEmpty() && anotherComes(next, end - System.nanoTime()));
            if (missing.isPresent() || !goOn) {
                return new FactsPage(found, next, page.asOf().head());
            }
        }
    }

    /** A fact that the history does not show yet; whoever went on behind it would miss it. */
    private static OptionalLong missing(HistoryPage page, long complete) {
        return page.parked().stream()
                .filter(parked ->
                        parked <= complete && page.facts().stream().noneMatch(fact -> fact.position() == parked))
                .findFirst();
    }

    private boolean anotherComes(long position, long nanos) {
        if (nanos <= 0) {
            return false;
        }
        try {
            views.awaitPosition(HistoryView.NAME, position + 1, Duration.ofNanos(nanos));
            return true;
        } catch (ViewBehind e) {
            return false;
        }
    }
}
