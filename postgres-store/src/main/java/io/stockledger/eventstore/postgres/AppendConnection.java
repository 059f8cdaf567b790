package io.stockledger.eventstore.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** The one connection that appends, made ready and checked for durability; never borrowed from a pool while deciding. */
final class AppendConnection {
    private static final int OLDEST_SERVER = 140_000;
    private static final int FENCE_MILLIS = 8_000;

    private final Connection connection;
    private final Backend backend;
    private final PreparedStatement append;

    /** The server's process behind a connection; its start tells it from a later process with the same id. */
    record Backend(int pid, String startedAt) {}

    private AppendConnection(Connection connection, Backend backend, PreparedStatement append) {
        this.connection = connection;
        this.backend = backend;
        this.append = append;
    }

    /**
     * @param lost the process of a connection that broke in the middle of an append: it is ended first, so that nothing
     *     of its batch can appear any more after this returns
     */
    static AppendConnection open(
            DataSource dataSource, PostgresEventStoreOptions options, String appendSql, @Nullable Backend lost)
            throws SQLException {
        Connection connection = dataSource.getConnection();
        try {
            // Each append is one implicit transaction: all its statements travel together and end in one commit.
            connection.setAutoCommit(true);
            connection.setNetworkTimeout(
                    Runnable::run, Math.toIntExact(options.answerWithin().toMillis()));
            try (Statement statement = connection.createStatement()) {
                // A plan for each size of batch costs more than it gains; a dead node's lock must end with its node.
                statement.execute("SET plan_cache_mode = force_generic_plan; SET lock_timeout = "
                        + options.lockWithin().toMillis()
                        + "; SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5;"
                        + " SET tcp_keepalives_count = 3");
                refuseWhatMayForget(statement, options.acceptDataLoss());
                if (lost != null) {
                    endBackend(statement, lost);
                }
                return new AppendConnection(connection, backendOf(statement), connection.prepareStatement(appendSql));
            }
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static void refuseWhatMayForget(Statement statement, boolean acceptDataLoss) throws SQLException {
        try (ResultSet row =
                statement.executeQuery("SELECT current_setting('server_version_num')::int, current_setting('fsync'),"
                        + " current_setting('full_page_writes'), current_setting('synchronous_commit')")) {
            row.next();
            if (row.getInt(1) < OLDEST_SERVER) {
                throw new EventStoreException(
                        "PostgreSQL " + row.getInt(1) + " (expected: " + OLDEST_SERVER + " or newer)");
            }
            List<String> off = new ArrayList<>();
            String[] names = {"fsync", "full_page_writes", "synchronous_commit"};
            for (int i = 0; i < names.length; i++) {
                if (row.getString(i + 2).equals("off")) {
                    off.add(names[i]);
                }
            }
            if (!off.isEmpty() && !acceptDataLoss) {
                throw new EventStoreException("PostgreSQL runs with " + String.join(", ", off)
                        + " off and may lose acknowledged facts in a crash (expected: on, or"
                        + " stockledger.postgres.accept-data-loss=true)");
            }
        }
    }

    private static void endBackend(Statement statement, Backend lost) throws SQLException {
        String found =
                " FROM pg_stat_activity WHERE pid = " + lost.pid() + " AND backend_start = '" + lost.startedAt() + "'";
        try (ResultSet ended =
                statement.executeQuery("SELECT pg_terminate_backend(pid, " + FENCE_MILLIS + ")" + found)) {
            if (ended.next() && !ended.getBoolean(1)) {
                throw new SQLException(
                        "process " + lost.pid() + " of a lost connection did not end within " + FENCE_MILLIS + " ms");
            }
        }
    }

    private static Backend backendOf(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(
                "SELECT pid, backend_start::text FROM pg_stat_activity WHERE pid = pg_backend_pid()")) {
            row.next();
            return new Backend(row.getInt(1), row.getString(2));
        }
    }

    long append(FactBatch batch) throws SQLException {
        PGConnection arrays = connection.unwrap(PGConnection.class);
        append.setArray(1, arrays.createArrayOf("text", batch.streams));
        append.setArray(2, arrays.createArrayOf("int8", batch.sequences));
        append.setArray(3, arrays.createArrayOf("text", batch.names));
        append.setArray(4, arrays.createArrayOf("text", batch.revisions));
        append.setArray(5, arrays.createArrayOf("int8", batch.recordedAtMicros));
        append.setArray(6, arrays.createArrayOf("text", batch.eventIds));
        append.setArray(7, arrays.createArrayOf("bytea", batch.payloads));
        append.setArray(8, arrays.createArrayOf("bytea", batch.metadata));
        append.setLong(9, batch.size());
        append.execute();
        append.getMoreResults();
        try (ResultSet last = append.getResultSet()) {
            last.next();
            return last.getLong(1);
        }
    }

    /**
     * Compares all that was sent, not the identifier alone: two nodes may give two facts of one stream and sequence the
     * same identifier.
     */
    OptionalLong positionOfLast(FactBatch batch) throws SQLException {
        int last = batch.size() - 1;
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT position FROM ledger.fact WHERE stream = ? AND sequence = ? AND event_id = ? AND payload = ?"
                        + " AND metadata = ? AND recorded_at = timestamptz 'epoch' + ? * interval '1 microsecond'")) {
            query.setString(1, batch.streams[last]);
            query.setLong(2, batch.sequences[last]);
            query.setString(3, batch.eventIds[last]);
            query.setBytes(4, batch.payloads[last]);
            query.setBytes(5, batch.metadata[last]);
            query.setLong(6, batch.recordedAtMicros[last]);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    Set<String> streamsThatMovedOn(FactBatch batch) throws SQLException {
        Set<String> streams = new TreeSet<>();
        PGConnection arrays = connection.unwrap(PGConnection.class);
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT DISTINCT e.stream FROM unnest(?::text[], ?::bigint[])"
                        + " AS e(stream, sequence) JOIN ledger.fact f ON f.stream = e.stream AND f.sequence = e.sequence")) {
            query.setArray(1, arrays.createArrayOf("text", batch.streams));
            query.setArray(2, arrays.createArrayOf("int8", batch.sequences));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    streams.add(row.getString(1));
                }
            }
        }
        return streams;
    }

    /** Whether the server's refusal arrived whole: then the transaction is over and left nothing behind. */
    boolean isUsable() throws SQLException {
        return !connection.isClosed();
    }

    Connection connection() {
        return connection;
    }

    Backend backend() {
        return backend;
    }

    void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // It is given up either way.
        }
    }
}
