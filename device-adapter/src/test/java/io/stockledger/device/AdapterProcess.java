package io.stockledger.device;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The adapter as a process of its own, with the memory that its package gives it. */
final class AdapterProcess implements AutoCloseable {

    private static final Pattern STATUS = Pattern.compile("status: (http\\S+)");

    private final Process process;
    private final Path log;

    private AdapterProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static AdapterProcess start(Path configuration) throws IOException {
        Path log = Files.createTempFile(configuration.getParent(), "adapter", ".log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx96m",
                        "-XX:MaxDirectMemorySize=32m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DeviceAdapter.class.getName(),
                        "run",
                        "--config",
                        configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new AdapterProcess(process, log);
    }

    /** Ends it as a power switch would. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** Where its status page is, once it has said so. */
    Optional<String> statusAddress() throws IOException {
        Matcher matcher = STATUS.matcher(log());
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    String get(String path) throws IOException, InterruptedException {
        URI address = URI.create(statusAddress().orElseThrow() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** Resident memory in MiB, or -1 where the system does not say. */
    long residentMebibytes() throws IOException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        return Files.exists(status)
                ? Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                        .findFirst()
                        .orElse(-1)
                : -1;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}
