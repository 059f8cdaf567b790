package io.stockledger.benchmarks.service;

import io.grpc.Status;
import io.stockledger.benchmarks.Workbench;
import io.stockledger.benchmarks.floor.FloorTables;
import io.stockledger.benchmarks.load.Load;
import io.stockledger.v1.Accepted;
import io.stockledger.v1.AvailabilityGrpc;
import io.stockledger.v1.Freshness;
import io.stockledger.v1.GetItemRequest;
import io.stockledger.v1.ItemAvailability;
import io.stockledger.v1.LedgerGrpc;
import io.stockledger.v1.ReserveStock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Reservations that come at half of what the service can take, whether they are answered or not. After one of each tick it is asked for the
 * item's availability at the position of the acknowledgement: the answer is the moment at which it is visible.
 */
public final class SteadyReservations {

    private static final int CLIENTS = 64;
    private static final long TICK_MILLIS = 5;
    /** More than a service that keeps up can ever have, and less than a phaser takes. */
    private static final int MOST_UNDER_WAY = 50_000;

    private final RunningLedger ledger;
    private final double perSecond;
    private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
    private final LongAdder busy = new LongAdder();
    private final LongAdder behind = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final Phaser underWay = new Phaser(1);

    /**
     * @param acknowledgedAt nano time
     * @param tookNanos from the acknowledgement to the answer that shows it, or says that the view is not as far yet
     */
    public record Seen(long acknowledgedAt, long tookNanos) {}

    private SteadyReservations(RunningLedger ledger, double perSecond) {
        this.ledger = ledger;
        this.perSecond = perSecond;
    }

    /** On a service of its own, of which the full load was measured, and which is warm for both kinds of call. */
    public static SteadyReservations atHalfLoad(Workbench bench, String name) throws Exception {
        RunningLedger ledger = RunningLedger.start(bench, name, FloorTables.ITEMS);
        Load full = ledger.unary("full load", CLIENTS, FloorTables.ITEMS);
        bench.progress().say("warming up");
        full.run(bench.pace().warmUp());
        double half = full.run(bench.pace().slice().multipliedBy(3)).perSecond() / 2;
        bench.note("half load: " + Math.round(half) + " reservations a second");
        SteadyReservations reservations = new SteadyReservations(ledger, half);
        bench.progress().say("warming up what asks for availability");
        reservations.run(bench.pace().slice());
        reservations.reset();
        return reservations;
    }

    /** Returns when the time is over and all are answered. */
    public void run(Duration time) throws InterruptedException {
        double perTick = perSecond * TICK_MILLIS / 1_000;
        long ticks = time.toMillis() / TICK_MILLIS;
        long begin = System.nanoTime();
        for (long tick = 0; tick < ticks; tick++) {
            long due = (long) (perTick * (tick + 1)) - (long) (perTick * tick);
            for (long i = 0; i < due; i++) {
                reserve(i == 0);
            }
            TimeUnit.NANOSECONDS.sleep(
                    begin + TimeUnit.MILLISECONDS.toNanos((tick + 1) * TICK_MILLIS) - System.nanoTime());
        }
        underWay.arriveAndAwaitAdvance();
    }

    private void reset() {
        seen.clear();
        busy.reset();
        behind.reset();
        failures.reset();
    }

    public List<Seen> seen() {
        return List.copyOf(seen);
    }

    /** Reservations that were told to come again later. */
    public long busy() {
        return busy.sum();
    }

    /** Questions that were told that the view is not as far in time. */
    public long behind() {
        return behind.sum();
    }

    /** Calls that were answered in no way that a healthy service answers. */
    public long failures() {
        return failures.sum();
    }

    private void reserve(boolean followUp) {
        if (underWay.getRegisteredParties() > MOST_UNDER_WAY) {
            failures.increment();
            return;
        }
        ReserveStock reservation = ledger.shop().reservation(FloorTables.ITEMS);
        underWay.register();
        ledger.client()
                .<ReserveStock, Accepted>call(
                        LedgerGrpc.getReserveStockMethod(), reservation, (accepted, status, trailers) -> {
                            if (accepted == null) {
                                (status.getCode() == Status.Code.RESOURCE_EXHAUSTED ? busy : failures).increment();
                            } else if (followUp) {
                                ask(reservation.getLines(0).getItem().getSku(), accepted.getPosition());
                            }
                            underWay.arriveAndDeregister();
                        });
    }

    private void ask(String sku, long position) {
        long acknowledged = System.nanoTime();
        GetItemRequest request = GetItemRequest.newBuilder()
                .setSku(sku)
                .setFreshness(Freshness.newBuilder().setAtLeastPosition(position))
                .build();
        underWay.register();
        ledger.client()
                .<GetItemRequest, ItemAvailability>call(
                        AvailabilityGrpc.getGetAvailabilityMethod(), request, (answer, status, trailers) -> {
                            if (answer != null || status.getCode() == Status.Code.DEADLINE_EXCEEDED) {
                                seen.add(new Seen(acknowledged, System.nanoTime() - acknowledged));
                            }
                            if (answer == null) {
                                (status.getCode() == Status.Code.DEADLINE_EXCEEDED ? behind : failures).increment();
                            }
                            underWay.arriveAndDeregister();
                        });
    }
}
