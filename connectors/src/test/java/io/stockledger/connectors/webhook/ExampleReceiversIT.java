package io.stockledger.connectors.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariDataSource;
import io.stockledger.connectors.FactLog;
import io.stockledger.connectors.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The receivers that the documentation shows, each by its own interpreter, against the real sender. */
class ExampleReceiversIT {

    private static final Path EXAMPLES = Path.of("..", "docs", "webhooks");
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String OTHER_SECRET = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private final HikariDataSource database = TestDatabase.freshPool();
    private final FactLog log = new FactLog();
    private final Node node = Node.start(database, log, Node.workers(Node.QUICK), InstantSource.system());

    @AfterEach
    void close() {
        node.close();
        database.close();
    }

    @Test
    void python() throws Exception {
        takesWhatIsSignedAndNothingElse("python3", "receiver.py");
    }

    @Test
    void node() throws Exception {
        takesWhatIsSignedAndNothingElse("node", "receiver.mjs");
    }

    @Test
    void java() throws Exception {
        takesWhatIsSignedAndNothingElse("java", "Receiver.java");
    }

    private void takesWhatIsSignedAndNothingElse(String interpreter, String file) throws Exception {
        requireOnThisMachine(interpreter, file);
        // Its secret is known only after its address is, so it begins behind a port that nobody has yet.
        EndpointSecret made = node.endpoint("http://127.0.0.1:1/");
        try (Running receiver = Running.start(interpreter, file, made.secret());
                Running other = Running.start(interpreter, file, OTHER_SECRET)) {
            String id = made.endpoint().id();
            node.endpoints().update(id, new EndpointChange(other.url(), null, null, null, null));
            log.tellMany(20);
            await().atMost(LONG).until(() -> TestDatabase.count(database, "last_error = 'answered 401'") > 0);
            assertThat(TestDatabase.count(database, "state = 'done'")).isZero();
            assertThat(other.facts()).isEmpty();

            node.endpoints().update(id, new EndpointChange(receiver.url(), null, null, null, null));
            await().atMost(LONG).until(() -> TestDatabase.count(database, "state = 'done'") == 20);
            await().atMost(LONG).until(() -> receiver.facts().size() == 20);
            assertThat(receiver.facts())
                    .allMatch(fact -> fact.contains("safety-stock-set"))
                    .allSatisfy(fact -> assertThat(LongStream.rangeClosed(1, 20))
                            .anyMatch(position -> fact.contains(" " + position + " ")
                                    || fact.contains("\"position\":" + position + ",")));

            String repeated = TestDatabase.texts(database, "SELECT max(key) FROM connectors.effect")
                    .get(0);
            node.deliveries().resend(id, repeated);
            log.tellMany(1);
            await().atMost(LONG).until(() -> TestDatabase.count(database, "state = 'done'") == 21);
            await().atMost(LONG).until(() -> receiver.facts().size() == 21);

            refusesForgeries(receiver, made.secret());
            assertThat(receiver.facts()).hasSize(21);
        }
    }

    private static void refusesForgeries(Running receiver, String secret) throws Exception {
        String body = "{\"type\":\"forged\",\"data\":{\"position\":1}}";
        Instant now = Instant.now();
        Map<String, String> right = WebhookSignature.headers("msg_forged", now, body, List.of(secret));
        Map<String, String> old =
                WebhookSignature.headers("msg_old", now.minus(Duration.ofMinutes(10)), body, List.of(secret));
        Map<String, String> wrong = WebhookSignature.headers("msg_wrong", now, body, List.of(OTHER_SECRET));

        assertThat(post(receiver, Map.of(), body)).isEqualTo(401);
        assertThat(post(receiver, wrong, body)).isEqualTo(401);
        assertThat(post(receiver, old, body)).isEqualTo(401);
        assertThat(post(receiver, right, body + " ")).isEqualTo(401);
    }

    private static int post(Running receiver, Map<String, String> headers, String body) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(receiver.url())).POST(BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.discarding())
                .statusCode();
    }

    private static void requireOnThisMachine(String interpreter, String file) throws InterruptedException {
        boolean found;
        try {
            Process process = new ProcessBuilder(interpreter, interpreter.equals("java") ? "-version" : "--version")
                    .redirectErrorStream(true)
                    .start();
            found = process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            found = false;
        }
        if (!found) {
            System.err.println("SKIPPED: docs/webhooks/" + file + " is not tried, because there is no " + interpreter
                    + " on this machine");
        }
        assumeTrue(found, "no " + interpreter + " on this machine");
    }

    /** A receiver in a process of its own. */
    private record Running(Process process, int port, List<String> facts) implements AutoCloseable {

        static Running start(String interpreter, String file, String secret) throws Exception {
            ProcessBuilder builder = new ProcessBuilder(
                            interpreter, EXAMPLES.resolve(file).toString(), "0")
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().put("WEBHOOK_SECRET", secret);
            Process process = builder.start();
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String first = out.readLine();
            assertThat(first).as("%s says where it listens", file).startsWith("listening on port ");
            List<String> facts = new CopyOnWriteArrayList<>();
            Thread reading = new Thread(() -> out.lines().forEach(facts::add), file);
            reading.setDaemon(true);
            reading.start();
            return new Running(process, Integer.parseInt(first.substring("listening on port ".length())), facts);
        }

        String url() {
            return "http://127.0.0.1:" + port + "/";
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
