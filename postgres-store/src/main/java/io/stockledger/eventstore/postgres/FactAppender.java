package io.stockledger.eventstore.postgres;

import io.stockledger.eventstore.postgres.AppendConnection.Backend;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends batches one after the other, over all nodes. Positions are given under one lock that is held until the commit,
 * so they are dense and in commit order, and a reader that has seen a position has missed none before it.
 */
final class FactAppender implements AutoCloseable {
    /** "STOCKLED" in ASCII; advisory locks count within one database. */
    static final long LOCK_KEY = 0x53544F434B4C4544L;

    /**
     * Two statements, because a statement sees what was committed before it began: the one that waited for the lock would
     * not see the facts it waited for.
     */
    static final String LOCK_THEN_INSERT = """
            SELECT pg_advisory_xact_lock(%d);
            WITH head AS (SELECT coalesce(max(position), 0) AS position FROM ledger.fact),
            appended AS (
                INSERT INTO ledger.fact
                    (position, stream, sequence, name, revision, recorded_at, event_id, payload, metadata)
                SELECT head.position + e.place, e.stream, e.sequence, e.name, e.revision,
                       timestamptz 'epoch' + e.recorded_at * interval '1 microsecond', e.event_id, e.payload, e.metadata
                FROM head, unnest(?::text[], ?::bigint[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::bytea[],
                                  ?::bytea[])
                     WITH ORDINALITY
                     AS e(stream, sequence, name, revision, recorded_at, event_id, payload, metadata, place))
            SELECT position + ? FROM head""".formatted(LOCK_KEY);

    private static final Logger LOG = LoggerFactory.getLogger(FactAppender.class);
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String CONFLICT_CONSTRAINT = "fact_stream_sequence";

    private final DataSource dataSource;
    private final PostgresEventStoreOptions options;
    private @Nullable AppendConnection open;
    private @Nullable Backend lost;

    FactAppender(DataSource dataSource, PostgresEventStoreOptions options) {
        this.dataSource = dataSource;
        this.options = options;
    }

    /** Fails now rather than at the first command if the database can't be reached or is not durable. */
    synchronized void connect() {
        connection();
    }

    synchronized long append(FactBatch batch) {
        AppendConnection connection = connection();
        try {
            return connection.append(batch);
        } catch (SQLException e) {
            return afterFailure(batch, connection, e);
        }
    }

    /** The position of the batch's last fact if the batch is stored; if not, it never will be by an append lost before. */
    synchronized OptionalLong outcomeOf(FactBatch batch) {
        AppendConnection connection = connection();
        try {
            return connection.positionOfLast(batch);
        } catch (SQLException e) {
            discard(connection);
            throw new EventStoreException("can't read back " + batch.size() + " facts: " + e.getMessage(), e);
        }
    }

    private AppendConnection connection() {
        AppendConnection connection = open;
        if (connection == null) {
            try {
                connection = AppendConnection.open(dataSource, options, LOCK_THEN_INSERT, lost);
                open = connection;
                lost = null;
            } catch (SQLException e) {
                throw new EventStoreException("nothing appended, no connection: " + e.getMessage(), e);
            }
        }
        return connection;
    }

    private long afterFailure(FactBatch batch, AppendConnection connection, SQLException e) {
        ServerErrorMessage refusal = e instanceof PSQLException p ? p.getServerErrorMessage() : null;
        if (refusal == null || !usable(connection)) {
            LOG.warn("Lost the connection that appends: {}", e.getMessage());
            discard(connection);
            return settle(batch, e);
        }
        if (UNIQUE_VIOLATION.equals(e.getSQLState()) && CONFLICT_CONSTRAINT.equals(refusal.getConstraint())) {
            throw new FactConflict(streamsThatMovedOn(batch, connection), e);
        }
        throw new EventStoreException("nothing appended of " + batch.size() + " facts: " + e.getMessage(), e);
    }

    /** Where the database can be reached again at once, the outcome need not stay unknown. */
    private long settle(FactBatch batch, SQLException lostBy) {
        OptionalLong stored;
        try {
            stored = outcomeOf(batch);
        } catch (EventStoreException e) {
            lostBy.addSuppressed(e);
            throw new AppendOutcomeUnknown(batch.size(), lostBy);
        }
        return stored.orElseThrow(() -> new EventStoreException(
                "nothing appended of " + batch.size() + " facts, the connection was lost: " + lostBy.getMessage(),
                lostBy));
    }

    private Set<String> streamsThatMovedOn(FactBatch batch, AppendConnection connection) {
        try {
            return connection.streamsThatMovedOn(batch);
        } catch (SQLException e) {
            LOG.warn("Can't tell which streams of a batch moved on, so all count: {}", e.getMessage());
            discard(connection);
            return new TreeSet<>(List.of(batch.streams));
        }
    }

    private static boolean usable(AppendConnection connection) {
        try {
            return connection.isUsable();
        } catch (SQLException e) {
            return false;
        }
    }

    private void discard(AppendConnection connection) {
        connection.close();
        lost = connection.backend();
        open = null;
    }

    @Override
    public synchronized void close() {
        if (open != null) {
            open.close();
            open = null;
        }
    }
}
