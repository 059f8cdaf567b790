package io.stockledger.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of one database server, and the programs of PostgreSQL that create, start and stop it. */
final class Cluster {
    static final String DATABASE = "stockledger";

    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);
    private static final String PASSWORD = "stockledger.password";
    private static final String OWNER_PASSWORD = "owner.password";
    private static final Duration CREATE_WITHIN = Duration.ofMinutes(3);
    private static final long LARGEST_KEPT_LOG_BYTES = 10_000_000;
    private static final int LOG_LINES_IN_MESSAGES = 12;

    private final Path dataFolder;
    private final Path files;
    private final PostgresBinaries binaries;
    private final DatabaseAccount account;

    Cluster(Path dataFolder, PostgresBinaries binaries, DatabaseAccount account) {
        this.dataFolder = dataFolder;
        this.files = dataFolder.resolve("cluster");
        this.binaries = binaries;
        this.account = account;
    }

    /** Creates the files unless they are there; the folder's name appears only when all is in it. */
    void createIfAbsent() throws IOException {
        if (Files.exists(files.resolve("PG_VERSION"))) {
            refuseAnotherMajorVersion();
            // Volumes that are mounted anew often come back open to a group; PostgreSQL refuses such a folder.
            Files.setPosixFilePermissions(files, Folders.OWNER_ONLY_FOLDER);
            return;
        }
        Path unfinished = dataFolder.resolve("cluster.unfinished");
        Folders.deleteAll(unfinished);
        Path servicePassword = newPassword("password.unfinished");
        Path ownerPassword = newPassword("owner-password.unfinished");
        run(
                CREATE_WITHIN,
                List.of(
                        program("initdb"),
                        "--pgdata=" + unfinished,
                        "--username=" + Roles.SUPERUSER,
                        "--pwfile=" + ownerPassword,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        // Not the machine's collations: their order changes with its C library, and breaks indexes.
                        "--locale=C",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8"),
                "");
        List<String> statements = new ArrayList<>(Roles.create(read(servicePassword)));
        statements.add("CREATE DATABASE " + DATABASE);
        asSuperuser(unfinished, Roles.SUPERUSER, statements);
        setOwner(unfinished, ownerPassword);
        Files.move(servicePassword, unfinished.resolve(PASSWORD));
        Files.move(ownerPassword, unfinished.resolve(OWNER_PASSWORD));
        Files.move(unfinished, files, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Where the service's role still owns the facts, another one does from now on. No server may be running. */
    void addOwnerIfAbsent() throws IOException {
        if (!Files.exists(files.resolve(OWNER_PASSWORD))) {
            LOG.info("The facts in {} are given to a role of their own, {}", files, Roles.OWNER);
            Path ownerPassword = newPassword("owner-password.unfinished");
            setOwner(files, ownerPassword);
            // Last, so that all is done again when it was interrupted.
            Files.move(ownerPassword, files.resolve(OWNER_PASSWORD));
        }
    }

    private void setOwner(Path cluster, Path passwordFile) throws IOException {
        List<String> statements = new ArrayList<>(Roles.createOwner(read(passwordFile)));
        statements.addAll(Roles.shareDatabase(DATABASE));
        asSuperuser(cluster, Roles.SUPERUSER, statements);
        asSuperuser(cluster, DATABASE, List.of(Roles.handOver()));
    }

    private Path newPassword(String name) throws IOException {
        Path file = dataFolder.resolve(name);
        Files.deleteIfExists(file);
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(Folders.OWNER_ONLY_FILE));
        Files.writeString(file, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
        if (account.way() != DatabaseAccount.Way.AS_WE_ARE) {
            Folders.giveTo(account.userId(), file);
        }
        return file;
    }

    /** Without a server, so that nobody's password is needed. The statements' text, which holds passwords, is not logged. */
    private void asSuperuser(Path cluster, String database, List<String> statements) throws IOException {
        run(
                CREATE_WITHIN,
                List.of(
                        program("postgres"),
                        "--single",
                        "-j",
                        "-c",
                        "exit_on_error=on",
                        "-c",
                        "log_min_error_statement=panic",
                        "-D",
                        cluster.toString(),
                        database),
                String.join(";\n\n", statements) + ";\n\n");
    }

    private void refuseAnotherMajorVersion() throws IOException {
        String written = Files.readString(files.resolve("PG_VERSION")).strip();
        if (!written.equals(Integer.toString(PostgresBinaries.majorVersion()))) {
            throw new EmbeddedPostgresFailed("The data in " + files + " was written by PostgreSQL " + written
                    + " (expected: " + PostgresBinaries.majorVersion()
                    + "; dump it with the release that wrote it and restore it into an empty folder).");
        }
    }

    String password() throws IOException {
        return read(files.resolve(PASSWORD));
    }

    String ownerPassword() throws IOException {
        return read(files.resolve(OWNER_PASSWORD));
    }

    private static String read(Path passwordFile) throws IOException {
        if (!Files.exists(passwordFile)) {
            throw new EmbeddedPostgresFailed("The password file " + passwordFile
                    + " is missing (expected: beside the data it belongs to; put it back from a backup).");
        }
        return Files.readString(passwordFile).strip();
    }

    /** Starts the server in a session of its own (pg_ctl sees to that), so that Ctrl-C does not end it before us. */
    long start(int port, Map<String, String> settings, Duration within) throws IOException {
        ServerConfiguration.write(files, port, settings);
        Path log = log();
        if (Files.exists(log) && Files.size(log) > LARGEST_KEPT_LOG_BYTES) {
            Files.move(log, dataFolder.resolve("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        long logBefore = Files.exists(log) ? Files.size(log) : 0;
        try {
            run(
                    within.plusSeconds(5),
                    List.of(
                            program("pg_ctl"),
                            "--pgdata=" + files,
                            "--log=" + log,
                            "--wait",
                            "--timeout=" + within.toSeconds(),
                            "start"),
                    "");
        } catch (IOException e) {
            throw new ServerDidNotStart(e.toString(), newLines(log, logBefore));
        }
        return postmaster()
                .pidInFile()
                .orElseThrow(() -> new ServerDidNotStart("no postmaster.pid in " + files, newLines(log, logBefore)));
    }

    /** In order, or at once if that takes too long; what was committed stays, either way. */
    void stop(Duration within) throws IOException {
        try {
            stop("fast", within);
        } catch (IOException e) {
            LOG.warn("PostgreSQL did not stop in order, so it is stopped at once: {}", e.getMessage());
            stop("immediate", within);
        }
    }

    private void stop(String mode, Duration within) throws IOException {
        run(
                within.plusSeconds(5),
                List.of(
                        program("pg_ctl"),
                        "--pgdata=" + files,
                        "--mode=" + mode,
                        "--wait",
                        "--timeout=" + within.toSeconds(),
                        "stop"),
                "");
    }

    Path files() {
        return files;
    }

    Postmaster postmaster() {
        return new Postmaster(files, account);
    }

    Path log() {
        return dataFolder.resolve("server.log");
    }

    private static String newLines(Path log, long from) {
        try {
            byte[] all = Files.exists(log) ? Files.readAllBytes(log) : new byte[0];
            int start = (int) Math.min(from, all.length);
            List<String> lines = new String(all, start, all.length - start, StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_IN_MESSAGES), lines.size()));
        } catch (IOException e) {
            return "its log " + log + " can't be read: " + e;
        }
    }

    private String program(String name) {
        return binaries.program(name).toString();
    }

    private void run(Duration within, List<String> command, String input) throws IOException {
        Command.run(within, dataFolder, account.wrap(new ArrayList<>(command)), input);
    }

    /** pg_ctl gave up; what the server itself logged says why. */
    static final class ServerDidNotStart extends IOException {
        private static final long serialVersionUID = 1L;

        private final String serverLog;

        ServerDidNotStart(String message, String serverLog) {
            super(message + (serverLog.isEmpty() ? "" : "\n" + serverLog));
            this.serverLog = serverLog;
        }

        boolean portIsTaken() {
            return serverLog.contains("could not bind");
        }
    }
}
