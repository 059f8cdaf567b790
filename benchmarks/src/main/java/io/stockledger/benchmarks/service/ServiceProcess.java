package io.stockledger.benchmarks.service;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The service in a Java of its own, found by what it prints when it is ready. */
public final class ServiceProcess implements AutoCloseable {

    public static final String MAIN = "io.stockledger.api.StockledgerApplication";
    private static final Pattern LINE = Pattern.compile("    (REST|gRPC|Admin key) +(\\S+)");
    private static final Duration STOP_WITHIN = Duration.ofSeconds(40);

    private final Process process;
    private final Path log;
    private final Duration startTook;
    private final Map<String, String> said;

    private ServiceProcess(Process process, Path log, Duration startTook, Map<String, String> said) {
        this.process = process;
        this.log = log;
        this.startTook = startTook;
        this.said = said;
    }

    /**
     * How to start one.
     *
     * @param launch the command up to the main class: options and class path, or {@code -jar}
     * @param settings by name, without {@code stockledger.}
     * @param log where its output goes, after what is there
     */
    public record Launch(List<String> launch, Map<String, String> settings, Path log, Duration within) {

        /** The options that the unit and the image give; benchmarks/run starts in the root of the repository. */
        public static final String OPTIONS = "@deploy/java-options";

        /** On this Java's own class path. */
        public static Launch ofThisClassPath(Map<String, String> settings, Path log, String... jvmOptions) {
            List<String> command = new ArrayList<>(List.of(javaOfThisProcess()));
            command.add(OPTIONS);
            command.addAll(List.of(jvmOptions));
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
            return new Launch(command, settings, log, Duration.ofMinutes(3));
        }
    }

    public static String javaOfThisProcess() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Starts it and waits until it answers. */
    public static ServiceProcess start(Launch launch) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(launch.launch());
        launch.settings().forEach((name, value) -> command.add("--stockledger." + name + "=" + value));
        long before = System.nanoTime();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Map<String, String> said = new ConcurrentHashMap<>();
        CompletableFuture<Long> ready = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(process, launch.log(), said, ready), "service-output");
        reader.setDaemon(true);
        reader.start();
        try {
            long readyAt = ready.get(launch.within().toMillis(), TimeUnit.MILLISECONDS);
            return new ServiceProcess(process, launch.log(), Duration.ofNanos(readyAt - before), said);
        } catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            throw new IOException("the service did not start within " + launch.within() + "; see " + launch.log(), e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** It is ready when it has said where gRPC is: the web server listens by then. */
    private static void read(Process process, Path log, Map<String, String> said, CompletableFuture<Long> ready) {
        try (BufferedReader lines = process.inputReader();
                var out = Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            boolean announced = false;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.write(line);
                out.newLine();
                out.flush();
                announced |= line.contains("Stockledger is ready");
                Matcher matcher = LINE.matcher(line);
                if (announced && matcher.lookingAt()) {
                    said.put(matcher.group(1), matcher.group(2));
                } else if (announced && line.startsWith("    PostgreSQL")) {
                    // The key, printed right after, is written in the same flush.
                    said.put("PostgreSQL", line.strip());
                }
                if (said.containsKey("PostgreSQL") && !lines.ready()) {
                    ready.complete(System.nanoTime());
                }
            }
        } catch (IOException e) {
            ready.completeExceptionally(new UncheckedIOException(e));
        }
        ready.completeExceptionally(new IOException("it ended"));
    }

    /** From the start of the process to its being ready. */
    public Duration startTook() {
        return startTook;
    }

    public int grpcPort() {
        String address = said("gRPC");
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    /** For example {@code http://127.0.0.1:8080}. */
    public String rest() {
        String address = said("REST");
        return address.substring(0, address.lastIndexOf("/v1"));
    }

    /** Printed once, when it had no key. */
    public Optional<String> adminKey() {
        return Optional.ofNullable(said.get("Admin key"));
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public Path log() {
        return log;
    }

    /** What of its memory is in RAM, in megabytes. Linux only. */
    public double residentMegabytes() throws IOException {
        return residentMegabytes(pid());
    }

    /** What of any process's memory is in RAM, in megabytes. Linux only. */
    public static double residentMegabytes(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
            }
        }
        throw new IOException("no VmRSS of process " + pid);
    }

    /** SIGKILL, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** SIGSTOP: it keeps its connections and answers nothing, until {@link #thaw}. */
    public void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    public void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("kill -" + name + " of process " + pid() + ": exit code " + exit + " (expected: 0)");
        }
    }

    private String said(String what) {
        String value = said.get(what);
        if (value == null) {
            throw new IllegalStateException("the service named no " + what + "; see " + log);
        }
        return value;
    }

    /**
     * SIGTERM, and waits until it has ended by itself.
     *
     * @throws IOException when it has not within {@link #STOP_WITHIN}
     */
    public void end() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IOException("the service did not end within " + STOP_WITHIN + "; see " + log);
        }
    }

    @Override
    public void close() {
        try {
            end();
        } catch (IOException e) {
            kill();
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }
}
