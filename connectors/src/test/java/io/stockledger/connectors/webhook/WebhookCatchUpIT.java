package io.stockledger.connectors.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.stockledger.connectors.FactLog;
import io.stockledger.connectors.TestDatabase;
import io.stockledger.ledger.FactFeed;
import io.stockledger.ledger.StoredFact;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An endpoint that begins in the past, while the reaction stands where the test puts it. */
class WebhookCatchUpIT {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final HikariDataSource database = TestDatabase.freshPool();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final FactLog log = new FactLog();
    private final AtomicInteger reads = new AtomicInteger();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatWasReadBeyondTheReactionIsWrittenOnceTheReactionIsThere() {
        log.tellMany(300);
        jdbc.sql("INSERT INTO view_position (view, position, head, updated_at, parked_revision)"
                        + " VALUES ('webhooks', 150, 300, now(), 0)")
                .update();
        try (WebhookCatchUp catchUp =
                WebhookCatchUp.start(database, new MovingFeed(), InstantSource.system(), () -> {})) {
            WebhookEndpoints endpoints = new WebhookEndpoints(
                    database, log, Set.of("safety-stock-set"), Node.LOOPBACK, InstantSource.system(), catchUp::wake);
            endpoints.create(new NewEndpoint("http://127.0.0.1:1/hook", null, Set.of(), Set.of(), 100L), "tester");

            await().atMost(LONG)
                    .until(() -> jdbc.sql("SELECT live FROM connectors.webhook_endpoint")
                            .query(Boolean.class)
                            .single());
        }

        assertThat(reads.get()).isGreaterThanOrEqualTo(2);
        assertThat(jdbc.sql("SELECT position FROM connectors.effect ORDER BY position")
                        .query(Long.class)
                        .list())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(101, 310).boxed().toList());
    }

    /** With its first answer the reaction has moved on, and there are more facts. */
    private final class MovingFeed implements FactFeed {

        @Override
        public long head() {
            return log.head();
        }

        @Override
        public Reader open(long afterPosition) {
            Reader reader = log.open(afterPosition);
            return new Reader() {
                @Override
                public List<StoredFact> next(int most, Duration wait) throws InterruptedException {
                    List<StoredFact> facts = reader.next(most, wait);
                    if (reads.getAndIncrement() == 0) {
                        log.tellMany(10);
                        jdbc.sql("UPDATE view_position SET position = 310, head = 310")
                                .update();
                    }
                    return facts;
                }

                @Override
                public void close() {
                    reader.close();
                }
            };
        }
    }
}
