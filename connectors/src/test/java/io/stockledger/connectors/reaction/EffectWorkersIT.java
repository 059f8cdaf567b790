package io.stockledger.connectors.reaction;

import static io.stockledger.connectors.reaction.TestTenant.BAD;
import static io.stockledger.connectors.reaction.TestTenant.GOOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.stockledger.connectors.FactLog;
import io.stockledger.connectors.SetClock;
import io.stockledger.connectors.TestDatabase;
import io.stockledger.ledger.StoredFact;
import io.stockledger.postgres.TestPostgres.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Workers on a real database, with targets that behave as told and a clock that stands until it is moved. */
class EffectWorkersIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final Database place = TestDatabase.fresh();
    private final HikariDataSource database = TestDatabase.pool(place);
    private final SetClock clock = new SetClock();
    private final FactLog log = new FactLog();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void twoNodesShareTheWorkAndDoNoneOfItTwice() throws Exception {
        TestTenant tenant = TestTenant.of("a", GOOD).with("b", GOOD).with("c", GOOD);
        tenant.take(database, tell(1_000), clock);
        try (HikariDataSource second = TestDatabase.pool(place);
                EffectWorkers here = tenant.workers(database, clock);
                EffectWorkers there = tenant.workers(second, clock)) {
            await().atMost(LONG).until(() -> TestDatabase.count(database, "state = 'done'") == 3_000);
            assertThat(here.statuses()).isNotNull();
            assertThat(there.statuses()).isNotNull();
        }

        assertThat(tenant.calls())
                .extracting(Effect::key)
                .doesNotHaveDuplicates()
                .hasSize(3_000);
    }

    @Test
    void aTargetThatNeverAnswersHoldsUpNoOther() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        TestTenant tenant = TestTenant.of("slow", effect -> {
            over.await();
            return new Result.CarriedOut(200, "");
        });
        for (int i = 0; i < 10; i++) {
            tenant.with("quick-" + i, GOOD);
        }
        tenant.take(database, tell(50), clock);
        try (EffectWorkers workers = tenant.workers(database, clock)) {
            await().atMost(LONG).until(() -> TestDatabase.count(database, "state = 'done'") == 500);

            assertThat(tenant.calls("slow")).hasSize(4);
            assertThat(workers.statuses()).anySatisfy(status -> {
                assertThat(status.target()).isEqualTo("slow");
                assertThat(status.underWay()).isEqualTo(4);
            });
            over.countDown();
            await().atMost(LONG).until(() -> TestTenant.count(database, "slow", "done") == 50);
        } finally {
            over.countDown();
        }
    }

    @Test
    void whatADeadNodeHadBegunIsTakenUpWhenItsClaimHasRunOutAndUnderTheSameKey() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        TestTenant dying = TestTenant.of("a", effect -> {
            over.await();
            return new Result.Failed(null, "too late", null);
        });
        TestTenant other = TestTenant.of("a", GOOD);
        dying.take(database, tell(4), clock);
        try (EffectWorkers abandoned = dying.workers(database, clock)) {
            await().atMost(LONG).until(() -> dying.calls().size() == 4);
            try (EffectWorkers workers = other.workers(database, clock)) {
                other.take(database, tell(1), clock);
                await().atMost(LONG).until(() -> TestTenant.count(database, "a", "done") == 1);
                assertThat(other.calls()).extracting(Effect::position).containsExactly(5L);

                clock.pass(TestTenant.settings().claim());
                await().atMost(LONG).until(() -> TestTenant.count(database, "a", "done") == 5);
                assertThat(workers.statuses()).isNotNull();
            }
            over.countDown();
            await().atMost(LONG).until(() -> abandoned.statuses().stream().allMatch(s -> s.underWay() == 0));
        } finally {
            over.countDown();
        }

        assertThat(other.calls())
                .extracting(Effect::key)
                .containsAll(dying.calls().stream().map(Effect::key).toList())
                .doesNotHaveDuplicates();
        assertThat(TestTenant.count(database, "a", "done")).isEqualTo(5);
    }

    @Test
    void aTargetThatFailsIsLeftAloneAndAskedWithOneCallNowAndThen() throws Exception {
        TestTenant tenant = TestTenant.of("bad", BAD).with("good", GOOD);
        tenant.take(database, tell(100), clock);
        try (EffectWorkers workers = tenant.workers(database, clock)) {
            await().atMost(LONG).until(() -> open(workers, "bad") && idle(workers, "bad"));
            int before = tenant.calls("bad").size();
            // Three failures open it; four that had begun may end after the second.
            assertThat(before).isBetween(3, 2 + 4);
            letWorkersLook(tenant);
            assertThat(tenant.calls("bad")).hasSize(before);

            clock.pass(Duration.ofSeconds(10));
            await().atMost(LONG).until(() -> tenant.calls("bad").size() == before + 1 && idle(workers, "bad"));
            letWorkersLook(tenant);
            assertThat(tenant.calls("bad")).hasSize(before + 1);

            tenant.with("bad", GOOD);
            clock.pass(Duration.ofMinutes(10));
            await().atMost(LONG).until(() -> TestTenant.count(database, "bad", "due") == 0);
            assertThat(open(workers, "bad")).isFalse();
        }
    }

    @Test
    void ofADocumentALaterEffectIsNotTriedWhileAnEarlierOneIsDue() throws Exception {
        Random random = new Random(4);
        Map<String, Long> done = new HashMap<>();
        List<String> early = new ArrayList<>();
        AtomicInteger failures = new AtomicInteger();
        TestTenant tenant = TestTenant.of("a", effect -> {
            synchronized (done) {
                long last = done.getOrDefault(effect.ordering(), 0L);
                long expected = last == 0 ? firstOf(effect.ordering()) : last + 20;
                if (effect.position() != expected) {
                    early.add(effect.key() + " when " + expected + " was due");
                }
                if (random.nextInt(10) == 0) {
                    failures.incrementAndGet();
                    return new Result.Failed(500, "by chance", null);
                }
                done.put(effect.ordering(), effect.position());
                return new Result.CarriedOut(200, "");
            }
        });
        // Document d0 has the positions 1, 21, 41 and so on, d1 has 2, 22, 42.
        List<StoredFact> facts = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            facts.add(fact("d" + i % 20));
        }
        tenant.take(database, facts, clock);
        try (EffectWorkers workers = tenant.workers(database, clock)) {
            await().atMost(LONG).until(() -> {
                // Less than a claim, so that none runs out under a call.
                clock.pass(TestTenant.settings().claim().dividedBy(2));
                return TestTenant.count(database, "a", "done") == 400;
            });
            assertThat(workers.statuses()).isNotNull();
        }

        assertThat(early).isEmpty();
        assertThat(failures).hasPositiveValue();
    }

    @Test
    void whatFailsForThreeDaysIsParkedShownAndSentAgainAndWhatWaitedBehindItGetsItsOwnTime() throws Exception {
        AtomicInteger triesOfTheSecond = new AtomicInteger();
        TestTenant tenant = TestTenant.of(
                "a",
                effect -> effect.position() == 1 || triesOfTheSecond.incrementAndGet() == 1
                        ? BAD.carryOut(effect)
                        : GOOD.carryOut(effect));
        tenant.take(database, List.of(fact("d"), fact("d")), clock);
        EffectLog effects = new EffectLog(database, clock);
        try (EffectWorkers workers = tenant.workers(database, clock)) {
            await().atMost(LONG).until(() -> {
                clock.pass(Duration.ofHours(1));
                return TestTenant.count(database, "a", "parked") == 1;
            });
            assertThat(Duration.between(FactLog.AT, clock.instant())).isGreaterThanOrEqualTo(Duration.ofDays(3));
            await().atMost(LONG).until(() -> {
                clock.pass(Duration.ofMinutes(1));
                return TestTenant.count(database, "a", "due") == 0;
            });
            assertThat(TestTenant.count(database, "a", "done")).isEqualTo(1);

            LoggedEffect parked = effects.page("a", LoggedEffect.State.PARKED, Long.MAX_VALUE, 10)
                    .get(0);
            assertThat(parked.position()).isEqualTo(1);
            assertThat(parked.lastError()).isEqualTo("out of order");
            assertThat(parked.tries()).isBetween(4, 10);
            assertThat(effects.totals()).singleElement().satisfies(totals -> {
                assertThat(totals.reaction()).isEqualTo(TestTenant.NAME);
                assertThat(totals.parked()).isEqualTo(1);
                assertThat(totals.due()).isZero();
            });
            assertThat(effects.tries(parked.key(), 100)).hasSize(parked.tries());

            tenant.with("a", GOOD);
            assertThat(effects.resendParked("a", 0)).isEqualTo(1);
            assertThat(effects.resendParked("a", 0)).isZero();
            workers.wake();
            await().atMost(LONG).until(() -> TestTenant.count(database, "a", "done") == 2);
        }
    }

    @Test
    void whatNoTryGotToInThreeDaysIsParkedToo() throws Exception {
        TestTenant tenant = TestTenant.of("a", BAD);
        tenant.take(database, tell(50), clock);
        try (EffectWorkers workers = tenant.workers(database, clock)) {
            await().atMost(LONG).until(() -> open(workers, "a") && idle(workers, "a"));
            clock.pass(Duration.ofDays(3).plusHours(2));
            await().atMost(LONG).until(() -> TestTenant.count(database, "a", "parked") == 50);
        }
        assertThat(tenant.calls().size()).isLessThan(50);
    }

    @Test
    void whatIsRefusedIsParkedAtOnce() throws Exception {
        TestTenant tenant = TestTenant.of("a", effect -> new Result.Refused(404, "never heard of it"));
        tenant.take(database, tell(1), clock);
        try (EffectWorkers workers = tenant.workers(database, clock)) {
            await().atMost(LONG).until(() -> TestTenant.count(database, "a", "parked") == 1);
            assertThat(open(workers, "a")).isFalse();
        }
        assertThat(tenant.calls()).hasSize(1);
    }

    @Test
    void aReactionThatThrowsIsATryThatFailed() throws Exception {
        TestTenant tenant = TestTenant.of("a", effect -> {
            throw new IllegalStateException("a bug\0");
        });
        tenant.take(database, tell(1), clock);
        try (EffectWorkers workers = tenant.workers(database, clock)) {
            await().atMost(LONG).until(() -> TestDatabase.count(database, "last_error LIKE '%a bug%'") == 1);
            assertThat(workers.statuses()).hasSize(1);
        }
    }

    @Test
    void whatEndedIsKeptForATimeAndThenDroppedWithItsTries() throws Exception {
        TestTenant tenant = TestTenant.of("good", GOOD).with("none", effect -> new Result.Refused(null, "no"));
        tenant.take(database, tell(10), clock);
        try (EffectWorkers workers = tenant.workers(database, clock)) {
            await().atMost(LONG).until(() -> TestDatabase.count(database, "state <> 'due'") == 20);
            clock.pass(Duration.ofDays(7).minusMinutes(1));
            letWorkersLook(tenant);
            assertThat(TestTenant.count(database, "good", "done")).isGreaterThanOrEqualTo(10);
            clock.pass(Duration.ofMinutes(3));
            await().atMost(LONG).until(() -> TestDatabase.count(database, "target = 'good' AND position <= 10") == 0);
            assertThat(TestTenant.count(database, "none", "parked")).isEqualTo(12);
            assertThat(TestDatabase.texts(database, "SELECT key FROM connectors.effect_try WHERE key LIKE 'good-_'"))
                    .isEmpty();
            clock.pass(Duration.ofDays(90));
            await().atMost(LONG).until(() -> TestDatabase.count(database, "true") == 0);
            assertThat(workers.statuses()).isNotNull();
        }
    }

    /** Returns once the workers have looked again for everything that is due. */
    private void letWorkersLook(TestTenant tenant) throws Exception {
        LongSupplier done = () -> TestTenant.count(database, "good", "done");
        for (int i = 0; i < 2; i++) {
            long before = done.getAsLong();
            tenant.take(database, tell(1), clock);
            await().atMost(LONG).until(() -> done.getAsLong() > before);
        }
    }

    private static boolean open(EffectWorkers workers, String target) {
        return workers.statuses().stream()
                .anyMatch(status -> status.target().equals(target) && status.leftAloneUntil() != null);
    }

    private static boolean idle(EffectWorkers workers, String target) {
        return workers.statuses().stream().anyMatch(status -> status.target().equals(target) && status.underWay() == 0);
    }

    private static long firstOf(String document) {
        return Long.parseLong(document.substring("instruction:d".length())) + 1;
    }

    private List<StoredFact> tell(int times) throws Exception {
        List<StoredFact> facts = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            facts.add(fact("x" + log.head()));
        }
        return facts;
    }

    private StoredFact fact(String document) throws Exception {
        long position = log.tell("berlin-1", "instruction:" + document);
        return log.open(position - 1).next(1, Duration.ZERO).get(0);
    }
}
