package io.stockledger.api.gate;

import io.stockledger.api.problem.Failures;
import io.stockledger.api.problem.Problem;
import io.stockledger.api.problem.RequestRefused;
import io.stockledger.projections.view.ParkedFact;
import io.stockledger.projections.view.ViewStatus;
import io.stockledger.projections.view.Views;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;

/** What an operator does with views: look, rebuild, resume what was parked. */
public final class ViewOperations {

    private static final Logger LOG = LoggerFactory.getLogger(ViewOperations.class);

    private final Views views;
    private final InstantSource clock;
    private final Executor rebuilds;
    private final Map<String, Rebuild> lastRebuilds = new ConcurrentHashMap<>();

    /**
     * The last rebuild that this node was asked for.
     *
     * @param endedAt null while it runs
     * @param position where the new view took over; null when it has not
     * @param error why it ended without; null when it has not
     */
    public record Rebuild(
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable Long position,
            @Nullable String error) {}

    /**
     * @param rebuildable whether {@link #rebuild} takes it
     * @param rebuild null: none was asked for
     */
    public record ViewState(
            ViewStatus status,
            boolean rebuildable,
            @Nullable Rebuild rebuild) {}

    /** @param rebuilds runs rebuilds, one at a time */
    public ViewOperations(Views views, InstantSource clock, Executor rebuilds) {
        this.views = views;
        this.clock = clock;
        this.rebuilds = rebuilds;
    }

    public List<ViewState> states() {
        return views.statuses().stream()
                .map(status ->
                        new ViewState(status, views.isRebuildable(status.view()), lastRebuilds.get(status.view())))
                .toList();
    }

    /**
     * Begins in the background; {@link #states} says how it goes.
     *
     * @throws RequestRefused when it acts on the outside
     */
    public Rebuild rebuild(String view) {
        requireView(view);
        if (!views.isRebuildable(view)) {
            throw new RequestRefused(Problem.of(
                    Failures.NOT_REBUILDABLE,
                    "View '" + view + "' acts on other systems (expected: a view that only keeps what it is told).",
                    Map.of("view", view)));
        }
        return lastRebuilds.compute(view, (name, last) -> {
            if (last != null && last.endedAt() == null) {
                return last;
            }
            Instant startedAt = clock.instant();
            rebuilds.execute(() -> lastRebuilds.put(view, run(view, startedAt)));
            return new Rebuild(startedAt, null, null, null);
        });
    }

    private Rebuild run(String view, Instant startedAt) {
        try {
            long position = views.rebuild(view);
            LOG.info("View {} was rebuilt and took over at position {}", view, position);
            return new Rebuild(startedAt, clock.instant(), position, null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Rebuild(startedAt, clock.instant(), null, "the service stopped");
        } catch (SQLException | RuntimeException e) {
            LOG.error("View {} was not rebuilt", view, e);
            return new Rebuild(startedAt, clock.instant(), null, String.valueOf(e.getMessage()));
        }
    }

    public List<ParkedFact> parked(String view) {
        requireView(view);
        try {
            return views.parked(view);
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("the parked facts can't be read", e);
        }
    }

    /**
     * @return how many facts were taken
     * @throws RequestRefused when the view still can't take one
     */
    public int resume(String view, String key) {
        requireView(view);
        try {
            return views.resume(view, key);
        } catch (SQLException | RuntimeException e) {
            throw new RequestRefused(Problem.of(
                    Failures.STILL_PARKED,
                    "View '" + view + "' still cannot take '" + key + "': " + e.getMessage(),
                    Map.of("view", view, "key", key)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the service stops", e);
        }
    }

    private void requireView(String view) {
        List<String> known =
                views.statuses().stream().map(ViewStatus::view).sorted().toList();
        if (!known.contains(view)) {
            throw new RequestRefused(
                    Problem.of(Failures.NOT_FOUND, "View '" + view + "' (expected: one of " + known + ")."));
        }
    }
}
