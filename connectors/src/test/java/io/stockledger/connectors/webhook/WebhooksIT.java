package io.stockledger.connectors.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.zaxxer.hikari.HikariDataSource;
import io.stockledger.connectors.FactLog;
import io.stockledger.connectors.TestDatabase;
import io.stockledger.connectors.reaction.LoggedEffect.State;
import io.stockledger.connectors.webhook.Receiver.Message;
import io.stockledger.document.DocumentFact.InstructionAccepted;
import io.stockledger.document.InvalidCommand;
import io.stockledger.location.LocationFact.LocationOpened;
import io.stockledger.location.LocationKind;
import io.stockledger.projections.view.NotRebuildable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Webhooks from the fact to the receiver and back into the log. */
class WebhooksIT {

    private static final Duration LONG = Duration.ofMinutes(3);

    private final HikariDataSource database = TestDatabase.freshPool();
    private final FactLog log = new FactLog();
    private final Node node = Node.start(database, log, Node.workers(Node.QUICK), InstantSource.system());

    @AfterEach
    void close() {
        node.close();
        database.close();
    }

    @Test
    void anEndpointGetsEachFactThatIsRecordedAfterItSigned() throws Exception {
        log.tellMany(20);
        try (Receiver receiver = Receiver.answering(204)) {
            EndpointSecret made = node.endpoint(receiver.url());
            log.tellMany(500);

            await().atMost(LONG).until(() -> delivered(made) == 500);

            assertThat(positions(receiver)).isEqualTo(range(21, 520));
            assertThat(receiver.messages()).hasSize(500).allSatisfy(message -> verify(made.secret(), message));
            JsonNode message = JsonMapper.shared()
                    .readTree(receiver.messages().stream()
                            .filter(one -> one.position() == 21)
                            .findFirst()
                            .orElseThrow()
                            .body());
            assertThat(message).isEqualTo(JsonMapper.shared().readTree("""
                                    {"type": "safety-stock-set", "timestamp": "2026-03-01T08:00:00Z", "data": {
                                      "position": 21, "stream": "stock:0001@berlin-1", "sequence": 20,
                                      "name": "safety-stock-set", "revision": 1, "recordedAt": "2026-03-01T08:00:00Z",
                                      "businessTime": "2026-03-01T08:00:00Z", "command": "test",
                                      "document": "instruction:d20", "principal": "tester", "device": "till-1",
                                      "payload": {"sku": "0001", "location": "berlin-1", "quantity": "1 piece"}}}"""));
        }
    }

    @Test
    void aReceiverThatNamesThePositionItKnowsGetsAllBehindItOnceWhileMoreComes() throws Exception {
        log.tellMany(3_000);
        try (Receiver receiver = Receiver.answering(200)) {
            NewEndpoint wanted = new NewEndpoint(receiver.url(), null, Set.of(), Set.of(), 1_000L);
            EndpointSecret made = node.endpoints().create(wanted, "tester");
            for (int i = 0; i < 100; i++) {
                log.tellMany(10);
            }

            await().atMost(LONG).untilAsserted(() -> assertThat(delivered(made)).isEqualTo(3_000));

            assertThat(positions(receiver)).isEqualTo(range(1_001, 4_000));
            assertThat(receiver.messages()).hasSize(3_000);
            assertThat(node.endpoints().find(made.endpoint().id()).orElseThrow().live())
                    .isTrue();
        }
    }

    @Test
    void twoNodesDeliverEachFactOnce() throws Exception {
        log.tellMany(1_000);
        try (Receiver receiver = Receiver.answering(200);
                Node second = Node.start(database, log, Node.workers(Node.QUICK), InstantSource.system())) {
            NewEndpoint wanted = new NewEndpoint(receiver.url(), null, Set.of(), Set.of(), 0L);
            EndpointSecret made = second.endpoints().create(wanted, "tester");
            for (int i = 0; i < 50; i++) {
                log.tellMany(10);
            }

            await().atMost(LONG).until(() -> delivered(made) == 1_500);
            assertThat(receiver.messages()).extracting(Message::id).doesNotHaveDuplicates();
            assertThat(positions(receiver)).isEqualTo(range(1, 1_500));
        }
    }

