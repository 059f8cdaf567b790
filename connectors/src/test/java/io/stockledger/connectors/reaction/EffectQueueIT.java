package io.stockledger.connectors.reaction;

import static io.stockledger.connectors.reaction.TestTenant.GOOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.stockledger.connectors.FactLog;
import io.stockledger.connectors.SetClock;
import io.stockledger.connectors.TestDatabase;
import io.stockledger.ledger.FactFeed;
import io.stockledger.ledger.StoredFact;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** In which order effects come up, however many wait. */
class EffectQueueIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration CLAIM = Duration.ofSeconds(75);

    private final HikariDataSource database = TestDatabase.freshPool();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final EffectRows rows = new EffectRows(database);
    private final SetClock clock = new SetClock();
    private final FactLog log = new FactLog();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatWaitsBehindAFailedOneIsNotLookedAtAgainAndAgain() {
        fill("blocked", 50, 20);
        for (Effect first : claim(50)) {
            rows.again(first, claimOf(first), clock.instant().plus(Duration.ofHours(1)), "down");
        }
        fill("other", 1, 1);

        assertThat(claim(8)).extracting(Effect::ordering).containsExactly("other:1");
        assertThat(TestDatabase.count(database, "due_at <= '" + clock.instant() + "' AND claim IS NULL"))
                .isZero();
    }

    @Test
    void theNextOfADocumentTakesThePlaceOfTheOneBefore() {
        fill("big", 1, 200);
        fill("later", 1, 1);
        for (long position = 1; position <= 200; position++) {
            List<Effect> claimed = claim(1);
            assertThat(claimed).extracting(Effect::position).containsExactly(position);
            rows.done(claimed.get(0), 200, clock.instant());
        }
        assertThat(claim(1)).extracting(Effect::ordering).containsExactly("later:1");
    }

    @Test
    void behindAParkedOneTheNextComesUp() {
        fill("a", 1, 3);
        Effect first = claim(8).get(0);
        rows.park(first, claimOf(first), clock.instant(), "no");

        assertThat(claim(8)).extracting(Effect::position).containsExactly(2L);
    }

    @Test
    void afterDaysWithoutTheServiceEachIsStillTried() throws Exception {
        TestTenant tenant = TestTenant.of("a", GOOD);
        tenant.take(database, tell(20), clock);
        clock.pass(Duration.ofHours(74));
        try (EffectWorkers workers = tenant.workers(database, clock)) {
            await().atMost(LONG).until(() -> TestDatabase.count(database, "state = 'done'") == 20);
            assertThat(workers.statuses()).isNotNull();
        }
    }

    @Test
    void aThreadThatIsNotBackYetCostsNothing() throws Exception {
        TestTenant tenant = TestTenant.of("a", GOOD);
        tenant.take(database, tell(3_000), InstantSource.system());
        WorkerSettings few = TestTenant.settings();
        WorkerSettings two = new WorkerSettings(
                2,
                2,
                few.timeout(),
                few.claim(),
                few.look(),
                few.retries(),
                few.failuresToOpen(),
                few.openFor(),
                few.longestOpen(),
                few.keepDone(),
                few.keepParked());
        try (EffectWorkers workers = EffectWorkers.start(
                List.of(tenant), database, two, InstantSource.system(), EffectObserver.NONE, TestTenant.NO_LEDGER)) {
            await().atMost(LONG).until(() -> TestDatabase.count(database, "state = 'done'") == 3_000);
            assertThat(workers.statuses()).isNotNull();
        }
        assertThat(tenant.calls()).hasSize(3_000);
    }

    /** Claimed under their own keys' claims, so that a test can end them. */
    private List<Effect> claim(int most) {
        return rows.claim("a", most, UUID.randomUUID(), clock.instant(), CLAIM);
    }

    private UUID claimOf(Effect effect) {
        return jdbc.sql("SELECT claim FROM connectors.effect WHERE key = :key")
                .param("key", effect.key())
                .query(UUID.class)
                .single();
    }

    /** Documents with so many effects each, that came one document after the other. */
    private void fill(String kind, int documents, int each) {
        jdbc.sql("""
                INSERT INTO connectors.effect (key, reaction, target, ordering, position, subject, payload, state,
                    due_since, due_at, tries)
                SELECT :kind || '-' || d || '-' || n, 'test_tenant', 'a', :kind || ':' || d,
                    (SELECT coalesce(max(position), 0) FROM connectors.effect) + (d - 1) * :each + n, 's', '{}', 'due',
                    :at, :at, 0
                FROM generate_series(1, :documents) d, generate_series(1, :each) n""")
                .param("kind", kind)
                .param("documents", documents)
                .param("each", each)
                .param("at", EffectRows.utc(at()))
                .update();
    }

    private Instant at() {
        return clock.instant().minusSeconds(60);
    }

    private List<StoredFact> tell(int many) throws InterruptedException {
        log.tellMany(many);
        try (FactFeed.Reader reader = log.open(0)) {
            return reader.next(many, Duration.ofSeconds(1));
        }
    }
}
