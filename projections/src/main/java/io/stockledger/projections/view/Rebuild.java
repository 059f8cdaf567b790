package io.stockledger.projections.view;

import io.stockledger.ledger.FactFeed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Builds a view a second time beside the live one, in a schema of its own, and swaps the two in one transaction when
 * it has caught up. Readers notice nothing but a short wait for the swap.
 */
final class Rebuild {

    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration LAST_STRETCH = Duration.ofSeconds(30);
    private static final String LOCK =
            "SELECT pg_try_advisory_lock(hashtext('stockledger rebuild'), hashtext(current_schema() || '.' || ?))";
    private static final String UNLOCK =
            "SELECT pg_advisory_unlock(hashtext('stockledger rebuild'), hashtext(current_schema() || '.' || ?))";

    private final View view;
    private final String storedAs;
    private final String schema;
    private final FactFeed feed;
    private final DataSource dataSource;
    private final ViewSettings settings;
    private final InstantSource clock;

    Rebuild(View view, FactFeed feed, DataSource dataSource, ViewSettings settings, InstantSource clock) {
        this.view = view;
        this.storedAs = view.name() + "/rebuild";
        this.schema = "rebuild_" + view.name();
        this.feed = feed;
        this.dataSource = dataSource;
        this.settings = settings;
        this.clock = clock;
    }

    /** @return the position at which the new view took over */
    long run(ViewProgress live) throws SQLException, InterruptedException {
        try (Connection connection = dataSource.getConnection()) {
            if (!ask(connection, LOCK)) {
                throw new IllegalStateException("view " + view.name() + " is being rebuilt already");
            }
            try {
                createTables(connection);
                return build(live, connection);
            } finally {
                dropTables(connection);
                ask(connection, UNLOCK);
            }
        }
    }

    private long build(ViewProgress live, Connection connection) throws SQLException, InterruptedException {
        ViewProcessor second = new ViewProcessor(view, storedAs, schema, feed, dataSource, settings, clock);
        try {
            second.start();
            while (second.progress().place().position() < live.place().position()) {
                awaitNext(second.progress());
            }
            connection.setAutoCommit(false);
            // From here on the live view stands still, but answers; the second one overtakes it and is then stopped.
            StoredPosition liveAt = StoredPosition.lock(connection, view.name());
            second.progress().await(liveAt.position(), LAST_STRETCH);
            second.close();
            StoredPosition rebuilt = StoredPosition.lock(connection, storedAs);
            swap(connection, liveAt, rebuilt);
            connection.commit();
            return rebuilt.position();
        } catch (SQLException | InterruptedException | RuntimeException e) {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            throw e;
        } finally {
            second.close();
            connection.setAutoCommit(true);
        }
    }

    private void awaitNext(ViewProgress progress) throws InterruptedException {
        try {
            progress.await(progress.place().position() + 1, LOOK);
        } catch (ViewBehind e) {
            // A failure keeps it from moving: the processor retries, and whoever asked for the rebuild can stop it.
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private void createTables(Connection connection) throws SQLException {
        dropTables(connection);
        execute(connection, "CREATE SCHEMA " + schema);
        for (String table : view.tables()) {
            String options = text(
                    connection,
                    "SELECT coalesce(' WITH (' || array_to_string(reloptions, ', ') || ')', '') FROM pg_class"
                            + " WHERE oid = '" + table + "'::regclass");
            execute(
                    connection,
                    "CREATE TABLE " + schema + "." + table + " (LIKE " + table + " INCLUDING ALL)" + options);
        }
    }

    private void dropTables(Connection connection) throws SQLException {
        execute(connection, "DROP SCHEMA IF EXISTS " + schema + " CASCADE");
        execute(connection, "DELETE FROM parked_fact WHERE view = '" + storedAs + "'");
        execute(connection, "DELETE FROM view_position WHERE view = '" + storedAs + "'");
    }

    private void swap(Connection connection, StoredPosition live, StoredPosition rebuilt) throws SQLException {
        String home = text(connection, "SELECT quote_ident(current_schema())");
        String old = view.tables().stream().map(table -> home + "." + table).collect(Collectors.joining(", "));
        // All at once, so that no reader of several tables can lock them in another order.
        execute(connection, "LOCK TABLE " + old + " IN ACCESS EXCLUSIVE MODE");
        execute(connection, "DROP TABLE " + old);
        for (String table : view.tables()) {
            execute(connection, "ALTER TABLE " + schema + "." + table + " SET SCHEMA " + home);
        }
        execute(connection, "DELETE FROM parked_fact WHERE view = '" + view.name() + "'");
        execute(connection, "UPDATE parked_fact SET view = '" + view.name() + "' WHERE view = '" + storedAs + "'");
        StoredPosition taken = new StoredPosition(
                rebuilt.position(), rebuilt.head(), rebuilt.behindSince(), live.parkedRevision() + 1);
        ViewNotice notice = new ViewNotice(view.name(), taken.position(), false, List.of());
        if (!live.move(connection, view.name(), taken, notice)) {
            throw new IllegalStateException("view " + view.name() + " moved under its lock");
        }
    }

    private boolean ask(Connection connection, String question) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(question)) {
            statement.setString(1, view.name());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