    @Test
    void anEndpointOfWhoIsTiedToLocationsGetsNothingOfOthers() throws Exception {
        try (Receiver receiver = Receiver.answering(200)) {
            EndpointSecret tied = node.endpoints()
                    .create(new NewEndpoint(receiver.url(), null, Set.of(), Set.of("berlin-1"), null), "clerk");
            long here = log.tell("berlin-1", "instruction:a");
            log.tell("hall", "instruction:b");
            log.append("locations:all", "instruction:c", new LocationOpened("hall", "Hall", LocationKind.WAREHOUSE));
            log.append("instruction:d", "instruction:d", InstructionAccepted.of("a", "b", 1, Set.of("hall")));
            long bothOfThem = log.append(
                    "instruction:e", "instruction:e", InstructionAccepted.of("a", "b", 1, Set.of("hall", "berlin-1")));
            long nowhere = log.append("instruction:f", "instruction:f", InstructionAccepted.of("a", "b", 1, Set.of()));
            node.views().awaitPosition(WebhookReaction.NAME, log.head(), Duration.ofSeconds(30));

            await().atMost(LONG).until(() -> delivered(tied) == 3);
            assertThat(positions(receiver)).containsExactlyInAnyOrder(here, bothOfThem, nowhere);
            assertThat(TestDatabase.count(database, "true")).isEqualTo(3);
        }
    }

    @Test
    void anEndpointGetsOnlyTheFactsThatItChose() throws Exception {
        try (Receiver receiver = Receiver.answering(200)) {
            EndpointSecret made = node.endpoints()
                    .create(new NewEndpoint(receiver.url(), "Signs", Set.of("location-opened"), Set.of(), null), "p");
            log.tellMany(5);
            long opened = log.append(
                    "locations:all", "instruction:x", new LocationOpened("hall", "Hall", LocationKind.WAREHOUSE));

            await().atMost(LONG).until(() -> delivered(made) == 1);
            assertThat(positions(receiver)).containsExactly(opened);
        }
        assertThatThrownBy(() -> node.endpoints()
                        .create(new NewEndpoint("https://a.example", null, Set.of("fact"), Set.of(), null), "p"))
                .isInstanceOfSatisfying(
                        InvalidCommand.class, e -> assertThat(e.field()).isEqualTo("facts"));
    }

    @Test
    void bothSecretsSignUntilTheOverlapIsOver() throws Exception {
        try (Receiver receiver = Receiver.answering(200)) {
            EndpointSecret first = node.endpoint(receiver.url());
            String id = first.endpoint().id();
            EndpointSecret second =
                    node.endpoints().rotateSecret(id, Duration.ofHours(1)).orElseThrow();
            log.tellMany(1);
            await().atMost(LONG).until(() -> delivered(first) == 1);
            verify(first.secret(), receiver.messages().get(0));
            verify(second.secret(), receiver.messages().get(0));

            EndpointSecret third =
                    node.endpoints().rotateSecret(id, Duration.ZERO).orElseThrow();
            log.tellMany(1);
            await().atMost(LONG).until(() -> delivered(first) == 2);
            Message last = receiver.messages().get(1);
            verify(third.secret(), last);
            assertThatThrownBy(() -> new Webhook(second.secret()).verify(last.body(), last.headers()))
                    .isInstanceOf(WebhookVerificationException.class);
        }
        assertThat(node.endpoints().rotateSecret("unknown", Duration.ZERO)).isEmpty();
        assertThatThrownBy(() -> node.endpoints().rotateSecret("unknown", Duration.ofDays(8)))
                .isInstanceOfSatisfying(
                        InvalidCommand.class, e -> assertThat(e.field()).isEqualTo("overlap"));
    }

    @Test
    void anEndpointThatIsGoneIsDisabledAndWhatWasDueToItIsParked() throws Exception {
        try (Receiver receiver = Receiver.answering(503)) {
            EndpointSecret made = node.endpoint(receiver.url());
            log.tellMany(50);
            await().atMost(LONG).until(() -> count(made, "true") == 50);
            receiver.now(Receiver.status(410));
            await().atMost(LONG).until(() -> count(made, "state = 'parked'") == 50);
            WebhookEndpoint endpoint =
                    node.endpoints().find(made.endpoint().id()).orElseThrow();
            assertThat(endpoint.enabled()).isFalse();
            assertThat(endpoint.disabledBecause()).contains("410");
            log.tellMany(1);
            node.views().awaitPosition(WebhookReaction.NAME, log.head(), Duration.ofSeconds(30));
            assertThat(count(made, "true")).isEqualTo(50);

            receiver.now(Receiver.status(200));
            EndpointChange enable = new EndpointChange(null, null, null, true, 0L);
            assertThat(node.endpoints()
                            .update(endpoint.id(), enable)
                            .orElseThrow()
                            .disabledBecause())
                    .isNull();
            await().atMost(LONG).until(() -> delivered(made) == 51);
        }
    }

