package io.stockledger.eventstore.postgres;

import io.stockledger.postgres.TableOwner;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EventStoreException;

/** The tables that hold the facts, in a schema of their own, so that views and their versions never mix with them. */
public final class FactTables {
    /** The schema of the facts and of their migrations' history. */
    public static final String SCHEMA = "ledger";

    private static final String MAY_CHANGE = """
            SELECT current_user FROM pg_class WHERE oid = to_regclass('ledger.fact')
            AND (pg_has_role(relowner, 'USAGE') OR has_table_privilege(oid, 'UPDATE, DELETE, TRUNCATE, TRIGGER'))""";

    private FactTables() {}

    /** Creates the tables or brings them to this version; does nothing when they are. */
    public static void migrate(TableOwner owner) {
        owner.migrate(SCHEMA, "classpath:db/facts");
    }

    /** The role of these connections, where it could change facts if it wanted to. */
    public static Optional<String> mayBeChangedBy(DataSource connections) {
        try (Connection connection = connections.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(MAY_CHANGE)) {
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        } catch (SQLException e) {
            throw new EventStoreException("can't tell who may change facts: " + e.getMessage(), e);
        }
    }
}
