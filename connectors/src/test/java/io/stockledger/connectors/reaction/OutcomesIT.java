package io.stockledger.connectors.reaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.stockledger.connectors.FactLog;
import io.stockledger.connectors.SetClock;
import io.stockledger.connectors.TestDatabase;
import io.stockledger.document.Command;
import io.stockledger.ledger.FactStore.StoreUnavailable;
import io.stockledger.ledger.StoredFact;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How an effect ended comes back into the ledger, once or as a repeat, whatever fails in between. */
class OutcomesIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final HikariDataSource database = TestDatabase.freshPool();
    private final SetClock clock = new SetClock();
    private final FactLog log = new FactLog();
    private final List<Command> told = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void anOutcomeIsACommandWhoseDocumentFollowsFromTheEffect() throws Exception {
        TestTenant tenant = TestTenant.tellingOutcomes("bank", TestTenant.GOOD);
        tenant.take(database, facts(3), clock);
        try (EffectWorkers workers = tenant.workers(database, clock, this::accept)) {
            await().atMost(LONG).until(() -> TestTenant.count(database, "bank", "done") == 3);
            assertThat(workers.statuses()).isNotNull();
        }

        assertThat(told)
                .extracting(command -> command.document().stream())
                .containsExactlyInAnyOrder(
                        "instruction:outcome-of-bank-1",
                        "instruction:outcome-of-bank-2",
                        "instruction:outcome-of-bank-3");
        assertThat(told).anyMatch(command -> command.toString().contains("thanks for 1"));
    }

    @Test
    void aLedgerThatIsBusyOrAwayIsToldLaterAndTheEffectIsNotCarriedOutAgain() throws Exception {
        TestTenant tenant = TestTenant.tellingOutcomes("bank", TestTenant.GOOD);
        tenant.take(database, facts(1), clock);
        Function<Command, CompletableFuture<?>> troubled = command -> {
            told.add(command);
            if (told.size() == 1) {
                throw new StoreUnavailable("busy", null);
            }
            return told.size() == 2
                    ? CompletableFuture.failedFuture(new StoreUnavailable("away", null))
                    : CompletableFuture.completedFuture("accepted");
        };
        try (EffectWorkers workers = tenant.workers(database, clock, troubled)) {
            await().atMost(LONG).until(() -> {
                clock.pass(Duration.ofMinutes(1));
                return TestTenant.count(database, "bank", "done") == 1;
            });
            assertThat(workers.statuses())
                    .allSatisfy(status -> assertThat(status.failuresInARow()).isZero());
        }

        assertThat(tenant.calls()).hasSize(1);
        assertThat(told).hasSize(3).allMatch(command -> command.equals(told.get(0)));
    }

    @Test
    void aNodeThatDiesBeforeItToldTheOutcomeLeavesItToAnotherWhichTellsTheSame() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        TestTenant dying = TestTenant.tellingOutcomes("bank", TestTenant.GOOD);
        TestTenant other = TestTenant.tellingOutcomes("bank", TestTenant.BAD);
        dying.take(database, facts(1), clock);
        Function<Command, CompletableFuture<?>> hanging = command -> {
            told.add(command);
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return CompletableFuture.failedFuture(new StoreUnavailable("dead", null));
        };
        try (EffectWorkers abandoned = dying.workersOfOneCall(database, clock, hanging)) {
            await().atMost(LONG).until(() -> told.size() == 1);
            clock.pass(TestTenant.settings().claim());
            try (EffectWorkers workers = other.workers(database, clock, this::accept)) {
                await().atMost(LONG).until(() -> TestTenant.count(database, "bank", "done") == 1);
                assertThat(workers.statuses()).isNotNull();
            }
            over.countDown();
            assertThat(abandoned.statuses()).isNotNull();
        } finally {
            over.countDown();
        }

        assertThat(other.calls()).isEmpty();
        assertThat(told).hasSize(2).allMatch(command -> command.equals(told.get(0)));
    }

    @Test
    void aRefusalForGoodIsToldToo() throws Exception {
        TestTenant tenant = TestTenant.tellingOutcomes("bank", effect -> new Result.Refused(402, "no money"));
        tenant.take(database, facts(1), clock);
        try (EffectWorkers workers = tenant.workers(database, clock, this::accept)) {
            await().atMost(LONG).until(() -> TestTenant.count(database, "bank", "parked") == 1);
            assertThat(workers.statuses()).isNotNull();
        }

        assertThat(told)
                .singleElement()
                .satisfies(command -> assertThat(command.toString()).contains("no money"));
    }

    private CompletableFuture<?> accept(Command command) {
        told.add(command);
        return CompletableFuture.completedFuture("accepted");
    }

    private List<StoredFact> facts(int times) throws InterruptedException {
        log.tellMany(times);
        return log.open(0).next(times, Duration.ZERO);
    }
}
