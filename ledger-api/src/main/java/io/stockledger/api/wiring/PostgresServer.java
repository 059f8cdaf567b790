package io.stockledger.api.wiring;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.stockledger.postgres.EmbeddedPostgres;
import io.stockledger.postgres.TableOwner;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The PostgreSQL that the service uses: the operator's own, or the one it brings along. */
public final class PostgresServer implements AutoCloseable {

    private static final String FOLDER = "postgres";
    private static final Pattern SECRET = Pattern.compile("((?i:[?&][a-z]*password)=)[^&]*");

    /** A server that takes a connection and then says nothing must hold up nobody for ever. */
    private static final String LOGIN_SECONDS = "5";

    private static final String PROMPT_SECONDS = "5";
    private static final int PROMPT_CONNECTIONS = 4;

    /** One for each thread that asks, and one for pages. */
    static final int ITEM_CONNECTIONS = 3;

    private static final int CONNECTOR_CONNECTIONS = 4;
    private static final String CONNECTOR_SECONDS = "60";

    private final String url;
    private final String user;
    private final @Nullable String password;
    private final @Nullable String ownerUser;
    private final @Nullable String ownerPassword;
    private final Optional<EmbeddedPostgres> embedded;

    private PostgresServer(
            String url,
            String user,
            @Nullable String password,
            @Nullable String ownerUser,
            @Nullable String ownerPassword,
            Optional<EmbeddedPostgres> embedded) {
        this.url = url;
        this.user = user;
        this.password = password;
        this.ownerUser = ownerUser;
        this.ownerPassword = ownerPassword;
        this.embedded = embedded;
    }

    static PostgresServer of(StockledgerSettings settings) {
        StockledgerSettings.Postgres own = settings.postgres();
        if (own.url() != null) {
            PostgresServer server = new PostgresServer(
                    own.url(),
                    own.user(),
                    GivenSecret.of(own.password(), own.passwordFile(), "stockledger.postgres.password-file"),
                    own.ownerUser(),
                    GivenSecret.of(
                            own.ownerPassword(), own.ownerPasswordFile(), "stockledger.postgres.owner-password-file"),
                    Optional.empty());
            server.requireBothRoles();
            return server;
        }
        EmbeddedPostgres embedded = EmbeddedPostgres.start(settings.data().resolve(FOLDER));
        return new PostgresServer(
                embedded.url(),
                embedded.user(),
                embedded.password(),
                embedded.owner(),
                embedded.ownerPassword(),
                Optional.of(embedded));
    }

    private void requireBothRoles() {
        DatabaseInReach.require(unpooled(), description(), "stockledger.postgres.user", user);
        if (ownerUser != null) {
            DatabaseInReach.require(asOwner(ownerUser), description(), "stockledger.postgres.owner-user", ownerUser);
        }
    }

    /**
     * Each connection is a new one. By URL, because the driver's own data source calls itself by one of 1,500
     * characters, and Flyway's patterns take a second over each of those.
     */
    DataSource unpooled() {
        return new DriverManagerDataSource(url, properties("stockledger-append", user, password));
    }

    /** Who brings the tables of facts, keys and connectors up to date. Views are the service's own. */
    TableOwner owner() {
        String owner = ownerUser;
        if (owner == null) {
            return TableOwner.unknown(unpooled());
        }
        return TableOwner.of(asOwner(owner), user);
    }

    private DataSource asOwner(String owner) {
        Properties properties = properties("stockledger-owner", owner, ownerPassword);
        // What the service's role has made elsewhere must not be taken for something else by the owner's statements.
        properties.setProperty("currentSchema", "pg_catalog");
        return new DriverManagerDataSource(url, properties);
    }

    private static Properties properties(String name, String role, @Nullable String itsPassword) {
        Properties properties = new Properties();
        properties.setProperty("user", role);
        if (itsPassword != null) {
            properties.setProperty("password", itsPassword);
        }
        properties.setProperty("ApplicationName", name);
        properties.setProperty("loginTimeout", LOGIN_SECONDS);
        return properties;
    }

    /** For questions, some of which take long. */
    HikariDataSource pool(int connections) {
        return new HikariDataSource(pool("stockledger", connections));
    }

    /**
     * For what callers wait for and takes milliseconds: pages of facts, and keys. A server that says nothing is given
     * up.
     */
    HikariDataSource promptPool() {
        HikariConfig config = pool("stockledger-prompt", PROMPT_CONNECTIONS);
        config.addDataSourceProperty("socketTimeout", PROMPT_SECONDS);
        return new HikariDataSource(config);
    }

    /**
     * For what shops ask all the time, each by a key. Its statements are planned once, as PostgreSQL would plan anew for
     * each number of items, which takes longer than the answer; and with the indexes, also while tables are small.
     */
    HikariDataSource itemPool() {
        HikariConfig config = pool("stockledger-items", ITEM_CONNECTIONS);
        config.addDataSourceProperty("options", "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off");
        return new HikariDataSource(config);
    }

    /** For what is done outside: each statement is short, and a target's trouble is none of the callers'. */
    HikariDataSource connectorPool() {
        HikariConfig config = pool("stockledger-connectors", CONNECTOR_CONNECTIONS);
        config.addDataSourceProperty("socketTimeout", CONNECTOR_SECONDS);
        return new HikariDataSource(config);
    }

    private HikariConfig pool(String name, int connections) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(2);
        config.setConnectionTimeout(5_000);
        config.setValidationTimeout(2_000);
        config.addDataSourceProperty("ApplicationName", name);
        config.addDataSourceProperty("loginTimeout", LOGIN_SECONDS);
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        return config;
    }

    /** For people: where it is, without the password. */
    String description() {
        return (embedded.isPresent() ? "its own, " : "") + SECRET.matcher(url).replaceAll("$1…");
    }

    @Override
    public void close() {
        embedded.ifPresent(EmbeddedPostgres::close);
    }
}
