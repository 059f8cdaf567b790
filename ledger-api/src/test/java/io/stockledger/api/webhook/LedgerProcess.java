package io.stockledger.api.webhook;

import io.stockledger.api.RunningLedger;
import io.stockledger.api.StockledgerApplication;
import io.stockledger.postgres.TestPostgres.Database;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service in a process of its own, on a database that outlives it. */
final class LedgerProcess implements AutoCloseable {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final String address;
    private final Optional<String> firstAdminKey;

    private LedgerProcess(Process process, String address, Optional<String> firstAdminKey) {
        this.process = process;
        this.address = address;
        this.firstAdminKey = firstAdminKey;
    }

    /** Returns once it says that it is ready. What it prints is printed here too. */
    @SuppressWarnings("SystemOut")
    static LedgerProcess start(Database database) throws IOException {
        Path adminKey = Files.createTempFile("admin-key-", "");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StockledgerApplication.class.getName(),
                        "--stockledger.rest-port=0",
                        "--stockledger.grpc-port=0",
                        "--stockledger.postgres.url=" + database.url(),
                        "--stockledger.postgres.user=" + database.user(),
                        "--stockledger.postgres.password=" + database.password(),
                        "--stockledger.postgres.owner-user=" + database.ownerUser(),
                        "--stockledger.postgres.owner-password=" + database.ownerPassword(),
                        "--stockledger.api-keys.seal-key=" + RunningLedger.SEAL_KEY,
                        "--stockledger.admin-key-file=" + adminKey,
                        "--stockledger.webhooks.allow-loopback=true",
                        "--logging.level.root=warn")
                .redirectErrorStream(true)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String rest = "";
        // What it says at the end of its start ends with an empty line.
        for (String line = out.readLine(); line != null && (rest.isEmpty() || !line.isBlank()); line = out.readLine()) {
            System.out.println(line);
            String[] words = line.strip().split(" +", -1);
            if (words[0].equals("REST")) {
                rest = words[1];
            }
        }
        if (rest.isEmpty()) {
            process.destroyForcibly();
            throw new IllegalStateException("the service ended without having been ready");
        }
        Thread printing = new Thread(() -> out.lines().forEach(System.out::println), "ledger-process-output");
        printing.setDaemon(true);
        printing.start();
        String key = Files.readString(adminKey).strip();
        Files.delete(adminKey);
        return new LedgerProcess(process, rest.replace("/v1", ""), key.isEmpty() ? Optional.empty() : Optional.of(key));
    }

    /** Made at the first start on a database. */
    String firstAdminKey() {
        return firstAdminKey.orElseThrow();
    }

    HttpResponse<String> send(String method, String path, String key, String json)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(address + path))
                        .timeout(LONG)
                        .header("Authorization", "Bearer " + key)
                        .header("Content-Type", "application/json")
                        .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofString());
    }

    JsonNode json(String method, String path, String key, String json) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(method, path, key, json);
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        return JsonMapper.shared().readTree(answer.body());
    }

    /** With SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
