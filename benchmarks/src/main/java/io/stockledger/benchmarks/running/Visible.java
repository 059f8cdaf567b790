package io.stockledger.benchmarks.running;

import io.stockledger.benchmarks.Benchmark;
import io.stockledger.benchmarks.Figure;
import io.stockledger.benchmarks.Goal;
import io.stockledger.benchmarks.Verdict;
import io.stockledger.benchmarks.Workbench;
import io.stockledger.benchmarks.floor.FloorTables;
import io.stockledger.benchmarks.load.LedgerClient;
import io.stockledger.benchmarks.load.Load;
import io.stockledger.benchmarks.load.Measured;
import io.stockledger.benchmarks.service.RunningLedger;
import io.stockledger.v1.Accepted;
import io.stockledger.v1.AvailabilityGrpc;
import io.stockledger.v1.Freshness;
import io.stockledger.v1.GetItemRequest;
import io.stockledger.v1.ItemAvailability;
import io.stockledger.v1.LedgerGrpc;
import io.stockledger.v1.ReserveStock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** From the acknowledgement of a command to the answer that shows it, at half of what the service can take. */
public final class Visible implements Benchmark {

    private static final int CLIENTS = 64;
    private static final long TICK_MILLIS = 5;
    /** More than a service that keeps up can ever have, and less than a phaser takes. */
    private static final int MOST_UNDER_WAY = 50_000;

    private static final double GOAL_MILLIS = 50;

    private final Histogram visible = new ConcurrentHistogram(TimeUnit.MINUTES.toMicros(2), 3);
    private final LongAdder failures = new LongAdder();
    private final Phaser underWay = new Phaser(1);

    @Override
    public String name() {
        return "visible";
    }

    @Override
    public String shows() {
        return "how long after its acknowledgement a reservation is seen in availability, at half load";
    }

    @Override
    public Verdict run(Workbench bench) throws Exception {
        RunningLedger ledger = RunningLedger.start(bench, "visible", FloorTables.ITEMS);
        Load full = ledger.unary("full load", CLIENTS, FloorTables.ITEMS);
        bench.progress().say("warming up");
        full.run(bench.pace().warmUp());
        Measured most = full.run(bench.pace().slice().multipliedBy(3));
        bench.progress().say("full load: " + most);
        bench.progress().say("warming up what asks for availability");
        offer(ledger, most.perSecond() / 2, bench.pace().slice());
        visible.reset();
        offer(
                ledger,
                most.perSecond() / 2,
                bench.pace().slice().multipliedBy(bench.pace().rounds()));
        bench.note("half load: " + Math.round(most.perSecond() / 2) + " reservations a second");
        return new Verdict(
                List.of(
                        Figure.of(
                                "acknowledged to visible, p99",
                                "ms",
                                visible.getValueAtPercentile(99) / 1e3,
                                Goal.atMost(GOAL_MILLIS)),
                        Figure.of(
                                "acknowledged to visible, p50",
                                "ms",
                                visible.getValueAtPercentile(50) / 1e3,
                                Goal.none()),
                        Figure.never("no answer", failures.sum())),
                bench.notes());
    }

    /** Whether it is answered or not. */
    private void offer(RunningLedger ledger, double perSecond, Duration time) throws InterruptedException {
        double perTick = perSecond * TICK_MILLIS / 1_000;
        long ticks = time.toMillis() / TICK_MILLIS;
        long begin = System.nanoTime();
        for (long tick = 0; tick < ticks; tick++) {
            long due = (long) (perTick * (tick + 1)) - (long) (perTick * tick);
            for (long i = 0; i < due; i++) {
                reserve(ledger, i == 0);
            }
            TimeUnit.NANOSECONDS.sleep(
                    begin + TimeUnit.MILLISECONDS.toNanos((tick + 1) * TICK_MILLIS) - System.nanoTime());
        }
        underWay.arriveAndAwaitAdvance();
    }

    private void reserve(RunningLedger ledger, boolean followUp) {
        if (underWay.getRegisteredParties() > MOST_UNDER_WAY) {
            failures.increment();
            return;
        }
        ReserveStock reservation = ledger.shop().reservation(FloorTables.ITEMS);
        LedgerClient client = ledger.client();
        underWay.register();
        client.<ReserveStock, Accepted>call(
                LedgerGrpc.getReserveStockMethod(), reservation, (accepted, status, trailers) -> {
                    if (accepted == null) {
                        failures.increment();
                    } else if (followUp) {
                        ask(client, reservation.getLines(0).getItem().getSku(), accepted.getPosition());
                    }
                    underWay.arriveAndDeregister();
                });
    }

    /** The answer to a question that wants this position seen is the moment at which it is visible. */
    private void ask(LedgerClient client, String sku, long position) {
        long acknowledged = System.nanoTime();
        GetItemRequest request = GetItemRequest.newBuilder()
                .setSku(sku)
                .setFreshness(Freshness.newBuilder().setAtLeastPosition(position))
                .build();
        underWay.register();
        client.<GetItemRequest, ItemAvailability>call(
                AvailabilityGrpc.getGetItemMethod(), request, (answer, status, trailers) -> {
                    if (answer == null) {
                        failures.increment();
                    } else {
                        visible.recordValue((System.nanoTime() - acknowledged) / 1_000);
                    }
                    underWay.arriveAndDeregister();
                });
    }
}
