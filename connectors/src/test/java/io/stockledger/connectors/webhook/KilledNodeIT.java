package io.stockledger.connectors.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import com.zaxxer.hikari.HikariDataSource;
import io.stockledger.connectors.FactLog;
import io.stockledger.connectors.TestDatabase;
import io.stockledger.connectors.webhook.Receiver.Message;
import io.stockledger.postgres.TestPostgres.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A node is killed with -9 while it delivers, twice. */
class KilledNodeIT {

    private static final int FACTS = 1_000;
    private static final Duration LONG = Duration.ofMinutes(2);

    @Test
    void eachFactArrivesAtLeastOnceUnderOneIdWhicheverNodeIsKilledWhen() throws Exception {
        Database place = TestDatabase.fresh();
        try (HikariDataSource database = TestDatabase.pool(place);
                Receiver receiver = Receiver.answering(200)) {
            FactLog log = new FactLog();
            log.tellMany(FACTS);
            EndpointSecret made = new WebhookEndpoints(
                            database, log, Set.of(), Node.LOOPBACK, InstantSource.system(), () -> {})
                    .create(new NewEndpoint(receiver.url(), null, Set.of(), Set.of(), 0L), "tester");
            runUntilReceived(place, receiver, 250);
            runUntilReceived(place, receiver, 600);
            Process last = start(place);
            try {
                await().atMost(LONG).until(() -> TestDatabase.count(database, "state = 'done'") == FACTS);
            } finally {
                last.destroyForcibly().waitFor();
            }

            Map<Long, Set<String>> ids = new HashMap<>();
            for (Message message : receiver.messages()) {
                new Webhook(made.secret()).verify(message.body(), message.headers());
                ids.computeIfAbsent(message.position(), none -> new HashSet<>()).add(message.id());
            }
            assertThat(ids.keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, FACTS).boxed().toList());
            assertThat(ids.values()).allMatch(ofOnePosition -> ofOnePosition.size() == 1);
            System.out.println(receiver.messages().size() + " messages for " + FACTS + " facts");
        }
    }

    private static void runUntilReceived(Database place, Receiver receiver, int messages) throws Exception {
        Process process = start(place);
        try {
            await().atMost(LONG)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> receiver.messages().size() >= messages);
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(receiver.messages().size()).isLessThan(FACTS);
    }

    private static Process start(Database place) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        NodeProcess.class.getName(),
                        place.url(),
                        place.user(),
                        place.password(),
                        Integer.toString(FACTS))
                .inheritIO()
                .start();
    }
}
