package io.stockledger.benchmarks.floor;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** The tables that an application would keep its stock in: levels, and reservations under their own ids. */
public final class FloorTables {

    /** How many items there are; the hot one is the first. */
    public static final int ITEMS = 1_000;

    private FloorTables() {}

    public static void create(DataSource database) {
        execute(
                database,
                "CREATE SCHEMA IF NOT EXISTS floor",
                "CREATE TABLE floor.level (item int PRIMARY KEY, available bigint NOT NULL CHECK (available >= 0),"
                        + " reserved bigint NOT NULL) WITH (fillfactor = 50)",
                "CREATE TABLE floor.reservation (id uuid PRIMARY KEY, item int NOT NULL, quantity bigint NOT NULL,"
                        + " channel text NOT NULL, ends_at timestamptz NOT NULL)",
                "CREATE TABLE floor.event (position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                        + " stream text NOT NULL, sequence bigint NOT NULL, name text NOT NULL,"
                        + " recorded_at timestamptz NOT NULL, payload bytea NOT NULL, UNIQUE (stream, sequence))",
                "INSERT INTO floor.level SELECT item, 1000000000000, 0 FROM generate_series(1, " + ITEMS + ") item",
                "VACUUM ANALYZE floor.level");
    }

    /** Leaves the floor as it was at first, so that no round pays for the ones before. */
    public static void empty(DataSource database) {
        execute(database, "TRUNCATE floor.reservation, floor.event", "VACUUM floor.level");
    }

    private static void execute(DataSource database, String... statements) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the floor's tables: " + e.getMessage(), e);
        }
    }
}
