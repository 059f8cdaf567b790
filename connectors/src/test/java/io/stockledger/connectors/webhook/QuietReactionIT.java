package io.stockledger.connectors.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.stockledger.connectors.FactLog;
import io.stockledger.connectors.TestDatabase;
import io.stockledger.connectors.outbound.AddressPolicy;
import io.stockledger.connectors.outbound.HostResolver;
import io.stockledger.connectors.outbound.OutboundHttp;
import io.stockledger.ledger.FactFeed;
import io.stockledger.ledger.StoredFact;
import java.sql.Connection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** While nobody listens no batch asks who does, and yet nobody who comes to listen misses a fact. */
class QuietReactionIT {

    private final HikariDataSource database = TestDatabase.freshPool();
    private final FactLog log = new FactLog();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whileNobodyListensNoFactIsOfUseUntilItBeginsAnew() throws Exception {
        log.tellMany(1);
        try (OutboundHttp http =
                        OutboundHttp.of(AddressPolicy.PUBLIC_ONLY, HostResolver.SYSTEM, SSLContext.getDefault(), 1);
                FactFeed.Reader reader = log.open(0);
                Connection writing = database.getConnection();
                Connection resuming = database.getConnection()) {
            List<StoredFact> facts = reader.next(1, Duration.ofSeconds(1));
            WebhookReaction reaction = new WebhookReaction(database, Node.LOOPBACK, http, InstantSource.system());
            reaction.begin(writing);
            assertThat(reaction.effects(facts, resuming)).isEmpty();
            assertThat(reaction.sequenceKey(facts.get(0))).isPresent();
            assertThat(reaction.effects(facts, writing)).isEmpty();
            assertThat(reaction.sequenceKey(facts.get(0))).isEmpty();
            reaction.begin(writing);
            assertThat(reaction.sequenceKey(facts.get(0))).isPresent();
        }
    }

    @Test
    void endpointsThatComeAndGoWhileFactsAreToldMissNone() throws Exception {
        try (Node node = Node.start(database, log, Node.workers(Node.QUICK), InstantSource.system());
                Receiver receiver = Receiver.answering(204)) {
            for (int round = 0; round < 20; round++) {
                log.tellMany(5);
                EndpointSecret made = node.endpoint(receiver.url());
                long from = made.endpoint().afterPosition();
                log.tellMany(5);
                long to = log.head();
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> TestDatabase.count(
                                        database,
                                        "state = 'done' AND target = '"
                                                + made.endpoint().target() + "'")
                                == to - from);
                node.endpoints().delete(made.endpoint().id());
            }
        }
    }
}
