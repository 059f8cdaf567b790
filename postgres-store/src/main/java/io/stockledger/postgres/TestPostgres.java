package io.stockledger.postgres;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Real databases for tests and benchmarks: one embedded server per build folder, a fresh database per caller. The
 * server is started by the first caller in a JVM, stopped with that JVM, and kept under the build's {@code target/}, so
 * that the next JVM of the same build starts it warm. Durability is that of production.
 */
public final class TestPostgres {
    private static final String PREFIX = "test_";
    private static final int MOST_SERVERS_AT_ONCE = 16;
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final Map<String, String> TEMPLATES = new HashMap<>();

    private static @Nullable EmbeddedPostgres server;

    private TestPostgres() {}

    /**
     * A database of one's own and how to reach it, as the service does and as who owns its tables; several data sources
     * share nothing but the database.
     */
    public record Database(
            String name, String url, String user, String password, String ownerUser, String ownerPassword) {
        /** Unpooled: each connection is a new one. */
        public DataSource dataSource() {
            return dataSource(user, password);
        }

        /** The owner's, unpooled. */
        public DataSource ownerDataSource() {
            return dataSource(ownerUser, ownerPassword);
        }

        public TableOwner owner() {
            return TableOwner.of(ownerDataSource(), user);
        }

        private DataSource dataSource(String role, String itsPassword) {
            PGSimpleDataSource dataSource = new PGSimpleDataSource();
            dataSource.setUrl(url);
            dataSource.setUser(role);
            dataSource.setPassword(itsPassword);
            return dataSource;
        }
    }

    /** The shared server, started if need be; close nothing of it. */
    public static synchronized EmbeddedPostgres server() {
        EmbeddedPostgres running = server;
        if (running == null) {
            running = startInFirstFreeFolder();
            server = running;
            Runtime.getRuntime().addShutdownHook(new Thread(running::close, "test-postgres-stop"));
            dropLeftDatabases(running);
        }
        return running;
    }

    /** An empty database. */
    public static Database freshDatabase() {
        return copyOf("template0");
    }

    /**
     * A database as {@code prepare} leaves it. It is prepared once per JVM for each name; the copies take some 50 ms.
     *
     * @param templateName what stands for this preparation: lower-case letters, digits, underscores
     */
    public static synchronized Database freshDatabase(String templateName, Consumer<Database> prepare) {
        String template = TEMPLATES.get(templateName);
        if (template == null) {
            Database prepared = freshDatabase();
            prepare.accept(prepared);
            template = prepared.name();
            TEMPLATES.put(templateName, template);
        }
        return copyOf(template);
    }

    private static Database copyOf(String template) {
        EmbeddedPostgres running = server();
        String name = PREFIX + DATABASES.incrementAndGet();
        running.createDatabase(name, template);
        return new Database(
                name, running.url(name), running.user(), running.password(), running.owner(), running.ownerPassword());
    }

    private static EmbeddedPostgres startInFirstFreeFolder() {
        Path target = buildRoot().resolve("target");
        EmbeddedPostgresFailed last = null;
        // Parallel JVMs of one build find the first folders taken.
        for (int i = 1; i <= MOST_SERVERS_AT_ONCE; i++) {
            Path folder = target.resolve("test-postgres-" + i);
            try {
                return EmbeddedPostgres.start(folder);
            } catch (EmbeddedPostgresFailed e) {
                if (!e.isBecauseOfAnotherOwner()) {
                    throw e;
                }
                last = e;
            }
        }
        throw Objects.requireNonNull(last);
    }

    private static Path buildRoot() {
        Path root = Path.of("").toAbsolutePath();
        for (Path folder = root;
                folder != null && Files.exists(folder.resolve("pom.xml"));
                folder = folder.getParent()) {
            root = folder;
        }
        return root;
    }

    private static void dropLeftDatabases(EmbeddedPostgres running) {
        List<String> left = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(running.url(), running.user(), running.password());
                Statement statement = connection.createStatement();
                ResultSet names = statement.executeQuery(
                        "SELECT datname FROM pg_database WHERE datname LIKE '" + PREFIX.replace("_", "\\_") + "%'")) {
            while (names.next()) {
                left.add(names.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("can't list the databases of earlier tests", e);
        }
        left.forEach(running::dropDatabase);
    }
}
