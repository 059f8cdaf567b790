package io.stockledger.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * Who owns what in a server of ours, as statements of a superuser: the owner has the database and what tells the past, and
 * the service makes tables for its views.
 */
final class Roles {
    static final String OWNER = "stockledger_owner";
    static final String SERVICE = "stockledger";
    static final String SUPERUSER = "postgres";

    private Roles() {}

    static List<String> create(String servicePassword) {
        return List.of("CREATE ROLE " + SERVICE + " LOGIN PASSWORD '" + servicePassword + "'");
    }

    /** Also where an interrupted start has left the role behind. */
    static List<String> createOwner(String password) {
        return List.of(
                "DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '" + OWNER + "') THEN CREATE ROLE "
                        + OWNER + " LOGIN; END IF; END $$",
                "ALTER ROLE " + OWNER + " PASSWORD '" + password + "'",
                // The service's password must not open the superuser's door.
                "ALTER ROLE " + SUPERUSER + " PASSWORD '" + password + "'");
    }

    static List<String> shareDatabase(String database) {
        return List.of(
                "ALTER DATABASE " + database + " OWNER TO " + OWNER,
                // A rebuilt view is made in a schema of its own.
                "GRANT CREATE ON DATABASE " + database + " TO " + SERVICE);
    }

    /** To be run in the database. */
    static String handOver() {
        try (InputStream script = Objects.requireNonNull(Roles.class.getResourceAsStream("hand-over.sql"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new EmbeddedPostgresFailed("Can't read hand-over.sql from the jar: " + e + ".", e);
        }
    }
}
