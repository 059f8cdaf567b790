package io.stockledger.device.journal;

import io.stockledger.device.scan.DeviceState;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;

/** The writes, within a transaction that {@link JournalWriter} ends. */
final class JournalStatements {

    private static final int FORGOTTEN_AT_ONCE = 5_000;

    private JournalStatements() {}

    static void insert(Connection connection, Read read) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO read (device, sequence, read_at, raw, mode, quantity, state, attempt, document_id, message,"
                        + " description, reason, detail, settled_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)")) {
            statement.setString(1, read.device());
            statement.setLong(2, read.sequence());
            statement.setLong(3, read.readAt().toEpochMilli());
            statement.setBytes(4, read.raw().getBytes(StandardCharsets.ISO_8859_1));
            statement.setString(5, read.mode().name());
            statement.setString(6, read.quantity().orElse(null));
            statement.setString(7, read.state().name());
            statement.setInt(8, read.attempt());
            statement.setString(9, read.documentId());
            statement.setBytes(10, read.message().toByteArray());
            statement.setString(11, read.description());
            statement.setString(12, read.reason());
            statement.setString(13, read.detail());
            statement.setObject(
                    14, read.state() == ReadState.DONE ? read.readAt().toEpochMilli() : null);
            statement.executeUpdate();
        }
    }

    static void keepState(Connection connection, String device, DeviceState state) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO device VALUES (?1,?2,?3,?4,?5,?6,?7,?8,0) ON CONFLICT (name) DO UPDATE SET sequence = ?2,"
                        + " mode = ?3, quantity = ?4, transfer_to = ?5, purchase_order = ?6, sale = ?7, count_from = ?8")) {
            statement.setString(1, device);
            statement.setLong(2, state.sequence());
            statement.setString(3, state.mode().name());
            statement.setString(
                    4, state.quantity().map(BigDecimal::toPlainString).orElse(null));
            statement.setString(5, state.transferTo());
            statement.setString(6, state.purchaseOrder());
            statement.setString(7, state.sale());
            statement.setLong(8, state.countFrom());
            statement.executeUpdate();
        }
    }

    static void acknowledge(Connection connection, String device, long sequence) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("UPDATE device SET acknowledged = ? WHERE name = ?")) {
            statement.setLong(1, sequence);
            statement.setString(2, device);
            statement.executeUpdate();
        }
    }

    static void settle(Connection connection, Read read, Instant at) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "UPDATE read SET state = ?, reason = ?, detail = ?, settled_at = ? WHERE device = ? AND sequence = ?"
                        + " AND attempt = ?")) {
            boolean settled = read.state() == ReadState.DONE || read.state() == ReadState.DISCARDED;
            statement.setString(1, read.state().name());
            statement.setString(2, read.reason());
            statement.setString(3, read.detail());
            statement.setObject(4, settled ? at.toEpochMilli() : null);
            statement.setString(5, read.device());
            statement.setLong(6, read.sequence());
            statement.setInt(7, read.attempt());
            statement.executeUpdate();
        }
    }

    static void settleCounted(Connection connection, String device, long from, Instant at) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "UPDATE read SET state = 'DONE', settled_at = ? WHERE state = 'COUNTED' AND device = ? AND sequence >= ?")) {
            statement.setLong(1, at.toEpochMilli());
            statement.setString(2, device);
            statement.setLong(3, from);
            statement.executeUpdate();
        }
    }

    /** A new place at the end of the line, because what came after it has been sent long since. */
    static void sendAnew(Connection connection, Read read) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "UPDATE read SET place = (SELECT max(place) + 1 FROM read), state = 'PENDING', attempt = ?,"
                        + " document_id = ?, message = ?, description = ?, reason = '', detail = ''"
                        + " WHERE device = ? AND sequence = ? AND state = 'PARKED'")) {
            statement.setInt(1, read.attempt());
            statement.setString(2, read.documentId());
            statement.setBytes(3, read.message().toByteArray());
            statement.setString(4, read.description());
            statement.setString(5, read.device());
            statement.setLong(6, read.sequence());
            statement.executeUpdate();
        }
    }

    static void forget(Connection connection, Instant before) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "DELETE FROM read WHERE place IN (SELECT place FROM read WHERE settled_at < ? LIMIT "
                        + FORGOTTEN_AT_ONCE + ")")) {
            statement.setLong(1, before.toEpochMilli());
            statement.executeUpdate();
        }
    }
}
