package io.stockledger.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stockledger.postgres.TestPostgres;
import io.stockledger.postgres.TestPostgres.Database;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The service is killed with -9, twice, while it tells a receiver in another language of a thousand facts. */
class KilledServiceIT {

    private static final int FACTS = 1_000;
    private static final int SENDERS = 8;
    /** After so many messages each. */
    private static final List<Integer> KILLED_AFTER = List.of(250, 350);

    private static final Duration LONG = Duration.ofMinutes(4);
    private static final String ENDPOINTS = "/v1/webhook-endpoints";

    private final Database database = TestPostgres.freshDatabase();

    @Test
    void each_fact_arrives_at_least_once_under_one_id_and_none_is_missing() throws Exception {
        requirePython();
        String key;
        String id;
        JsonNode made;
        try (LedgerProcess service = LedgerProcess.start(database)) {
            key = service.firstAdminKey();
            for (String json : List.of(
                    "/v1/locations {\"documentId\":\"l\",\"location\":\"berlin-1\",\"name\":\"B\",\"kind\":\"shop\"}",
                    "/v1/items {\"documentId\":\"i\",\"sku\":\"0001\",\"name\":\"Cup\"}")) {
                String[] parts = json.split(" ", 2);
                service.json("POST", parts[0], key, parts[1]);
            }
            // Its secret is known only after its address is, so it begins behind a port that nobody has.
            made = service.json(
                    "POST", ENDPOINTS, key, "{\"url\":\"http://127.0.0.1:1/\",\"facts\":[\"safety-stock-set\"]}");
            id = made.at("/endpoint/id").asString();
        }
        long began = System.nanoTime();
        try (ForwardedReceiver receiver =
                ForwardedReceiver.start(made.path("secret").asString())) {
            int came = 0;
            for (int more : KILLED_AFTER) {
                came += more;
                int most = came;
                receiver.letThrough(more);
                try (LedgerProcess service = LedgerProcess.start(database)) {
                    service.json("PATCH", ENDPOINTS + "/" + id, key, "{\"url\":\"" + receiver.url() + "\"}");
                    tellUntil(service, key, () -> receiver.ids().size() >= most);
                    service.kill();
                }
                assertThat(receiver.facts().size()).isLessThan(FACTS);
            }
            receiver.letThrough(1_000_000);
            try (LedgerProcess service = LedgerProcess.start(database)) {
                assertThat(tell(service, key)).isEqualTo(FACTS);
                await().atMost(LONG).until(() -> receiver.facts().size() >= FACTS);
                await().atMost(LONG).until(() -> left(service, key, id) == 0);
            }
            Set<String> positions = new HashSet<>(receiver.facts());
            Set<String> ids = new HashSet<>(receiver.ids());
            assertThat(receiver.facts()).hasSize(FACTS).allMatch(fact -> fact.endsWith(" safety-stock-set"));
            assertThat(positions).hasSize(FACTS);
            assertThat(ids).hasSize(FACTS).allMatch(one -> one.startsWith("msg_" + id + "_"));
            System.out.printf(
                    "%,d messages for %,d facts, through %d times kill -9 in %d s; %d came twice, under the same id%n",
                    receiver.ids().size(),
                    FACTS,
                    KILLED_AFTER.size(),
                    Duration.ofNanos(System.nanoTime() - began).toSeconds(),
                    receiver.ids().size() - ids.size());
        }
    }

    private static int left(LedgerProcess service, String key, String id) throws Exception {
        String due = ENDPOINTS + "/" + id + "/deliveries?pageSize=1&state=";
        return service.json("GET", due + "due", key, "").path("deliveries").size()
                + service.json("GET", due + "parked", key, "")
                        .path("deliveries")
                        .size();
    }

    private interface Reached {
        boolean yes();
    }

    /** All commands from their beginning; the same document again is the same. */
    private static void tellUntil(LedgerProcess service, String key, Reached reached) {
        ExecutorService teller = Executors.newSingleThreadExecutor();
        try {
            var unused = teller.submit(() -> tell(service, key));
            await().atMost(LONG).pollInterval(Duration.ofMillis(5)).until(reached::yes);
        } finally {
            teller.shutdownNow();
        }
    }

    /** @return how many were accepted */
    private static int tell(LedgerProcess service, String key) throws InterruptedException {
        AtomicInteger accepted = new AtomicInteger();
        AtomicInteger next = new AtomicInteger();
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        try {
            for (int sender = 0; sender < SENDERS; sender++) {
                senders.execute(() -> {
                    for (int number = next.getAndIncrement(); number < FACTS; number = next.getAndIncrement()) {
                        if (!isAccepted(service, key, number)) {
                            return;
                        }
                        accepted.incrementAndGet();
                    }
                });
            }
        } finally {
            senders.shutdown();
            if (!senders.awaitTermination(LONG.toSeconds(), TimeUnit.SECONDS)) {
                senders.shutdownNow();
            }
        }
        return accepted.get();
    }

    /** False too when the service is not there any more. */
    private static boolean isAccepted(LedgerProcess service, String key, int number) {
        String command = "{\"documentId\":\"d-%d\",\"location\":\"berlin-1\",\"sku\":\"0001\",\"quantity\":%d}"
                .formatted(number, number + 1);
        try {
            return service.send("POST", "/v1/safety-stock", key, command).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void requirePython() throws InterruptedException {
        boolean found;
        try {
            Process process = new ProcessBuilder("python3", "--version").start();
            found = process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            found = false;
        }
        if (!found) {
            System.err.println("SKIPPED: KilledServiceIT needs python3, in which its receiver is written");
        }
        assumeTrue(found, "no python3 on this machine");
    }
}
