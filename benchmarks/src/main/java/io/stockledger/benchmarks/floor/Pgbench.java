package io.stockledger.benchmarks.floor;

import io.stockledger.benchmarks.load.Load;
import io.stockledger.benchmarks.load.Measured;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** A floor run by PostgreSQL's own load generator, with prepared statements. */
public final class Pgbench implements Load {

    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+) \\(without initial connection time\\)");
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    private final Path program;
    private final Server server;
    private final FloorScript script;
    private final int clients;
    private final Path folder;

    /** Where the server is, and as whom to come in. */
    public record Server(int port, String database, String user, String password) {}

    /** @param folder for the script and the latencies; emptied by each run */
    public Pgbench(Path program, Server server, FloorScript script, int clients, Path folder) {
        this.program = program;
        this.server = server;
        this.script = script;
        this.clients = clients;
        this.folder = folder;
    }

    /** The newest pgbench of this machine; empty when it has none. */
    public static Optional<Path> installed() {
        List<Path> candidates = new ArrayList<>();
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            candidates.add(Path.of(folder, "pgbench"));
        }
        if (Files.isDirectory(DEBIAN)) {
            try (Stream<Path> versions = Files.list(DEBIAN)) {
                versions.sorted(Comparator.reverseOrder())
                        .map(version -> version.resolve("bin/pgbench"))
                        .forEach(candidates::add);
            } catch (IOException e) {
                throw new IllegalStateException("can't list " + DEBIAN, e);
            }
        }
        return candidates.stream().filter(Files::isExecutable).findFirst();
    }

    @Override
    public String name() {
        return script.name() + ", " + clients + (clients == 1 ? " client" : " clients");
    }

    @Override
    public Measured run(Duration slice) throws IOException, InterruptedException {
        emptyFolder();
        Path file = Files.writeString(folder.resolve("script.sql"), script.pgbench());
        Path output = folder.resolve("output.txt");
        ProcessBuilder process = new ProcessBuilder(
                program.toString(),
                "--no-vacuum",
                "--protocol=prepared",
                "--client=" + clients,
                "--jobs=" + Math.min(clients, 2),
                "--time=" + slice.toSeconds(),
                "--log",
                "--log-prefix=" + folder.resolve("latencies"),
                "--file=" + file,
                "--host=127.0.0.1",
                "--port=" + server.port(),
                "--username=" + server.user(),
                server.database());
        process.environment().put("PGPASSWORD", server.password());
        process.redirectErrorStream(true).redirectOutput(output.toFile());
        Process running = process.start();
        if (!running.waitFor(slice.toSeconds() + 60, TimeUnit.SECONDS)) {
            running.destroyForcibly();
            throw new IOException("pgbench did not end within " + (slice.toSeconds() + 60) + " s");
        }
        String said = Files.readString(output);
        Matcher rate = RATE.matcher(said);
        boolean nothingDone = said.contains("transactions actually processed: 0\n");
        if (running.exitValue() != 0 || (!rate.find() && !nothingDone)) {
            throw new IOException("pgbench failed (exit " + running.exitValue() + "): " + said);
        }
        Histogram latencies = latencies();
        return new Measured(
                nothingDone ? 0 : Double.parseDouble(rate.group(1)) * script.rows(),
                latencies.getValueAtPercentile(50) / 1e3,
                latencies.getValueAtPercentile(99) / 1e3,
                latencies.getMaxValue() / 1e3,
                0);
    }

    /** A line per transaction: client, number, microseconds, … */
    private Histogram latencies() throws IOException {
        Histogram latencies = new Histogram(TimeUnit.MINUTES.toMicros(2), 3);
        try (DirectoryStream<Path> logs = Files.newDirectoryStream(folder, "latencies.*")) {
            for (Path log : logs) {
                try (BufferedReader lines = Files.newBufferedReader(log)) {
                    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                        latencies.recordValue(Long.parseLong(line.split(" ", 4)[2]));
                    }
                }
            }
        }
        return latencies;
    }

    private void emptyFolder() throws IOException {
        Files.createDirectories(folder);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder)) {
            for (Path file : left) {
                Files.delete(file);
            }
        }
    }
}
