package io.stockledger.connectors.webhook;

import io.stockledger.connectors.reaction.EffectLog;
import io.stockledger.connectors.reaction.Outbox;
import io.stockledger.ledger.FactFeed;
import io.stockledger.ledger.FactStore.StoreUnavailable;
import io.stockledger.ledger.StoredFact;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Gives an endpoint that begins in the past the facts that the reaction has behind it, and then hands it over to the
 * reaction, at a position that both agree on: none is missed, none is written twice.
 */
public final class WebhookCatchUp implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookCatchUp.class);
    private static final int MOST_PER_BATCH = 500;
    private static final int BATCHES_EACH = 10;

    /** So that what is given up after three days has been tried: the past comes as fast as it is taken. */
    private static final int MOST_DUE = 10_000;

    private static final Duration READ_WAIT = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration SHUTDOWN = Duration.ofSeconds(10);
    private static final String POSITION = "SELECT position FROM view_position WHERE view = ?";

    /** Has the reaction begin anew, as somebody else moved its position, so that it looks who listens. */
    private static final String BEGIN_ANEW =
            "UPDATE view_position SET parked_revision = parked_revision + 1 WHERE view = ? AND position <= ?";

    private static final long NOT_BEGUN = -1;

    private final EndpointRows rows;
    private final EffectLog effects;
    private final FactFeed feed;
    private final DataSource dataSource;
    private final InstantSource clock;
    private final Runnable written;
    private final Semaphore work = new Semaphore(0);
    private final Thread thread = new Thread(this::run, "webhook-catch-up");
    private volatile boolean closing;

    private WebhookCatchUp(DataSource dataSource, FactFeed feed, InstantSource clock, Runnable written) {
        this.rows = new EndpointRows(dataSource);
        this.effects = new EffectLog(dataSource, clock);
        this.feed = feed;
        this.dataSource = dataSource;
        this.clock = clock;
        this.written = written;
    }

    /** @param written told when there may be something new to send */
    public static WebhookCatchUp start(DataSource dataSource, FactFeed feed, InstantSource clock, Runnable written) {
        WebhookCatchUp started = new WebhookCatchUp(dataSource, feed, clock, written);
        started.thread.setDaemon(true);
        started.thread.start();
        return started;
    }

    /** Looks at once whether an endpoint is behind. */
    public void wake() {
        work.release();
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        try {
            thread.join(SHUTDOWN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closing) {
            try {
                while (anyGotFurther()) {}
                if (work.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                    work.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Some batches for each, so that none waits until another has had all there ever was. */
    private boolean anyGotFurther() throws InterruptedException {
        boolean further = false;
        for (WebhookEndpoint endpoint : behind()) {
            try {
                further |= !closing && catchUp(endpoint);
            } catch (SQLException | RuntimeException | Error e) {
                complain(endpoint.id(), e);
            }
        }
        return further;
    }

    private List<WebhookEndpoint> behind() {
        try {
            return rows.behind();
        } catch (RuntimeException e) {
            complain("all that are behind", e);
            return List.of();
        }
    }

    private void complain(String endpoint, Throwable failure) {
        if (closing) {
            return;
        }
        if (failure instanceof StoreUnavailable || failure instanceof DataAccessException) {
            LOG.warn("Webhook endpoint {} is caught up later: {}", endpoint, failure.getMessage());
        } else {
            LOG.warn("Webhook endpoint {} is caught up later", endpoint, failure);
        }
    }

    /** @return whether there may be more to do at once */
    private boolean catchUp(WebhookEndpoint endpoint) throws SQLException, InterruptedException {
        WebhookEndpoint at = endpoint;
        List<StoredFact> read = List.of();
        try (FactFeed.Reader reader = feed.open(at.afterPosition())) {
            for (int batch = 0; batch < BATCHES_EACH && !closing; batch++) {
                if (effects.isMoreDue(at.target(), MOST_DUE)) {
                    return false;
                }
                long reaction = reactionPosition();
                if (reaction == NOT_BEGUN) {
                    return false;
                }
                if (at.afterPosition() >= reaction) {
                    if (handOver(at)) {
                        return false;
                    }
                    continue;
                }
                if (read.isEmpty()) {
                    read = reader.next(MOST_PER_BATCH, READ_WAIT);
                }
                int taken = upTo(reaction, read);
                if (taken == 0) {
                    return false;
                }
                Optional<WebhookEndpoint> moved = write(at, read.subList(0, taken));
                if (moved.isEmpty()) {
                    return false;
                }
                at = moved.get();
                // The reaction moves on meanwhile; what it had not reached is not read again.
                read = read.subList(taken, read.size());
                written.run();
            }
        }
        return true;
    }

    private static int upTo(long position, List<StoredFact> facts) {
        int count = 0;
        while (count < facts.size() && facts.get(count).position() <= position) {
            count++;
        }
        return count;
    }

    /** @return how the endpoint is now, with what it wants by now; empty when it is no longer where it was */
    private Optional<WebhookEndpoint> write(WebhookEndpoint at, List<StoredFact> facts) throws SQLException {
        long to = facts.get(facts.size() - 1).position();
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                Optional<WebhookEndpoint> moved = EndpointRows.moveOn(connection, at, to, false);
                if (moved.isPresent()) {
                    WebhookEndpoint before = moved.get().movedTo(at.afterPosition());
                    Outbox.write(
                            WebhookReaction.NAME,
                            WebhookMessages.of(facts, List.of(before)),
                            clock.instant(),
                            connection);
                }
                connection.commit();
                return moved;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    /** @return whether there is nothing more to do here; false when the reaction has moved meanwhile */
    private boolean handOver(WebhookEndpoint at) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                boolean caughtUp = beginAnew(connection, at.afterPosition());
                if (caughtUp) {
                    EndpointRows.moveOn(connection, at, at.afterPosition(), true);
                }
                connection.commit();
                return caughtUp;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    /** Holds up the reaction, which sees the endpoint with the next fact that it takes; false when it is further. */
    private static boolean beginAnew(Connection connection, long position) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(BEGIN_ANEW)) {
            update.setString(1, WebhookReaction.NAME);
            update.setLong(2, position);
            return update.executeUpdate() > 0;
        }
    }

    private long reactionPosition() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(POSITION)) {
            select.setString(1, WebhookReaction.NAME);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : NOT_BEGUN;
            }
        }
    }
}
