package io.stockledger.projections.view;

import io.stockledger.ledger.FactFeed;
import io.stockledger.projections.view.ViewProgress.Place;
import io.stockledger.projections.view.ViewStatus.Role;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one view in step with the facts, on a thread of its own. Of all nodes one works; the others stand by, learn
 * from its notices where it is, and take over when it is gone. After a failure of the database or the store it tries
 * again until it succeeds.
 */
final class ViewProcessor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ViewProcessor.class);
    private static final Duration SHUTDOWN = Duration.ofSeconds(10);
    private static final Duration HEAD_LOOK = Duration.ofMillis(500);
    private static final Duration PROOF_OF_LIFE = Duration.ofSeconds(5);

    private final View view;
    private final String storedAs;
    private final @Nullable String schema;
    private final FactFeed feed;
    private final DataSource dataSource;
    private final ViewSettings settings;
    private final InstantSource clock;
    private final ViewProgress progress;
    private final List<ViewListener> listeners = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    private Duration retry;
    private long knownHead;
    private long headLookedAt;

    /**
     * @param storedAs the name under which its position is kept
     * @param schema where its tables are; null for the connection's own
     */
    ViewProcessor(
            View view,
            String storedAs,
            @Nullable String schema,
            FactFeed feed,
            DataSource dataSource,
            ViewSettings settings,
            InstantSource clock) {
        this.view = view;
        this.storedAs = storedAs;
        this.schema = schema;
        this.feed = feed;
        this.dataSource = dataSource;
        this.settings = settings;
        this.clock = clock;
        this.progress = new ViewProgress(storedAs);
        this.retry = settings.firstRetry();
        this.thread = new Thread(this::run, "view-" + storedAs);
        // A batch that is cut off is rolled back, so it need not keep a process alive.
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    View view() {
        return view;
    }

    ViewProgress progress() {
        return progress;
    }

    void listen(ViewListener listener) {
        listeners.add(listener);
    }

    void forget(ViewListener listener) {
        listeners.remove(listener);
    }

    /** Anything may have changed without the view having moved. */
    void announceFar() {
        long position = progress.place().position();
        listeners.forEach(listener -> listener.movedFar(position));
    }

    /** Finishes the batch that it is in. */
    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
        try {
            thread.join(SHUTDOWN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("View {} did not stop within {}", storedAs, SHUTDOWN);
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void run() {
        while (!isClosing()) {
            try (ViewConnection connection = ViewConnection.open(dataSource, schema)) {
                standBy(connection);
                while (!isClosing()) {
                    work(connection);
                }
            } catch (InterruptedException e) {
                LOG.debug("View {} is being closed", storedAs);
            } catch (SQLException | RuntimeException | Error e) {
                if (!isClosing()) {
                    recover(e);
                }
            }
        }
        progress.playing(Role.STOPPED);
    }

    private void recover(Throwable failure) {
        String message = ErrorText.of(failure);
        LOG.warn("View {} tries again in {}: {}", storedAs, retry, message, failure);
        progress.failing(message, clock.instant());
        try {
            if (closing.await(retry.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            return;
        }
        Duration doubled = retry.multipliedBy(2);
        retry = doubled.compareTo(settings.longestRetry()) < 0 ? doubled : settings.longestRetry();
    }

    /** Returns once this node is the one that works on the view. */
    private void standBy(ViewConnection connection) throws SQLException {
        if (connection.tryLock(storedAs)) {
            return;
        }
        progress.playing(Role.STANDING_BY);
        connection.listen();
        moved(stored(connection));
        long lastTry = System.nanoTime();
        while (!isClosing()) {
            for (ViewNotice notice : connection.notices(settings.readWait())) {
                heard(notice);
            }
            if (System.nanoTime() - lastTry >= settings.takeOver().toNanos()) {
                if (connection.tryLock(storedAs)) {
                    LOG.info("View {} is now kept by this node", storedAs);
                    return;
                }
                moved(stored(connection));
                lastTry = System.nanoTime();
            }
        }
    }

    private StoredPosition stored(ViewConnection connection) throws SQLException {
        StoredPosition stored = StoredPosition.readOrCreate(connection.jdbc(), storedAs);
        progress.parked(
                ParkingLot.count(connection.jdbc(), storedAs),
                ParkingLot.keys(connection.jdbc(), storedAs).size());
        connection.commit();
        return stored;
    }

    private void work(ViewConnection connection) throws SQLException, InterruptedException {
        ViewWriter writer =
                ViewWriter.open(view, storedAs, connection, settings.mostParkedSequences(), new ViewWriter.Watcher() {
                    @Override
                    public void moved(Place place, Collection<String> keys) {
                        retry = settings.firstRetry();
                        // Before the waiters, so that who has waited for a position finds its listener told.
                        listeners.forEach(listener -> listener.moved(place.position(), keys));
                        progress.playing(Role.WORKING);
                        progress.moved(place);
                    }

                    @Override
                    public void parked(long facts, long sequences) {
                        progress.parked(facts, sequences);
                    }
                });
        moved(writer.at());
        try (ReadAhead reader = ReadAhead.open(feed, writer.at().position(), settings, thread.getName() + "-reader")) {
            readOn(reader, writer, connection);
        } catch (MovedByAnother e) {
            LOG.info("Begins again: {}", e.getMessage());
        }
    }

    private void readOn(ReadAhead reader, ViewWriter writer, ViewConnection connection)
            throws SQLException, InterruptedException, MovedByAnother {
        long lastProof = System.nanoTime();
        while (!isClosing()) {
            ReadAhead.Batch batch = reader.next();
            if (batch.facts().isEmpty()) {
                writer.caughtUp();
                progress.playing(Role.WORKING);
                if (System.nanoTime() - lastProof >= PROOF_OF_LIFE.toNanos()) {
                    connection.requireAlive();
                    requireUnmoved(connection, writer.at());
                    lastProof = System.nanoTime();
                }
                continue;
            }
            Instant since = writer.at().behindSince();
            writer.take(batch.facts(), head(batch), since == null ? clock.instant() : since);
        }
    }

    /** Parked facts are resumed by others; without new facts nothing else tells of it. */
    private void requireUnmoved(ViewConnection connection, StoredPosition at) throws SQLException, MovedByAnother {
        StoredPosition stored = StoredPosition.readOrCreate(connection.jdbc(), storedAs);
        connection.commit();
        if (stored.position() != at.position() || stored.parkedRevision() != at.parkedRevision()) {
            throw new MovedByAnother(storedAs, at.position());
        }
    }

    /** A batch with no more behind it has reached the head; only before that is the store asked, and not each time. */
    private long head(ReadAhead.Batch batch) {
        long last = batch.facts().get(batch.facts().size() - 1).position();
        if (!batch.more()) {
            return last;
        }
        long now = System.nanoTime();
        if (knownHead == 0 || now - headLookedAt >= HEAD_LOOK.toNanos()) {
            knownHead = feed.head();
            headLookedAt = now;
        }
        return Math.max(knownHead, last);
    }

    private void moved(StoredPosition stored) {
        boolean further = stored.position() > progress.place().position();
        progress.moved(new Place(stored.position(), stored.head(), stored.behindSince()));
        if (further) {
            listeners.forEach(listener -> listener.movedFar(stored.position()));
        }
    }

    private void heard(ViewNotice notice) {
        Place before = progress.place();
        if (!notice.view().equals(storedAs) || notice.position() < before.position()) {
            return;
        }
        progress.moved(new Place(notice.position(), Math.max(notice.position(), before.head()), before.since()));
        if (!notice.all()) {
            listeners.forEach(listener -> listener.movedFar(notice.position()));
        } else {
            listeners.forEach(listener -> listener.moved(notice.position(), notice.keys()));
        }
    }
}
