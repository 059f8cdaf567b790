package io.stockledger.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.stockledger.eventstore.postgres.FactTables;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;

class EmbeddedPostgresIT {
    private static Path pristine = Path.of("");
    private Path folder = Path.of("");

    /** Unpacking and creating are tested once; the other tests begin with a copy. */
    @BeforeAll
    static void createOnce(@TempDir Path shared) throws IOException {
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxr-xr-x"));
        EmbeddedPostgres.start(shared).close();
        pristine = shared;
    }

    @BeforeEach
    void copyOfThePristineServer(@TempDir Path fresh) throws IOException {
        folder = fresh;
        Files.createSymbolicLink(folder.resolve("programs"), pristine.resolve("programs"));
        new ProcessBuilder("cp", "-a", pristine.resolve("cluster").toString(), folder.toString())
                .start()
                .onExit()
                .join();
    }

    @Test
    void keepsWhatWasCommittedAcrossAnOrderlyStop() throws Exception {
        try (EmbeddedPostgres first = EmbeddedPostgres.start(folder)) {
            execute(first, "CREATE TABLE kept (n int)");
            execute(first, "INSERT INTO kept VALUES (42)");
        }
        try (EmbeddedPostgres second = EmbeddedPostgres.start(folder)) {
            assertThat(one(second, "SELECT n FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void isDurableAndOpenToNobodyWithoutThePassword() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            for (String setting : new String[] {"fsync", "full_page_writes", "synchronous_commit"}) {
                assertThat(one(postgres, "SHOW " + setting)).as(setting).isEqualTo("on");
            }
            assertThat(one(postgres, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(Path.of("/tmp/.s.PGSQL." + postgres.port())).doesNotExist();
            assertThat(one(postgres, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
                    .isEqualTo("f");
            assertThatThrownBy(() -> DriverManager.getConnection(postgres.url(), postgres.user(), "guess"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
        assertThat(Files.getPosixFilePermissions(folder.resolve("cluster/stockledger.password")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void givesTheFactsOfAnOlderFolderToARoleOfTheirOwn() throws Exception {
        makeItAsOneRoleHadAll();
        // As an interrupted start of this version leaves it.
        Files.writeString(folder.resolve("owner-password.unfinished"), "old");

        try (EmbeddedPostgres upgraded = EmbeddedPostgres.start(folder)) {
            FactTables.migrate(
                    TableOwner.of(dataSource(upgraded, upgraded.owner(), upgraded.ownerPassword()), upgraded.user()));

            assertThat(one(upgraded, "SELECT count(*) FROM ledger.fact")).isEqualTo("1");
            execute(
                    upgraded,
                    "INSERT INTO ledger.fact SELECT 2, 'later', 0, name, revision, recorded_at, event_id, payload,"
                            + " metadata FROM ledger.fact");
            assertThatThrownBy(() -> execute(upgraded, "ALTER TABLE ledger.fact DISABLE TRIGGER ALL"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("must be owner of table fact");
            assertThatThrownBy(() -> DriverManager.getConnection(upgraded.url(), "postgres", upgraded.password()))
                    .as("the service's password opens no other door")
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            execute(upgraded, "DROP TABLE of_a_view");
            execute(upgraded, "CREATE SCHEMA rebuild_a_view");
        }
        assertThat(Files.getPosixFilePermissions(folder.resolve("cluster/owner.password")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        EmbeddedPostgres.start(folder).close();
    }

    /** The role of the service owned the database and all in it, and the superuser had its password. */
    private void makeItAsOneRoleHadAll() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            try (Connection connection =
                            DriverManager.getConnection(postgres.url(), "postgres", postgres.ownerPassword());
                    Statement statement = connection.createStatement()) {
                statement.execute("ALTER DATABASE stockledger OWNER TO stockledger");
                statement.execute("DROP OWNED BY stockledger_owner");
                statement.execute("DROP ROLE stockledger_owner");
                statement.execute("ALTER ROLE postgres PASSWORD '" + postgres.password() + "'");
            }
            FactTables.migrate(TableOwner.unknown(dataSource(postgres, postgres.user(), postgres.password())));
            execute(postgres, "CREATE TABLE of_a_view (n int)");
            execute(postgres, "INSERT INTO ledger.fact VALUES (1, 'old', 0, 'name', '1', now(), 'id', '{}', '{}')");
        }
        Files.delete(folder.resolve("cluster/owner.password"));
    }

    private static DataSource dataSource(EmbeddedPostgres postgres, String user, String password) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(postgres.url());
        dataSource.setUser(user);
        dataSource.setPassword(password);
        return dataSource;
    }

    @Test
    void startsAgainOnTheSamePortWhenTheServerWasKilled() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            execute(postgres, "CREATE TABLE kept (n int)");
            execute(postgres, "INSERT INTO kept VALUES (42)");
            long killed = postgres.pid();

            kill(killed);

            await().atMost(Duration.ofMinutes(2)).ignoreExceptions().untilAsserted(() -> {
                assertThat(postgres.pid()).isNotEqualTo(killed);
                assertThat(one(postgres, "SELECT n FROM kept")).isEqualTo("42");
            });
        }
    }

    @Test
    void takesOverFromAnOwnerThatWasKilled() throws Exception {
        long orphan;
        try (OwnerProcess owner = OwnerProcess.start(folder)) {
            orphan = owner.serverPid();
            owner.killHard();
        }
        assertThat(ProcessHandle.of(orphan)).as("the server outlives its owner").isPresent();

        try (EmbeddedPostgres next = EmbeddedPostgres.start(folder)) {
            assertThat(next.pid()).isNotEqualTo(orphan);
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> ProcessHandle.of(orphan).isEmpty());
            assertThat(one(next, "SELECT n FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void recoversWhenOwnerAndServerWereKilledTogether() throws Exception {
        try (OwnerProcess owner = OwnerProcess.start(folder)) {
            owner.killHard();
            kill(owner.serverPid());
        }
        try (EmbeddedPostgres next = EmbeddedPostgres.start(folder)) {
            assertThat(one(next, "SELECT n FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void refusesASecondOwnerInThisProcessAndInAnother() throws Exception {
        try (EmbeddedPostgres first = EmbeddedPostgres.start(folder)) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(folder))
                    .isInstanceOf(EmbeddedPostgresFailed.class)
                    .hasMessageContaining(folder.toRealPath().toString())
                    .hasMessageContaining("process (" + ProcessHandle.current().pid() + ")")
                    .hasMessageContaining("STOCKLEDGER_POSTGRES_URL (stockledger.postgres.url)");
            // After the refusal above, too: a careless second try could have dropped the first one's lock.
            try (OwnerProcess second = OwnerProcess.start(folder)) {
                assertThat(second.firstLine())
                        .startsWith("refused The data folder " + folder.toRealPath() + " is in use by process "
                                + ProcessHandle.current().pid());
            }
            assertThat(one(first, "SELECT 1")).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DatabaseAccount.Way.class,
            names = {"UNSHARE", "SETPRIV", "RUNUSER", "SU"})
    void stepsDownFromRootByEachWayAndOverTheSameData(DatabaseAccount.Way way) throws Exception {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Folders.deleteAll(folder.resolve("cluster"));
        try (EmbeddedPostgres postgres =
                EmbeddedPostgres.start(folder, EmbeddedPostgresOptions.standard(), EnumSet.of(way))) {
            execute(postgres, "CREATE TABLE kept (n int)");
            execute(postgres, "INSERT INTO kept VALUES (42)");
        }
        try (EmbeddedPostgres asUsual = EmbeddedPostgres.start(folder)) {
            assertThat(one(asUsual, "SELECT n FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void stopsAndTakesOverServersIntoWhoseProcessesItMayNotLook() throws Exception {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        // As in a container: root, without the right to look into other users' processes.
        List<String> asInAContainer = List.of("setpriv", "--bounding-set=-sys_ptrace", "--");
        Set<DatabaseAccount.Way> anotherUser = EnumSet.of(DatabaseAccount.Way.SETPRIV);
        long orphan;
        try (OwnerProcess owner = OwnerProcess.start(folder, asInAContainer, anotherUser)) {
            orphan = owner.serverPid();
            owner.killHard();
        }
        long server;
        try (OwnerProcess next = OwnerProcess.start(folder, asInAContainer, anotherUser)) {
            server = next.serverPid();
            assertThat(server).isNotEqualTo(orphan);
            next.stopInOrder();
        }
        await().atMost(Duration.ofMinutes(2))
                .until(() -> ProcessHandle.of(orphan).isEmpty()
                        && ProcessHandle.of(server).isEmpty());
    }

    @Test
    void namesAFolderThatCantBeUsedAndTheWayOut() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "in the way");

        assertThatThrownBy(() -> EmbeddedPostgres.start(file.resolve("data")))
                .isInstanceOf(EmbeddedPostgresFailed.class)
                .hasMessageContaining(file.resolve("data") + " can't be used")
                .hasMessageContaining("STOCKLEDGER_POSTGRES_URL (stockledger.postgres.url)");
    }

    @Test
    void closesAClusterThatWasLeftOpenToOthers() throws Exception {
        Files.setPosixFilePermissions(folder.resolve("cluster"), PosixFilePermissions.fromString("rwxrwxrwx"));

        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            assertThat(one(postgres, "SELECT 1")).isEqualTo("1");
            assertThat(Files.getPosixFilePermissions(folder.resolve("cluster")))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void refusesDataOfAnotherMajorVersion() throws Exception {
        Files.writeString(folder.resolve("cluster/PG_VERSION"), "9.6\n");

        assertThatThrownBy(() -> EmbeddedPostgres.start(folder))
                .isInstanceOf(EmbeddedPostgresFailed.class)
                .hasMessageContaining("was written by PostgreSQL 9.6");
        // The refusal left no lock behind.
        Files.writeString(folder.resolve("cluster/PG_VERSION"), PostgresBinaries.majorVersion() + "\n");
        EmbeddedPostgres.start(folder).close();
    }

    @Test
    void isNotMisledByAStrangerWhoNowHasTheProcessIdOfADeadServer() throws Exception {
        Files.writeString(
                folder.resolve("cluster/postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + folder.resolve("cluster") + "\n1\n5432\n\n127.0.0.1\n\nready\n");

        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            assertThat(one(postgres, "SELECT 1")).isEqualTo("1");
        }
        assertThat(ProcessHandle.current().isAlive()).isTrue();
    }

    @Test
    void finishesWhatAnInterruptedFirstStartOrAPowerCutLeftHalfDone() throws Exception {
        Files.delete(folder.resolve("programs"));
        PostgresBinaries own = PostgresBinaries.in(folder.resolve("programs"));
        Files.writeString(own.program("postgres"), "");
        Folders.deleteAll(folder.resolve("cluster"));
        Files.createDirectories(folder.resolve("cluster.unfinished/base"));
        Files.writeString(folder.resolve("password.unfinished"), "old");

        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            assertThat(one(postgres, "SELECT 1")).isEqualTo("1");
            assertThat(folder.resolve("cluster.unfinished")).doesNotExist();
        }
    }

    @Test
    void saysThatAConfiguredPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            EmbeddedPostgresOptions options = EmbeddedPostgresOptions.standard().withPort(taken.getLocalPort());
            assertThatThrownBy(() -> EmbeddedPostgres.start(folder, options))
                    .isInstanceOf(EmbeddedPostgresFailed.class)
                    .hasMessageContaining("port " + taken.getLocalPort() + " of 127.0.0.1 is taken");
        }
    }

    @Test
    void takesServerSettingsButNoneThatLosesData() throws Exception {
        EmbeddedPostgresOptions options =
                EmbeddedPostgresOptions.standard().withServerSettings(Map.of("work_mem", "'9MB'"));
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, options)) {
            assertThat(one(postgres, "SHOW work_mem")).isEqualTo("9MB");
        }
        assertThatThrownBy(() -> EmbeddedPostgresOptions.standard().withServerSettings(Map.of("fsync", "off")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fsync");
    }

    private static void kill(long pid) throws IOException {
        new ProcessBuilder("kill", "-9", Long.toString(pid)).start().onExit().join();
        ProcessHandle.of(pid).ifPresent(process -> process.onExit().join());
    }

    private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String one(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }
}