    @Test
    void aDisabledEndpointGetsNothingAndGoesOnFromWhenItIsEnabled() throws Exception {
        try (Receiver receiver = Receiver.answering(200)) {
            EndpointSecret made = node.endpoint(receiver.url());
            String id = made.endpoint().id();
            node.awaitLive(id);
            assertThat(node.endpoints().update(id, new EndpointChange(null, null, null, false, null)))
                    .hasValueSatisfying(
                            endpoint -> assertThat(endpoint.enabled()).isFalse());
            log.tellMany(3);
            node.views().awaitPosition(WebhookReaction.NAME, log.head(), Duration.ofSeconds(30));
            node.endpoints().update(id, new EndpointChange(null, null, null, true, null));
            log.tellMany(1);

            await().atMost(LONG).until(() -> delivered(made) == 1);
            assertThat(positions(receiver)).containsExactly(4L);
            assertThat(node.endpoints().delete(id)).isTrue();
            assertThat(node.endpoints().delete(id)).isFalse();
            assertThat(count(made, "true")).isZero();
            assertThat(node.deliveries().page(id, null, Long.MAX_VALUE, 10)).isEmpty();
        }
    }

    @Test
    void eachTryIsInTheLogAndADeliveryCanBeSentAgainUnderItsId() throws Exception {
        try (Receiver receiver = Receiver.start((exchange, message) -> {
            exchange.sendResponseHeaders(503, 4);
            exchange.getResponseBody().write("busy".getBytes(StandardCharsets.UTF_8));
        })) {
            EndpointSecret made = node.endpoint(receiver.url());
            String id = made.endpoint().id();
            log.tellMany(1);
            await().atMost(LONG).until(() -> receiver.messages().size() >= 2);
            receiver.now(Receiver.status(200));
            await().atMost(LONG).until(() -> delivered(made) == 1);

            String webhookId = receiver.messages().get(0).id();
            Deliveries.Delivery delivery = node.deliveries().find(id, webhookId).orElseThrow();
            assertThat(delivery.message().state()).isEqualTo(State.DONE);
            assertThat(delivery.message().subject()).isEqualTo("safety-stock-set");
            assertThat(delivery.tries()).hasSize(receiver.messages().size());
            assertThat(delivery.tries().get(0).status()).isEqualTo(200);
            assertThat(delivery.tries().get(1).error()).isEqualTo("answered 503: busy");

            int before = receiver.messages().size();
            assertThat(node.deliveries().resend(id, webhookId)).isPresent();
            await().atMost(LONG).until(() -> receiver.messages().size() > before && delivered(made) == 1);
            assertThat(receiver.messages()).extracting(Message::id).containsOnly(webhookId);
            assertThat(receiver.messages())
                    .extracting(Message::body)
                    .containsOnly(receiver.messages().get(0).body());
            assertThat(node.deliveries()
                            .page(id, State.DONE, Long.MAX_VALUE, 10)
                            .orElseThrow())
                    .hasSize(1);
            assertThat(node.deliveries().find(id, "msg_unknown_1")).isEmpty();
            assertThat(node.deliveries().find("other", webhookId)).isEmpty();
        }
    }

    @Test
    void theReactionIsAViewThatRefusesToBeRebuilt() {
        assertThat(node.views().isRebuildable(WebhookReaction.NAME)).isFalse();
        assertThatThrownBy(() -> node.views().rebuild(WebhookReaction.NAME))
                .isInstanceOf(NotRebuildable.class)
                .hasMessageContaining("webhooks");
    }

    @Test
    void whatIsNoEndpointIsRefusedWithItsField() {
        for (String url : List.of(
                "",
                "hooks.example",
                "ftp://hooks.example/",
                "https://user@hooks.example/",
                "https://h.example/#a",
                "https://10.0.0.1/",
                "https://[fc00::1]/",
                "https://169.254.169.254/latest",
                "https:///path")) {
            assertThatThrownBy(() -> node.endpoint(url))
                    .as(url)
                    .isInstanceOfSatisfying(
                            InvalidCommand.class, e -> assertThat(e.field()).isEqualTo("url"));
        }
        assertThatThrownBy(() -> node.endpoints()
                        .create(new NewEndpoint("https://h.example/", null, Set.of(), Set.of(), 1L), "p"))
                .isInstanceOfSatisfying(
                        InvalidCommand.class, e -> assertThat(e.field()).isEqualTo("afterPosition"));
        for (int i = 0; i < 10; i++) {
            node.endpoint("https://hooks.example/" + i);
        }
        assertThatThrownBy(() -> node.endpoint("https://hooks.example/11")).isInstanceOf(InvalidCommand.class);
        assertThat(node.endpoints().list()).hasSize(10);
    }

    private long delivered(EndpointSecret made) {
        return count(made, "state = 'done'");
    }

    private long count(EndpointSecret made, String condition) {
        return TestDatabase.count(database, "target = '" + made.endpoint().target() + "' AND " + condition);
    }

    private static void verify(String secret, Message message) {
        assertThatCode(() -> new Webhook(secret).verify(message.body(), message.headers()))
                .doesNotThrowAnyException();
    }

    private static Set<Long> positions(Receiver receiver) {
        return new HashSet<>(receiver.messages().stream().map(Message::position).toList());
    }

    private static Set<Long> range(long from, long to) {
        return new HashSet<>(LongStream.rangeClosed(from, to).boxed().toList());
    }
}
