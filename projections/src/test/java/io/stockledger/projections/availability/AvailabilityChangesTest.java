package io.stockledger.projections.availability;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.stockledger.projections.FactLog;
import io.stockledger.projections.TestViews;
import io.stockledger.projections.availability.AvailabilityChanges.Changed;
import io.stockledger.projections.availability.AvailabilityChanges.Watch;
import io.stockledger.projections.view.Freshness;
import io.stockledger.projections.view.Views;
import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.stock.StockFact.SafetyStockSet;
import io.stockledger.stock.StockState;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AvailabilityChangesTest {

    private final FactLog log = new FactLog();
    private HikariDataSource database;
    private Views views;
    private AvailabilityChanges changes;

    @BeforeEach
    void open() {
        database = TestViews.database();
        views = TestViews.start(database, log, 1_000, new AvailabilityView());
        changes = new AvailabilityChanges(views);
    }

    @AfterEach
    void close() {
        views.close();
        database.close();
    }

    @Test
    void aWatcherIsWokenAndToldOnlyWhatItAskedFor() throws InterruptedException {
        Semaphore woken = new Semaphore(0);
        Set<StockKey> told = new HashSet<>();
        try (Watch watch = changes.watch(key -> key.location().equals("berlin"), woken::release)) {
            set("0001", "berlin", 1);
            set("0001", "hall", 1);
            long last = set("a@b", "berlin", 1);
            long position = 0;
            while (position < last) {
                assertThat(woken.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
                Changed changed = watch.take();
                assertThat(changed.resync()).isFalse();
                told.addAll(changed.keys());
                position = Math.max(position, changed.position());
            }
            assertThat(watch.take().isEmpty()).isTrue();
        }
        assertThat(told).containsExactlyInAnyOrder(new StockKey("0001", "berlin"), new StockKey("a@b", "berlin"));
        assertThat(woken.availablePermits()).isZero();
    }

    @Test
    void aSlowWatcherGetsWhatItMissedOnceAndPastTheBoundIsToldToReadAnew() {
        try (Watch watch = changes.watch(key -> true, () -> {})) {
            for (int round = 0; round < 5; round++) {
                set("0001", "berlin", round);
            }
            seen();
            assertThat(watch.take().keys()).containsExactly(new StockKey("0001", "berlin"));
            IntStream.rangeClosed(0, AvailabilityChanges.MOST_WAITING).forEach(i -> set("sku-" + i, "berlin", i));
            seen();
            Changed changed = watch.take();
            assertThat(changed.resync()).isTrue();
            assertThat(changed.keys()).isEmpty();
            assertThat(changed.position()).isEqualTo(log.head());
            set("0001", "berlin", 7);
            seen();
            assertThat(watch.take().resync()).isFalse();
        }
    }

    @Test
    void aClosedWatchIsToldNothing() {
        Watch watch = changes.watch(key -> true, () -> {});
        watch.close();
        set("0001", "berlin", 1);
        seen();
        assertThat(watch.take().isEmpty()).isTrue();
    }

    private long set(String sku, String location, int quantity) {
        return log.append(
                StockState.STREAM.stream(StockState.key(sku, location)),
                new SafetyStockSet(sku, location, Quantity.of(quantity, Unit.PIECE)),
                Instant.EPOCH);
    }

    private void seen() {
        views.awaitPosition(AvailabilityView.NAME, log.head(), Freshness.LONGEST_WAIT);
    }
}
