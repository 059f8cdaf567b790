package io.stockledger.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The runnable jar as a service, started by a line that a page shows, on free ports. */
final class StartedJar {

    private static final Duration LONG = Duration.ofMinutes(3);
    private static final String READY = "Stockledger is ready";
    private static final String PLAYED = "Demo week";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final StringBuilder said = new StringBuilder();
    private String key = "";

    private StartedJar(Process process) {
        this.process = process;
        Thread reading = new Thread(this::read, "started-jar-output");
        reading.setDaemon(true);
        reading.start();
    }

    /**
     * Returns once it is ready and, with {@code --demo}, once that has been played.
     *
     * @param key an admin's; empty: the first start prints one
     */
    static StartedJar start(Path folder, String command, Optional<String> key) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", "exec env " + command)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.put("STOCKLEDGER_RESTPORT", "0");
        environment.put("STOCKLEDGER_GRPCPORT", "0");
        // What compiles no further starts sooner.
        environment.put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
        environment.merge(
                "PATH",
                Path.of(System.getProperty("java.home"), "bin").toString(),
                (before, java) -> java + File.pathSeparator + before);
        StartedJar started = new StartedJar(builder.start());
        String last = command.contains("--demo") ? PLAYED : READY;
        Awaitility.await().atMost(LONG).until(() -> started.hasSaid(last) || !started.process.isAlive());
        assertThat(started.hasSaid(last)).as("%s: %s", command, started.said()).isTrue();
        started.key = key.orElseGet(() -> started.printed("Admin key +(\\S+)"));
        return started;
    }

    private void read() {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                keep(line);
            }
        } catch (IOException e) {
            keep("(stopped)");
        }
    }

    private synchronized void keep(String line) {
        said.append(line).append('\n');
    }

    /** And has ended the paragraph in which it does. */
    private synchronized boolean hasSaid(String text) {
        int from = said.indexOf(text);
        return from >= 0 && said.indexOf("\n\n", said.indexOf("\n\n", from) + 1) >= 0;
    }

    private synchronized String printed(String pattern) {
        return Pattern.compile(pattern)
                .matcher(said)
                .results()
                .findFirst()
                .orElseThrow(() -> new AssertionError(pattern + " was not printed: " + said))
                .group(1);
    }

    synchronized String said() {
        return said.toString();
    }

    String key() {
        return key;
    }

    /** HOST:PORT */
    String rest() {
        return printed("REST +http://(\\S+)/v1");
    }

    /** HOST:PORT */
    String grpc() {
        return printed("gRPC +(\\S+)");
    }

    String get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create("http://" + rest() + path))
                        .header("Authorization", "Bearer " + key)
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
        return answer.body();
    }

    void stop() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}
