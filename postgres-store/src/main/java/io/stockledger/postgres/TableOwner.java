package io.stockledger.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.core.api.output.ValidateResult;
import org.jspecify.annotations.Nullable;

/**
 * The role that owns tables, beside the one that uses them: who uses facts can then neither change them nor take away what
 * guards them.
 */
public final class TableOwner {
    /** The owner of a schema, or of anything in it, in whose name the asking role may not act. */
    private static final String STRANGER = """
            SELECT pg_get_userbyid(o.owner) FROM (
                SELECT nspowner AS owner FROM pg_namespace WHERE nspname = ?
                UNION SELECT c.relowner FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                      WHERE n.nspname = ?) o
            WHERE NOT pg_has_role(o.owner, 'USAGE') LIMIT 1""";

    private static final String OWNER =
            "SELECT coalesce((SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = ?), current_user)";

    private final DataSource connections;
    /** Null: the role of the connections. */
    private final @Nullable String service;

    private final boolean isAnother;

    private TableOwner(DataSource connections, @Nullable String service, boolean isAnother) {
        this.connections = connections;
        this.service = service;
        this.isAnother = isAnother;
    }

    /**
     * @param connections of the owner's role
     * @param service the role that is to use the tables
     */
    public static TableOwner of(DataSource connections, String service) {
        return new TableOwner(connections, service, true);
    }

    /**
     * Where the service has no other role than its own: what it owns itself is brought up to date, and of what belongs to another
     * it is only asked whether that has been done.
     */
    public static TableOwner unknown(DataSource connections) {
        return new TableOwner(connections, null, false);
    }

    /**
     * Brings the tables of a schema to this version, and lets the service's role use them as its grants say.
     *
     * @param location of its migrations
     * @throws IllegalStateException where a role owns them that this one can't act for
     */
    public void migrate(String schema, String location) {
        Optional<String> stranger = ask(STRANGER, schema, schema);
        String owner = ask(OWNER, schema).orElseThrow();
        String user = service == null ? ask("SELECT current_user").orElseThrow() : service;
        Flyway flyway = Flyway.configure()
                .dataSource(connections)
                .schemas(schema)
                .createSchemas(true)
                .locations(location)
                // Grants that name the owner are made again when there is another one.
                .placeholders(Map.of("service", quoted(user), "owner", quoted(owner)))
                // What a newer version has made is not passed over: this one does not know what it means.
                .ignoreMigrationPatterns(new String[0])
                .load();
        if (stranger.isEmpty()) {
            migrate(flyway, schema);
        } else if (isAnother) {
            throw new IllegalStateException("schema " + schema + " belongs to role '" + stranger.get()
                    + "' (expected: to the role of stockledger.postgres.owner-user; docs/postgresql.md says how it is"
                    + " handed over)");
        } else {
            requireUpToDate(flyway, schema, stranger.get());
        }
    }

    private static void migrate(Flyway flyway, String schema) {
        try {
            flyway.migrate();
        } catch (FlywayValidateException e) {
            throw new IllegalStateException(
                    "schema " + schema + " is not as this version of the service or an older one made it (expected: the"
                            + " version that was here last, or a newer one; docs/operating.md says how to go back)",
                    e);
        }
    }

    private static void requireUpToDate(Flyway flyway, String schema, String owner) {
        ValidateResult result = flyway.validateWithResult();
        if (!result.validationSuccessful) {
            throw new IllegalStateException("schema " + schema + " belongs to role '" + owner
                    + "' and is not of this version (expected: one start with its credentials in"
                    + " stockledger.postgres.owner-user and owner-password): " + result.getAllErrorMessages());
        }
    }

    private Optional<String> ask(String question, String... parameters) {
        try (Connection connection = connections.getConnection();
                PreparedStatement statement = connection.prepareStatement(question)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("can't tell who owns the ledger's tables: " + e.getMessage(), e);
        }
    }

    private static String quoted(String role) {
        return '"' + role.replace("\"", "\"\"") + '"';
    }
}
