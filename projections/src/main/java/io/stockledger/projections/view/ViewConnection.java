package io.stockledger.projections.view;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * The one connection that a view's thread works on. It holds the view's advisory lock as long as it lives, so that
 * another node takes over when this one is gone.
 */
final class ViewConnection implements AutoCloseable {

    private static final String TRY_LOCK =
            "SELECT pg_try_advisory_lock(hashtext('stockledger view'), hashtext(current_schema() || '.' || ?))";

    private static final int VALID_WITHIN_SECONDS = 30;

    private final Connection connection;

    private ViewConnection(Connection connection) {
        this.connection = connection;
    }

    /** @param firstSchema where the view's tables are looked for first; null for the connection's own */
    static ViewConnection open(DataSource dataSource, @Nullable String firstSchema) throws SQLException {
        ViewConnection opened = new ViewConnection(dataSource.getConnection());
        try {
            opened.connection.setAutoCommit(false);
            // A view's last moments may be lost in a crash: it then goes on from the position that it kept.
            opened.execute("SET synchronous_commit = off");
            if (firstSchema != null) {
                opened.execute("SELECT set_config('search_path', '" + firstSchema
                        + ", ' || current_setting('search_path'), false)");
            }
            opened.connection.commit();
            return opened;
        } catch (SQLException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    Connection jdbc() {
        return connection;
    }

    void commit() throws SQLException {
        connection.commit();
    }

    void rollback() throws SQLException {
        connection.rollback();
    }

    /** Whether this connection now is the only one that works on the view. */
    boolean tryLock(String view) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(TRY_LOCK)) {
            lock.setString(1, view);
            try (ResultSet row = lock.executeQuery()) {
                row.next();
                boolean locked = row.getBoolean(1);
                connection.commit();
                return locked;
            }
        }
    }

    void listen() throws SQLException {
        execute("LISTEN stockledger_view");
        connection.commit();
    }

    List<ViewNotice> notices(Duration wait) throws SQLException {
        PGNotification[] received =
                connection.unwrap(PGConnection.class).getNotifications(Math.max(1, (int) wait.toMillis()));
        List<ViewNotice> notices = new ArrayList<>();
        if (received != null) {
            for (PGNotification notification : received) {
                notices.add(ViewNotice.read(notification.getParameter()));
            }
        }
        return notices;
    }

    /** A connection that died in silence has lost its lock, and must not be believed in for long. */
    void requireAlive() throws SQLException {
        if (!connection.isValid(VALID_WITHIN_SECONDS)) {
            throw new SQLException("the view's connection is dead (expected: alive)", "08006");
        }
        connection.rollback();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Gives the connection back as it came. */
    @Override
    public void close() throws SQLException {
        try {
            connection.rollback();
            execute("UNLISTEN *");
            execute("SELECT pg_advisory_unlock_all()");
            execute("RESET search_path");
            execute("RESET synchronous_commit");
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            // Never back into a pool with the lock on it.
            connection.abort(Runnable::run);
        } finally {
            connection.close();
        }
    }
}
