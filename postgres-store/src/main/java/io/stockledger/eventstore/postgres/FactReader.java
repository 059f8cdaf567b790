package io.stockledger.eventstore.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EventStoreException;

/** Every query over the facts and snapshots; each borrows a connection for itself alone. */
final class FactReader {
    private static final String COLUMNS =
            "f.position, f.stream, f.sequence, f.name, f.revision, f.recorded_at, f.event_id, f.payload, f.metadata";
    private static final String SNAPSHOT_COLUMNS =
            "0, f.stream, f.sequence, f.name, f.revision, f.recorded_at, f.event_id, f.payload, f.metadata";

    private static final String AFTER =
            "SELECT " + COLUMNS + " FROM ledger.fact f WHERE position > ? ORDER BY position LIMIT ?";
    private static final String OF_STREAM =
            "SELECT " + COLUMNS + " FROM ledger.fact f WHERE stream = ? AND sequence >= ? ORDER BY sequence LIMIT ?";
    // LATERAL with OFFSET 0: one index look-up for each stream, whatever the planner believes about the array.
    private static final String OF_STREAMS = "SELECT " + COLUMNS
            + " FROM unnest(?::text[], ?::bigint[]) AS wanted(stream, sequence) CROSS JOIN LATERAL (SELECT *"
            + " FROM ledger.fact s WHERE s.stream = wanted.stream AND s.sequence >= wanted.sequence"
            + " ORDER BY s.sequence OFFSET 0) f";
    private static final String HEADS = "SELECT wanted.stream, head.sequence FROM unnest(?::text[]) AS wanted(stream)"
            + " CROSS JOIN LATERAL (SELECT s.sequence FROM ledger.fact s WHERE s.stream = wanted.stream"
            + " ORDER BY s.sequence DESC LIMIT 1) head";
    private static final String FIRST_POSITION =
            "SELECT position FROM ledger.fact WHERE stream = ? ORDER BY sequence LIMIT 1";
    private static final String HEAD_POSITION = "SELECT coalesce(max(position), 0) FROM ledger.fact";
    private static final String RECORDED_AT = "SELECT recorded_at FROM ledger.fact WHERE position = ?";
    private static final String FIRST_AT_OR_AFTER =
            "SELECT position FROM ledger.fact WHERE position >= ?" + " AND recorded_at >= ? ORDER BY position LIMIT 1";
    private static final String SNAPSHOTS =
            "SELECT " + SNAPSHOT_COLUMNS + " FROM ledger.fact_snapshot f WHERE stream = ANY (?::text[])";
    private static final String STORE_SNAPSHOT = """
            INSERT INTO ledger.fact_snapshot
                (stream, sequence, name, revision, recorded_at, event_id, payload, metadata)
            VALUES (?, ?, ?, ?, timestamptz 'epoch' + ? * interval '1 microsecond', ?, ?, ?)
            ON CONFLICT (stream) DO UPDATE
            SET sequence = excluded.sequence, name = excluded.name, revision = excluded.revision,
                recorded_at = excluded.recorded_at, event_id = excluded.event_id, payload = excluded.payload,
                metadata = excluded.metadata
            WHERE fact_snapshot.sequence <= excluded.sequence""";

    private final DataSource dataSource;

    FactReader(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** At most {@code limit} facts behind that position, in order. */
    List<StoredFact> after(long position, int limit) {
        return query(
                AFTER,
                statement -> {
                    statement.setLong(1, position);
                    statement.setInt(2, limit);
                },
                FactReader::fact);
    }

    /** At most {@code limit} facts of one stream from that sequence on, in order. */
    List<StoredFact> ofStream(String stream, long firstSequence, int limit) {
        return query(
                OF_STREAM,
                statement -> {
                    statement.setString(1, stream);
                    statement.setLong(2, firstSequence);
                    statement.setInt(3, limit);
                },
                FactReader::fact);
    }

    /** All facts of many streams, each from its own first sequence on; in order within a stream. */
    List<StoredFact> ofStreams(Map<String, Long> firstSequences) {
        String[] streams = firstSequences.keySet().toArray(String[]::new);
        Long[] sequences = firstSequences.values().toArray(Long[]::new);
        return query(
                OF_STREAMS,
                statement -> {
                    statement.setArray(1, statement.getConnection().createArrayOf("text", streams));
                    statement.setArray(2, statement.getConnection().createArrayOf("int8", sequences));
                },
                FactReader::fact);
    }

    /** The last sequence of each of those streams that has any fact. */
    Map<String, Long> headSequences(Collection<String> streams) {
        Map<String, Long> heads = new HashMap<>();
        query(
                        HEADS,
                        statement -> statement.setArray(1, texts(statement, streams)),
                        row -> Map.entry(row.getString(1), row.getLong(2)))
                .forEach(head -> heads.put(head.getKey(), head.getValue()));
        return heads;
    }

    OptionalLong firstPosition(String stream) {
        return query(FIRST_POSITION, statement -> statement.setString(1, stream), row -> row.getLong(1)).stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    /** The last position; 0 while there is no fact. */
    long headPosition() {
        return query(HEAD_POSITION, statement -> {}, row -> row.getLong(1)).get(0);
    }

    Optional<Instant> recordedAt(long position) {
        return query(RECORDED_AT, statement -> statement.setLong(1, position), row -> instant(row, 1)).stream()
                .findFirst();
    }

    /** The first position from {@code fromPosition} on whose fact was recorded at that instant or later. */
    OptionalLong firstRecordedSince(Instant instant, long fromPosition) {
        return query(
                        FIRST_AT_OR_AFTER,
                        statement -> {
                            statement.setLong(1, fromPosition);
                            statement.setObject(2, instant.atOffset(ZoneOffset.UTC));
                        },
                        row -> row.getLong(1))
                .stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    List<StoredFact> snapshots(Collection<String> streams) {
        return query(SNAPSHOTS, statement -> statement.setArray(1, texts(statement, streams)), FactReader::fact);
    }

    /** An older snapshot never replaces a newer one. */
    void storeSnapshot(FactBatch snapshot) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(STORE_SNAPSHOT)) {
            statement.setString(1, snapshot.streams[0]);
            statement.setLong(2, snapshot.sequences[0]);
            statement.setString(3, snapshot.names[0]);
            statement.setString(4, snapshot.revisions[0]);
            statement.setLong(5, snapshot.recordedAtMicros[0]);
            statement.setString(6, snapshot.eventIds[0]);
            statement.setBytes(7, snapshot.payloads[0]);
            statement.setBytes(8, snapshot.metadata[0]);
            statement.executeUpdate();
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        } catch (SQLException e) {
            throw new EventStoreException(
                    "can't store a snapshot of " + snapshot.streams[0] + ": " + e.getMessage(), e);
        }
    }

    private static Array texts(PreparedStatement statement, Collection<String> values) throws SQLException {
        return statement.getConnection().createArrayOf("text", values.toArray());
    }

    private static StoredFact fact(ResultSet row) throws SQLException {
        return new StoredFact(
                row.getLong(1),
                row.getString(2),
                row.getLong(3),
                row.getString(4),
                row.getString(5),
                instant(row, 6),
                row.getString(7),
                row.getBytes(8),
                row.getBytes(9));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private <T> List<T> query(String sql, Parameters parameters, Row<T> mapping) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            parameters.bind(statement);
            List<T> rows = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    rows.add(mapping.of(row));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new EventStoreException("can't read facts: " + e.getMessage(), e);
        }
    }

    private interface Parameters {
        void bind(PreparedStatement statement) throws SQLException;
    }

    private interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }
}
