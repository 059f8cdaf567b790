package io.stockledger.connectors.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.stockledger.connectors.FactLog;
import io.stockledger.connectors.SetClock;
import io.stockledger.connectors.TestDatabase;
import io.stockledger.connectors.outbound.HostResolver;
import io.stockledger.connectors.reaction.LoggedEffect;
import io.stockledger.connectors.reaction.LoggedEffect.State;
import io.stockledger.connectors.reaction.RetryPlan;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Receivers that are slow, dead, busy, elsewhere than they say, or only there after days. */
class TroubledReceiversIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final FactLog log = new FactLog();

    @Test
    void aReceiverThatNeverAnswersDelaysNoOther() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (HikariDataSource database = TestDatabase.freshPool();
                Node node = Node.start(database, log, Node.workers(Node.QUICK), InstantSource.system());
                Receiver silent = Receiver.start((exchange, message) -> {
                    try {
                        over.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
                Receiver quick = Receiver.answering(204)) {
            EndpointSecret slow = node.endpoint(silent.url());
            EndpointSecret fast = node.endpoint(quick.url());
            node.awaitLive(slow.endpoint().id());
            node.awaitLive(fast.endpoint().id());
            log.tellMany(500);
            await().atMost(LONG).until(() -> silent.messages().size() > 0);

            long began = System.nanoTime();
            await().atMost(LONG).until(() -> count(database, fast, "done") == 500);
            Duration took = Duration.ofNanos(System.nanoTime() - began);

            assertThat(count(database, slow, "done")).isZero();
            // One after the other behind time-outs of five seconds, four at a time, it would be ten minutes.
            assertThat(took).isLessThan(Duration.ofSeconds(30));
            over.countDown();
        } finally {
            over.countDown();
        }
    }

    @Test
    void aSlowEndpointDelaysNoOtherAtTheSameHost() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (HikariDataSource database = TestDatabase.freshPool();
                Node node = Node.start(database, log, Node.workers(Node.QUICK), InstantSource.system());
                Receiver receiver = Receiver.start((exchange, message) -> {
                    if (exchange.getRequestURI().getPath().equals("/slow")) {
                        try {
                            over.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    }
                    exchange.sendResponseHeaders(204, -1);
                })) {
            EndpointSecret slow = node.endpoint("http://127.0.0.1:" + receiver.port() + "/slow");
            EndpointSecret quick = node.endpoint("http://127.0.0.1:" + receiver.port() + "/quick");
            node.awaitLive(slow.endpoint().id());
            node.awaitLive(quick.endpoint().id());
            log.tellMany(50);

            await().atMost(LONG).until(() -> count(database, quick, "done") == 50);
            assertThat(node.deliveries().page(slow.endpoint().id(), null, Long.MAX_VALUE, 100))
                    .hasValueSatisfying(page -> assertThat(page)
                            .allSatisfy(
                                    message -> assertThat(message.lastError()).isNull()));
            over.countDown();
        } finally {
            over.countDown();
        }
    }

    @Test
    void aDeadReceiverIsTriedForThreeDaysParkedAndSentAgainWhenItIsBack() throws Exception {
        SetClock clock = new SetClock();
        try (HikariDataSource database = TestDatabase.freshPool();
                Node node = Node.start(database, log, Node.workers(RetryPlan.standard()), clock);
                Receiver receiver = Receiver.answering(500)) {
            EndpointSecret made = node.endpoint(receiver.url());
            String id = made.endpoint().id();
            node.awaitLive(id);
            log.tellMany(1);
            await().atMost(LONG).until(() -> {
                clock.pass(Duration.ofHours(1));
                return count(database, made, "parked") == 1;
            });

            assertThat(Duration.between(FactLog.AT, clock.instant())).isGreaterThanOrEqualTo(Duration.ofDays(3));
            LoggedEffect parked = node.deliveries()
                    .page(id, State.PARKED, Long.MAX_VALUE, 10)
                    .orElseThrow()
                    .get(0);
            assertThat(parked.lastError()).isEqualTo("answered 500");
            receiver.now(Receiver.status(200));
            assertThat(node.deliveries().resendParked(id)).hasValue(1);
            await().atMost(LONG).until(() -> count(database, made, "done") == 1);
            assertThat(receiver.messages())
                    .allMatch(message -> message.id().equals(parked.key()))
                    .hasSize(parked.tries() + 1);
        }
    }

    @Test
    void aReceiverThatSaysWhenToComeAgainIsLeftAloneUntilThen() throws Exception {
        SetClock clock = new SetClock();
        try (HikariDataSource database = TestDatabase.freshPool();
                Node node = Node.start(database, log, Node.workers(RetryPlan.standard()), clock);
                Receiver receiver = Receiver.start((exchange, message) -> {
                    exchange.getResponseHeaders().add("Retry-After", "7200");
                    exchange.sendResponseHeaders(429, -1);
                })) {
            EndpointSecret made = node.endpoint(receiver.url());
            log.tellMany(1);
            await().atMost(LONG).until(() -> TestDatabase.count(database, "last_error = 'answered 429'") == 1);
            Instant next = node.deliveries()
                    .page(made.endpoint().id(), State.DUE, Long.MAX_VALUE, 1)
                    .orElseThrow()
                    .get(0)
                    .dueAt();
            assertThat(next).isEqualTo(FactLog.AT.plusSeconds(7_200));
        }
    }

    @Test
    void aNameThatLeadsInsideIsNotCalledAndTheLogSaysWhy() throws Exception {
        HostResolver toPrivate =
                host -> List.of(InetAddress.getByName(host.startsWith("p") ? "10.1.2.3" : "127.0.0.1"));
        WebhookSettings strict = WebhookSettings.standard(new byte[32]);
        try (HikariDataSource database = TestDatabase.freshPool();
                Node node =
                        Node.start(database, log, Node.workers(Node.QUICK), InstantSource.system(), toPrivate, strict);
                Receiver receiver = Receiver.answering(200)) {
            node.endpoint("https://private.example:" + receiver.port() + "/");
            node.endpoint("https://loop.example:" + receiver.port() + "/");
            log.tellMany(1);

            await().atMost(LONG).until(() -> TestDatabase.count(database, "last_error IS NOT NULL") == 2);
            assertThat(TestDatabase.texts(database, "SELECT last_error FROM connectors.effect ORDER BY 1"))
                    .containsExactly(
                            "not called: loop.example is 127.0.0.1, this machine (expected: a public address)",
                            "not called: private.example is 10.1.2.3, a private network (expected: a public address)");
            assertThat(receiver.messages()).isEmpty();
        }
    }

    @Test
    void aRedirectIsAFailureThatIsNotFollowed() throws Exception {
        try (HikariDataSource database = TestDatabase.freshPool();
                Node node = Node.start(database, log, Node.workers(RetryPlan.standard()), InstantSource.system());
                Receiver elsewhere = Receiver.answering(200);
                Receiver receiver = Receiver.start((exchange, message) -> {
                    exchange.getResponseHeaders().add("Location", elsewhere.url());
                    exchange.sendResponseHeaders(308, -1);
                })) {
            node.endpoint(receiver.url());
            log.tellMany(1);

            await().atMost(LONG).until(() -> TestDatabase.count(database, "last_error IS NOT NULL") == 1);
            assertThat(TestDatabase.texts(database, "SELECT last_error FROM connectors.effect"))
                    .containsExactly("answered 308, a redirect, which is not followed");
            assertThat(elsewhere.messages()).isEmpty();
        }
    }

    private static long count(HikariDataSource database, EndpointSecret made, String state) {
        return TestDatabase.count(database, "target = '" + made.endpoint().target() + "' AND state = '" + state + "'");
    }
}
