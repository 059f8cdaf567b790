package io.stockledger.projections.view;

import io.stockledger.ledger.FactFeed;
import io.stockledger.ledger.FactFeed.Appended;
import io.stockledger.ledger.FactStore.StoreUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** All views of a node: keeps them in step with the facts, waits for them, resumes what they parked, rebuilds them. */
public final class Views implements AutoCloseable {

    private static final int MOST_PARKED_LISTED = 1_000;

    private final Map<String, ViewProcessor> processors;
    private final FactFeed feed;
    private final DataSource dataSource;
    private final ViewSettings settings;
    private final InstantSource clock;

    private Views(
            Map<String, ViewProcessor> processors,
            FactFeed feed,
            DataSource dataSource,
            ViewSettings settings,
            InstantSource clock) {
        this.processors = processors;
        this.feed = feed;
        this.dataSource = dataSource;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * @param dataSource the database of the views; each view holds one connection of it for as long as it runs, and
     *     a rebuild two
     */
    public static Views start(
            List<View> views, FactFeed feed, DataSource dataSource, ViewSettings settings, InstantSource clock) {
        Map<String, ViewProcessor> processors = new LinkedHashMap<>();
        for (View view : views) {
            ViewProcessor processor = new ViewProcessor(view, view.name(), null, feed, dataSource, settings, clock);
            if (processors.put(view.name(), processor) != null) {
                throw new IllegalArgumentException("two views are called " + view.name());
            }
        }
        processors.values().forEach(ViewProcessor::start);
        return new Views(processors, feed, dataSource, settings, clock);
    }

    /** Returns once the view has taken the facts up to a position. */
    public void await(String view, Freshness freshness) {
        if (freshness.atLeastPosition() > 0) {
            awaitPosition(view, freshness.atLeastPosition(), freshness.timeout());
        }
    }

    /**
     * Returns once the view has taken the facts up to a position.
     *
     * @throws ViewBehind when it has not within {@code wait}, or when the waiting thread is interrupted
     */
    public void awaitPosition(String view, long position, Duration wait) {
        ViewProgress progress = processor(view).progress();
        try {
            progress.await(position, wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ViewBehind(view, progress.place().position(), position);
        }
    }

    /** The last position that this node knows the view to have. */
    public long position(String view) {
        return processor(view).progress().place().position();
    }

    /**
     * What to write on an answer. What this node has appended is never left out of it, whenever the view looked last.
     *
     * @param position as read from {@code view_position} in the same statement as the answer
     * @param head the same
     * @param behindSince the same
     */
    public AsOf asOf(String view, long position, long head, @Nullable Instant behindSince, Instant at) {
        Instant since = behindSince == null ? processor(view).progress().failingSince() : behindSince;
        Appended appended = feed.appended();
        if (since == null && appended.position() > position) {
            since = appended.at();
        }
        Duration behind = since == null ? Duration.ZERO : Duration.between(since, clock.instant());
        return new AsOf(
                position,
                Math.max(Math.max(head, appended.position()), position),
                behind.isNegative() ? Duration.ZERO : behind,
                at);
    }

    /** Whether {@link #rebuild} takes it. */
    public boolean isRebuildable(String view) {
        return processor(view).view().isRebuildable();
    }

    /** How every view is, with the ledger's head as of now where the store answers. */
    public List<ViewStatus> statuses() {
        long head = headOrZero();
        Instant now = clock.instant();
        return processors.values().stream()
                .map(processor -> processor.progress().status(head, now))
                .toList();
    }

    public void listen(String view, ViewListener listener) {
        processor(view).listen(listener);
    }

    public void forget(String view, ViewListener listener) {
        processor(view).forget(listener);
    }

    /** The oldest parked facts of a view, at most 1,000. */
    public List<ParkedFact> parked(String view) throws SQLException {
        processor(view);
        try (Connection connection = dataSource.getConnection()) {
            return ParkingLot.list(connection, view, null, MOST_PARKED_LISTED);
        }
    }

    /**
     * Takes the parked facts of one sequence into the view, in order; all or none.
     *
     * @param key as {@link #parked} lists it
     * @return how many were taken
     * @throws RuntimeException what the view says when it still cannot take one of them
     */
    public int resume(String view, String key) throws SQLException, InterruptedException {
        ViewProcessor processor = processor(view);
        int taken = ParkedSequence.resume(processor.view(), key, feed, dataSource);
        if (taken > 0) {
            processor.announceFar();
        }
        return taken;
    }

    /**
     * Builds a view anew from all facts while the present one goes on answering, and puts the new one in its place.
     *
     * @return the position of the new view when it took over
     * @throws NotRebuildable when that would act on the outside again
     */
    public long rebuild(String view) throws SQLException, InterruptedException {
        ViewProcessor processor = processor(view);
        if (!processor.view().isRebuildable()) {
            throw new NotRebuildable(view);
        }
        long position = new Rebuild(processor.view(), feed, dataSource, settings, clock).run(processor.progress());
        processor.announceFar();
        return position;
    }

    /** Finishes the batches under way, then stops. */
    @Override
    public void close() {
        List<ViewProcessor> closing = new ArrayList<>(processors.values());
        closing.parallelStream().forEach(ViewProcessor::close);
    }

    private long headOrZero() {
        try {
            return feed.head();
        } catch (StoreUnavailable e) {
            return 0;
        }
    }

    private ViewProcessor processor(String view) {
        ViewProcessor processor = processors.get(view);
        if (processor == null) {
            throw new IllegalArgumentException("view: '" + view + "' (expected: one of " + processors.keySet() + ")");
        }
        return processor;
    }
}
