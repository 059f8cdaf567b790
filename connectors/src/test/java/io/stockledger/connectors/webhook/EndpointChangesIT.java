package io.stockledger.connectors.webhook;

import static java.util.concurrent.CompletableFuture.runAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.stockledger.connectors.FactLog;
import io.stockledger.connectors.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An endpoint that is changed while messages, catching up and other changes are under way. */
class EndpointChangesIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final HikariDataSource database = TestDatabase.freshPool();
    private final FactLog log = new FactLog();
    private final Node node = Node.start(database, log, Node.workers(Node.QUICK), InstantSource.system());

    @AfterEach
    void close() {
        node.close();
        database.close();
    }

    @Test
    void aChangeThatBeganBeforeADisableDoesNotUndoIt() throws Exception {
        try (Receiver receiver = Receiver.answering(204);
                Connection holding = database.getConnection()) {
            String id = live(receiver.url());
            holding.setAutoCommit(false);
            lock(holding, id);
            WebhookEndpoints other = node.endpoints();
            CompletableFuture<?> disabling = runAsync(() -> other.update(id, enabled(false)));
            awaitWaiting(1);
            CompletableFuture<?> describing =
                    runAsync(() -> other.update(id, new EndpointChange(null, "new words", null, null, null)));
            awaitWaiting(2);
            holding.commit();
            disabling.join();
            describing.join();

            WebhookEndpoint now = node.endpoints().find(id).orElseThrow();
            assertThat(now.enabled()).isFalse();
            assertThat(now.description()).isEqualTo("new words");
        }
    }

    @Test
    void aLateGoneOfTheOldAddressDoesNotDisableTheNewOne() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch moved = new CountDownLatch(1);
        try (Receiver good = Receiver.answering(204);
                Receiver old = Receiver.start((exchange, message) -> {
                    asked.countDown();
                    passed(moved);
                    exchange.sendResponseHeaders(410, -1);
                })) {
            String id = live(old.url());
            log.tellMany(1);
            passed(asked);
            node.endpoints().update(id, new EndpointChange(good.url(), null, null, null, null));
            moved.countDown();
            log.tellMany(5);

            await().atMost(LONG).until(() -> TestDatabase.count(database, "state = 'done'") == 6);
            assertThat(good.messages()).hasSize(6);
            assertThat(node.endpoints().find(id).orElseThrow().enabled()).isTrue();
        }
    }

    @Test
    void oneThatBeginsBehindAPositionGetsAllBehindIt() throws Exception {
        try (Receiver receiver = Receiver.answering(500)) {
            String id = live(receiver.url());
            log.tellMany(10);
            await().atMost(LONG).until(() -> TestDatabase.count(database, "true") == 10);
            node.endpoints().update(id, enabled(false));
            log.tellMany(10);
            await().atMost(LONG).until(() -> node.views().position(WebhookReaction.NAME) == log.head());
            receiver.now(Receiver.status(204));

            node.endpoints().update(id, new EndpointChange(null, null, null, true, 5L));

            await().atMost(LONG).until(() -> TestDatabase.count(database, "state = 'done'") == 15);
            assertThat(TestDatabase.count(database, "state = 'parked' AND position <= 5"))
                    .isEqualTo(5);
        }
    }

    @Test
    void anUrgentRotationEndsEveryOldSecret() throws Exception {
        try (Receiver receiver = Receiver.answering(204)) {
            String id = live(receiver.url());
            node.endpoints().rotateSecret(id, Duration.ofHours(24));
            node.endpoints().rotateSecret(id, Duration.ZERO);
            log.tellMany(1);

            await().atMost(LONG).until(() -> receiver.messages().size() == 1);
            assertThat(receiver.messages().get(0).headers().get("Webhook-signature"))
                    .singleElement()
                    .asString()
                    .doesNotContain(" ");
        }
    }

    @Test
    void whatABatchWroteForADeletedEndpointLeavesNothing() throws Exception {
        try (Receiver receiver = Receiver.answering(503)) {
            String id = live(receiver.url());
            log.tellMany(3);
            await().atMost(LONG).until(() -> TestDatabase.count(database, "true") == 3);
            TestDatabase.update(database, "DELETE FROM connectors.webhook_endpoint WHERE id = '" + id + "'");

            await().atMost(LONG).until(() -> TestDatabase.count(database, "true") == 0);
        }
    }

    private String live(String url) {
        String id = node.endpoint(url).endpoint().id();
        node.awaitLive(id);
        return id;
    }

    private static void lock(Connection connection, String id) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("SELECT 1 FROM connectors.webhook_endpoint WHERE id = ? FOR UPDATE")) {
            lock.setString(1, id);
            lock.executeQuery().close();
        }
    }

    private static EndpointChange enabled(boolean enabled) {
        return new EndpointChange(null, null, null, enabled, null);
    }

    private void awaitWaiting(int sessions) {
        await().atMost(LONG)
                .until(() -> TestDatabase.texts(
                                        database,
                                        "SELECT pid::text FROM pg_stat_activity WHERE datname = current_database()"
                                                + " AND wait_event_type = 'Lock'")
                                .size()
                        >= sessions);
    }

    private static void passed(CountDownLatch latch) {
        try {
            assertThat(latch.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
