package io.stockledger.projections.view;

import io.stockledger.ledger.StoredFact;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of {@code parked_fact}. */
final class ParkingLot {

    private static final String PARK = """
            INSERT INTO parked_fact (view, sequence_key, position, stream, sequence, error, parked_at)
            VALUES (?, ?, ?, ?, ?, ?, now())""";

    private static final String KEYS = "SELECT DISTINCT sequence_key FROM parked_fact WHERE view = ?";

    private static final String COUNT = "SELECT count(*) FROM parked_fact WHERE view = ?";

    private static final String LIST = """
            SELECT view, sequence_key, position, stream, sequence, error, parked_at
            FROM parked_fact
            WHERE view = ? AND (?::text IS NULL OR sequence_key = ?)
            ORDER BY position
            LIMIT ?""";

    private static final String REMOVE = "DELETE FROM parked_fact WHERE view = ? AND sequence_key = ?";

    private ParkingLot() {}

    /** A fact that is to be parked. */
    record Parking(String key, StoredFact fact, @Nullable String error) {}

    static void park(Connection connection, String view, List<Parking> parkings) throws SQLException {
        if (parkings.isEmpty()) {
            return;
        }
        try (PreparedStatement park = connection.prepareStatement(PARK)) {
            for (Parking parking : parkings) {
                park.setString(1, view);
                park.setString(2, parking.key());
                park.setLong(3, parking.fact().position());
                park.setString(4, parking.fact().stream());
                park.setLong(5, parking.fact().sequence());
                park.setString(6, parking.error());
                park.addBatch();
            }
            park.executeBatch();
        }
    }

    static Set<String> keys(Connection connection, String view) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(KEYS)) {
            select.setString(1, view);
            try (ResultSet rows = select.executeQuery()) {
                Set<String> keys = new HashSet<>();
                while (rows.next()) {
                    keys.add(rows.getString(1));
                }
                return keys;
            }
        }
    }

    static long count(Connection connection, String view) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(COUNT)) {
            select.setString(1, view);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    /** @param key null: of all sequences */
    static List<ParkedFact> list(Connection connection, String view, @Nullable String key, int most)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(LIST)) {
            select.setString(1, view);
            select.setString(2, key);
            select.setString(3, key);
            select.setInt(4, most);
            try (ResultSet rows = select.executeQuery()) {
                List<ParkedFact> facts = new ArrayList<>();
                while (rows.next()) {
                    facts.add(new ParkedFact(
                            rows.getString(1),
                            rows.getString(2),
                            rows.getLong(3),
                            rows.getString(4),
                            rows.getLong(5),
                            rows.getString(6),
                            rows.getObject(7, OffsetDateTime.class).toInstant()));
                }
                return facts;
            }
        }
    }

    static void remove(Connection connection, String view, String key) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(REMOVE)) {
            delete.setString(1, view);
            delete.setString(2, key);
            delete.executeUpdate();
        }
    }
}
