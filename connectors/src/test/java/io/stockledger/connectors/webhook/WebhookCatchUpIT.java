package io.stockledger.connectors.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.stockledger.connectors.FactLog;
import io.stockledger.connectors.TestDatabase;
import io.stockledger.ledger.FactFeed;
import io.stockledger.ledger.StoredFact;
import io.stockledger.postgres.TestPostgres.Database;
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

    private final Database fresh = TestDatabase.fresh();
    private final HikariDataSource database = TestDatabase.pool(fresh);
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
        reactionAt(150);
        WebhookEndpoints endpoints = endpoints();
        endpoints.create(new NewEndpoint("http://127.0.0.1:1/hook", null, Set.of(), Set.of(), 100L), "tester");
        catchUp(() -> {
            log.tellMany(10);
            jdbc.sql("UPDATE view_position SET position = 310, head = 310").update();
        });

        assertThat(reads.get()).isGreaterThanOrEqualTo(2);
        assertThat(positions()).containsExactlyElementsOf(range(101, 310));
    }

    @Test
    void whatIsChosenMeanwhileHoldsForAllThatIsNotWrittenYet() {
        log.tellMany(1_000);
        reactionAt(1_000);
        WebhookEndpoints endpoints = endpoints();
        NewEndpoint others = new NewEndpoint("http://127.0.0.1:1/hook", null, Set.of("location-opened"), Set.of(), 0L);
        String id = endpoints.create(others, "tester").endpoint().id();
        catchUp(() -> endpoints.update(id, new EndpointChange(null, null, Set.of("safety-stock-set"), null, null)));

        assertThat(positions()).containsExactlyElementsOf(range(1, 1_000));
    }

    @Test
    void oneThatCannotBeCaughtUpHoldsUpNoOther() {
        log.tellMany(20);
        reactionAt(20);
        WebhookEndpoints endpoints = endpoints();
        NewEndpoint wanted = new NewEndpoint("http://127.0.0.1:1/hook", null, Set.of(), Set.of(), 0L);
        String first = endpoints.create(wanted, "tester").endpoint().id();
        String second = endpoints.create(wanted, "tester").endpoint().id();
        try (HikariDataSource owner = TestDatabase.pool(fresh.url(), fresh.ownerUser(), fresh.ownerPassword())) {
            TestDatabase.update(owner, """
                    CREATE FUNCTION connectors.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'not this one'; END $$;
                    CREATE TRIGGER refuse BEFORE INSERT ON connectors.effect FOR EACH ROW
                    WHEN (new.target = 'webhook:""" + first + "') EXECUTE FUNCTION connectors.refuse()");
        }
        try (WebhookCatchUp catchUp = WebhookCatchUp.start(database, log, InstantSource.system(), () -> {})) {
            catchUp.wake();
            await().atMost(LONG)
                    .until(() -> endpoints.find(second).orElseThrow().live());
        }
        assertThat(endpoints.find(first).orElseThrow().live()).isFalse();
        assertThat(positions()).containsExactlyElementsOf(range(1, 20));
    }

    @Test
    void thePastComesNoFasterThanItIsTaken() {
        log.tellMany(12_000);
        reactionAt(12_000);
        WebhookEndpoints endpoints = endpoints();
        NewEndpoint wanted = new NewEndpoint("http://127.0.0.1:1/hook", null, Set.of(), Set.of(), 0L);
        String id = endpoints.create(wanted, "tester").endpoint().id();
        try (WebhookCatchUp catchUp = WebhookCatchUp.start(database, log, InstantSource.system(), () -> {})) {
            catchUp.wake();
            await().atMost(LONG).until(() -> positions().size() == 10_500);
            jdbc.sql("UPDATE connectors.effect SET state = 'done', ended_at = now()")
                    .update();
            catchUp.wake();
            await().atMost(LONG).until(() -> endpoints.find(id).orElseThrow().live());
        }
        assertThat(positions()).containsExactlyElementsOf(range(1, 12_000));
    }

    private WebhookEndpoints endpoints() {
        return new WebhookEndpoints(
                database,
                log,
                Set.of("safety-stock-set", "location-opened"),
                Node.LOOPBACK,
                InstantSource.system(),
                () -> {});
    }

    private void reactionAt(long position) {
        jdbc.sql("INSERT INTO view_position (view, position, head, updated_at, parked_revision)"
                        + " VALUES ('webhooks', :position, :position, now(), 0)")
                .param("position", position)
                .update();
    }

    /** Until the only endpoint is live. */
    private void catchUp(Runnable afterTheFirstRead) {
        try (WebhookCatchUp catchUp = WebhookCatchUp.start(
                database, new InterruptedFeed(afterTheFirstRead), InstantSource.system(), () -> {})) {
            catchUp.wake();
            await().atMost(LONG)
                    .until(() -> jdbc.sql("SELECT live FROM connectors.webhook_endpoint")
                            .query(Boolean.class)
                            .single());
        }
    }

    private List<Long> positions() {
        return jdbc.sql("SELECT position FROM connectors.effect ORDER BY position")
                .query(Long.class)
                .list();
    }

    private static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    /** Something happens between its first answer and what is done with it. */
    private final class InterruptedFeed implements FactFeed {

        private final Runnable afterTheFirstRead;

        private InterruptedFeed(Runnable afterTheFirstRead) {
            this.afterTheFirstRead = afterTheFirstRead;
        }

        @Override
        public long head() {
            return log.head();
        }

        @Override
        public Appended appended() {
            return log.appended();
        }

        @Override
        public Reader open(long afterPosition) {
            Reader reader = log.open(afterPosition);
            return new Reader() {
                @Override
                public List<StoredFact> next(int most, Duration wait) throws InterruptedException {
                    List<StoredFact> facts = reader.next(most, wait);
                    if (reads.getAndIncrement() == 0) {
                        afterTheFirstRead.run();
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
