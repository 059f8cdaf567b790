package io.stockledger.projections.view;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** A view's row in {@code view_position}. Whoever moves it must name what it was, so that nobody moves it twice. */
record StoredPosition(long position, long head, @Nullable Instant behindSince, long parkedRevision) {

    private static final String CREATE = """
            INSERT INTO view_position (view, position, head, behind_since, updated_at, parked_revision)
            VALUES (?, 0, 0, NULL, now(), 0)
            ON CONFLICT (view) DO NOTHING""";

    private static final String READ = """
            SELECT position, head, behind_since, parked_revision
            FROM view_position
            WHERE view = ?""";

    private static final String MOVE = """
            UPDATE view_position
            SET position = ?, head = ?, behind_since = ?, parked_revision = ?, updated_at = now()
            WHERE view = ? AND position = ? AND parked_revision = ?
            RETURNING pg_notify('stockledger_view', ?)""";

    static StoredPosition readOrCreate(Connection connection, String view) throws SQLException {
        try (PreparedStatement create = connection.prepareStatement(CREATE)) {
            create.setString(1, view);
            create.executeUpdate();
        }
        return read(connection, view, "");
    }

    /** The row, and the right to be the only one who changes it, until the transaction ends. */
    static StoredPosition lock(Connection connection, String view) throws SQLException {
        return read(connection, view, " FOR UPDATE");
    }

    private static StoredPosition read(Connection connection, String view, String locking) throws SQLException {
        try (PreparedStatement read = connection.prepareStatement(READ + locking)) {
            read.setString(1, view);
            try (ResultSet row = read.executeQuery()) {
                if (!row.next()) {
                    throw new IllegalStateException("view " + view + ": no position (expected: one)");
                }
                OffsetDateTime behindSince = row.getObject(3, OffsetDateTime.class);
                return new StoredPosition(
                        row.getLong(1),
                        row.getLong(2),
                        behindSince == null ? null : behindSince.toInstant(),
                        row.getLong(4));
            }
        }
    }

    /** @return false when somebody else has moved it; the transaction is then to be rolled back */
    boolean move(Connection connection, String view, StoredPosition to, ViewNotice notice) throws SQLException {
        try (PreparedStatement move = connection.prepareStatement(MOVE)) {
            move.setLong(1, to.position);
            move.setLong(2, to.head);
            move.setObject(3, to.behindSince == null ? null : to.behindSince.atOffset(ZoneOffset.UTC));
            move.setLong(4, to.parkedRevision);
            move.setString(5, view);
            move.setLong(6, position);
            move.setLong(7, parkedRevision);
            move.setString(8, notice.text());
            try (ResultSet moved = move.executeQuery()) {
                return moved.next();
            }
        }
    }
}
