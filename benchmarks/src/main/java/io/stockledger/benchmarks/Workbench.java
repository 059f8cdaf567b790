package io.stockledger.benchmarks;

import io.stockledger.benchmarks.floor.FloorScript;
import io.stockledger.benchmarks.floor.FloorTables;
import io.stockledger.benchmarks.floor.JdbcFloor;
import io.stockledger.benchmarks.floor.Pgbench;
import io.stockledger.benchmarks.load.Load;
import io.stockledger.postgres.EmbeddedPostgres;
import io.stockledger.postgres.EmbeddedPostgresOptions;
import io.stockledger.postgres.TableOwner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** What a benchmark works with: a PostgreSQL as the product brings it along, and whatever else it starts. */
public final class Workbench implements AutoCloseable {

    /** pgbench's clients and ours at the same time, which the product never needs. */
    private static final Map<String, String> ROOM_FOR_CLIENTS = Map.of("max_connections", "200");

    private final Pace pace;
    private final Progress progress;
    private final Path folder;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final List<String> notes = new ArrayList<>();
    private @Nullable EmbeddedPostgres postgres;

    /** @param folder for the database and other files; kept from run to run */
    public Workbench(Pace pace, Progress progress, Path folder) {
        this.pace = pace;
        this.progress = progress;
        this.folder = folder;
    }

    /** A database and how to reach it, as the service does and as who owns its tables. */
    public record Database(
            String name, String url, String user, String password, String ownerUser, String ownerPassword, int port) {

        /** Unpooled. */
        public DataSource dataSource() {
            return dataSource(user, password);
        }

        public TableOwner owner() {
            return TableOwner.of(dataSource(ownerUser, ownerPassword), user);
        }

        private DataSource dataSource(String role, String itsPassword) {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(url);
            source.setUser(role);
            source.setPassword(itsPassword);
            return source;
        }
    }

    public Pace pace() {
        return pace;
    }

    public Progress progress() {
        return progress;
    }

    public Path folder() {
        return folder;
    }

    /** A folder of that name with nothing in it. */
    public Path freshFolder(String name) throws IOException {
        Path fresh = folder.resolve(name);
        if (Files.exists(fresh)) {
            try (Stream<Path> files = Files.walk(fresh)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        return Files.createDirectories(fresh);
    }

    /** What the reader of the figures must know. */
    public List<String> notes() {
        return notes;
    }

    public void note(String note) {
        notes.add(note);
        progress.say("NOTE: " + note);
    }

    /** Ends it with the workbench, the latest first. */
    public <T extends AutoCloseable> T using(T resource) {
        started.push(resource);
        return resource;
    }

    public EmbeddedPostgres postgres() {
        EmbeddedPostgres running = postgres;
        if (running == null) {
            progress.say("starting PostgreSQL");
            running = using(EmbeddedPostgres.start(
                    folder.resolve("postgres"),
                    EmbeddedPostgresOptions.standard().withServerSettings(ROOM_FOR_CLIENTS)));
            postgres = running;
        }
        return running;
    }

    /** An empty database; one of that name is dropped first. */
    public Database freshDatabase(String name) {
        EmbeddedPostgres server = postgres();
        server.dropDatabase(name);
        server.createDatabase(name, "template0");
        return new Database(
                name,
                server.url(name),
                server.user(),
                server.password(),
                server.owner(),
                server.ownerPassword(),
                server.port());
    }

    /** Floors on a database of their own beside ours. */
    public Database floorDatabase() {
        Database database = freshDatabase("floor");
        FloorTables.create(database.dataSource());
        return database;
    }

    /** By pgbench; where this machine has none, by JDBC, which it says loudly. */
    public Load floor(Database database, FloorScript script, int clients) {
        Optional<Path> pgbench = Pgbench.installed();
        if (pgbench.isEmpty()) {
            String missing = "pgbench is not installed (Debian: postgresql-contrib), so the floor is measured over JDBC"
                    + " and lower than it should be";
            if (!notes.contains(missing)) {
                note(missing);
            }
            return new JdbcFloor(database.dataSource(), script, clients);
        }
        Pgbench.Server server =
                new Pgbench.Server(database.port(), database.name(), database.user(), database.password());
        return new Pgbench(pgbench.get(), server, script, clients, folder.resolve("pgbench"));
    }

    @Override
    public void close() {
        while (!started.isEmpty()) {
            AutoCloseable resource = started.pop();
            try {
                resource.close();
            } catch (Exception e) {
                progress.say("could not end " + resource + ": " + e);
            }
        }
    }
}
