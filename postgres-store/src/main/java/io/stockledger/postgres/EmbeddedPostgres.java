package io.stockledger.postgres;

import io.stockledger.postgres.Cluster.ServerDidNotStart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A durable PostgreSQL server of our own in one folder, reachable on 127.0.0.1 only, with random passwords. One owner per
 * folder. It runs in a session of its own, so that Ctrl-C reaches its owner first, is started again when it dies, and
 * ends with {@link #close}. A server that a killed owner left behind is stopped and recovered at the next start.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final int FREE_PORT_TRIES = 5;
    private static final Duration LEFTOVERS_END_WITHIN = Duration.ofSeconds(20);
    private static final Duration BETWEEN_RESTARTS = Duration.ofSeconds(1);

    private final FolderLock lock;
    private final Cluster cluster;
    private final EmbeddedPostgresOptions options;
    private final String password;
    private final String ownerPassword;
    private final int port;
    private final CountDownLatch close = new CountDownLatch(1);
    private long pid;

    private EmbeddedPostgres(FolderLock lock, Cluster cluster, EmbeddedPostgresOptions options, int port, long pid)
            throws IOException {
        this.lock = lock;
        this.cluster = cluster;
        this.options = options;
        this.password = cluster.password();
        this.ownerPassword = cluster.ownerPassword();
        this.port = port;
        this.pid = pid;
    }

    /** As {@link #start(Path, EmbeddedPostgresOptions)} with {@link EmbeddedPostgresOptions#standard()}. */
    public static EmbeddedPostgres start(Path dataFolder) {
        return start(dataFolder, EmbeddedPostgresOptions.standard());
    }

    /**
     * Starts the server of this folder, and creates it first if the folder is new.
     *
     * @param dataFolder the server's own folder: programs, data, password, log; created if absent
     * @throws EmbeddedPostgresFailed if the folder has another owner, can't be written, holds another major version's
     *     data, or the server can't run here; the message names the cause and the way to one's own PostgreSQL
     */
    public static EmbeddedPostgres start(Path dataFolder, EmbeddedPostgresOptions options) {
        return start(dataFolder, options, EnumSet.allOf(DatabaseAccount.Way.class));
    }

    static EmbeddedPostgres start(
            Path dataFolder, EmbeddedPostgresOptions options, Set<DatabaseAccount.Way> waysToStepDown) {
        Path folder = usable(dataFolder);
        FolderLock lock = FolderLock.take(folder);
        try {
            PostgresBinaries binaries = PostgresBinaries.in(folder.resolve("programs"));
            if (!binaries.areWhole(folder)) {
                binaries = binaries.unpackedAgain();
            }
            DatabaseAccount account = DatabaseAccount.choose(folder, binaries, waysToStepDown);
            Cluster cluster = new Cluster(folder, binaries, account);
            cluster.createIfAbsent();
            endLeftovers(cluster, options);
            cluster.addOwnerIfAbsent();
            EmbeddedPostgres started = startServer(lock, cluster, options);
            binaries.deleteOtherVersions();
            return started;
        } catch (IOException e) {
            lock.close();
            throw new EmbeddedPostgresFailed("PostgreSQL did not start in " + folder + ": " + e.getMessage() + ".", e);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static Path usable(Path dataFolder) {
        Path folder = dataFolder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(folder);
            return folder.toRealPath();
        } catch (IOException e) {
            throw new EmbeddedPostgresFailed(
                    "The data folder " + folder + " can't be used: " + e + " (expected: a folder that "
                            + System.getProperty("user.name") + " may create and write).",
                    e);
        }
    }

    private static void endLeftovers(Cluster cluster, EmbeddedPostgresOptions options) throws IOException {
        Postmaster postmaster = cluster.postmaster();
        Optional<ProcessHandle> orphan = postmaster.running();
        if (orphan.isPresent()) {
            LOG.info(
                    "Stopping PostgreSQL process {}, which an earlier owner left behind",
                    orphan.get().pid());
            cluster.stop(options.stopWithin());
        }
        postmaster.awaitNone(LEFTOVERS_END_WITHIN);
        postmaster.forgetStranger();
    }

    private static EmbeddedPostgres startServer(FolderLock lock, Cluster cluster, EmbeddedPostgresOptions options)
            throws IOException {
        for (int attempt = 1; ; attempt++) {
            int port = options.port() == 0 ? freePort() : options.port();
            try {
                long pid = cluster.start(port, options.serverSettings(), options.startWithin());
                EmbeddedPostgres started = new EmbeddedPostgres(lock, cluster, options, port, pid);
                started.watch();
                return started;
            } catch (ServerDidNotStart e) {
                if (!e.portIsTaken()) {
                    throw e;
                }
                if (options.port() != 0 || attempt == FREE_PORT_TRIES) {
                    throw new IOException("port " + port + " of 127.0.0.1 is taken by another program", e);
                }
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void watch() {
        Thread thread = new Thread(this::keepRunning, "embedded-postgres-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private void keepRunning() {
        try {
            do {
                long watched = pid();
                ProcessHandle.of(watched).ifPresent(process -> process.onExit().join());
                startAgainAfter(watched);
            } while (!close.await(BETWEEN_RESTARTS.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void startAgainAfter(long ended) {
        if (close.getCount() == 0) {
            return;
        }
        LOG.error("PostgreSQL process {} ended though nobody asked it to; starting it again", ended);
        try {
            Postmaster postmaster = cluster.postmaster();
            postmaster.awaitNone(LEFTOVERS_END_WITHIN);
            postmaster.forgetStranger();
            pid = cluster.start(port, options.serverSettings(), options.startWithin());
        } catch (IOException | RuntimeException e) {
            LOG.error("PostgreSQL did not start again, next try in {}", BETWEEN_RESTARTS, e);
        }
    }

    /** JDBC address of the product's database, without user and password. */
    public String url() {
        return url(Cluster.DATABASE);
    }

    /** JDBC address of a database of that name on this server, without user and password. */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** The role that the service uses: it adds facts and reads them, and its views are its own. */
    public String user() {
        return Roles.SERVICE;
    }

    public String password() {
        return password;
    }

    /** The role that owns the product's database, its facts and keys, and is no superuser. */
    public String owner() {
        return Roles.OWNER;
    }

    /** The owner's, and the superuser's. */
    public String ownerPassword() {
        return ownerPassword;
    }

    /**
     * A further database on this server, for the same roles.
     *
     * @param template the database that it is a copy of; template0 for an empty one
     */
    public void createDatabase(String name, String template) {
        try {
            asSuperuser("postgres", List.of("CREATE DATABASE " + name + " TEMPLATE " + template));
            asSuperuser("postgres", Roles.shareDatabase(name));
            asSuperuser(name, List.of(Roles.handOver()));
        } catch (SQLException e) {
            throw new EmbeddedPostgresFailed("Can't create database " + name + ": " + e.getMessage() + ".", e);
        }
    }

    /** Ends whatever uses it. */
    public void dropDatabase(String name) {
        try {
            asSuperuser("postgres", List.of("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)"));
        } catch (SQLException e) {
            throw new EmbeddedPostgresFailed("Can't drop database " + name + ": " + e.getMessage() + ".", e);
        }
    }

    private void asSuperuser(String database, List<String> statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(database), Roles.SUPERUSER, ownerPassword);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    public int port() {
        return port;
    }

    /** The server's main process; another one after it died and was started again. */
    public synchronized long pid() {
        return pid;
    }

    /** What the server itself has to say. */
    public Path serverLog() {
        return cluster.log();
    }

    /** Stops the server, then gives the folder free. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (close.getCount() == 0) {
            return;
        }
        close.countDown();
        try {
            if (cluster.postmaster().running().isPresent()) {
                cluster.stop(options.stopWithin());
            }
        } catch (IOException e) {
            throw new EmbeddedPostgresFailed("PostgreSQL did not stop: " + e.getMessage() + ".", e);
        } finally {
            lock.close();
        }
    }
}
