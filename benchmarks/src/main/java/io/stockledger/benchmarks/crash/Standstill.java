package io.stockledger.benchmarks.crash;

import io.stockledger.benchmarks.Benchmark;
import io.stockledger.benchmarks.Figure;
import io.stockledger.benchmarks.Goal;
import io.stockledger.benchmarks.Verdict;
import io.stockledger.benchmarks.Workbench;
import io.stockledger.benchmarks.service.SteadyReservations;
import io.stockledger.benchmarks.service.SteadyReservations.Seen;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The database stands still for a moment while reservations keep coming, as with a slow disk: is what has gathered
 * meanwhile worked off, or does the service stay behind?
 */
public final class Standstill implements Benchmark {

    private static final Duration BEFORE = Duration.ofSeconds(2);
    private static final Duration STILL = Duration.ofSeconds(2);
    private static final Duration AFTER = Duration.ofSeconds(16);
    private static final long WELL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long WELL_FOR_NANOS = TimeUnit.SECONDS.toNanos(1);

    @Override
    public String name() {
        return "standstill";
    }

    @Override
    public String shows() {
        return "how long after the database stood still for 2 s, at half load, all is as before";
    }

    @Override
    public Verdict run(Workbench bench) throws Exception {
        SteadyReservations reservations = SteadyReservations.atHalfLoad(bench, name());
        bench.progress().say("half load, and the database stands still for " + STILL.toSeconds() + " s");
        CompletableFuture<Long> wokenAt = standStill(bench.postgres().pid());
        reservations.run(BEFORE.plus(STILL).plus(AFTER));
        double seconds = wellAgain(reservations.seen(), wokenAt.get()) / 1e9;
        return new Verdict(
                List.of(
                        Figure.of("until seen within 50 ms again, for a second", "s", seconds, Goal.atMost(10)),
                        Figure.of("told to come again later", "times", (double) reservations.busy(), Goal.none()),
                        Figure.of("told that the view is behind", "times", (double) reservations.behind(), Goal.none()),
                        Figure.never("not answered", reservations.failures())),
                bench.notes());
    }

    /** @return nano time at which it goes on */
    private static CompletableFuture<Long> standStill(long postgres) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                Thread.sleep(BEFORE.toMillis());
                PostgresProcesses.signal(postgres, "STOP");
                try {
                    Thread.sleep(STILL.toMillis());
                } finally {
                    PostgresProcesses.signal(postgres, "CONT");
                }
                return System.nanoTime();
            } catch (Exception e) {
                throw new IllegalStateException("the database could not be stopped and woken", e);
            }
        });
    }

    /** Nanoseconds after it was woken from which on nothing took long for a second; all of the time when that never came. */
    private static long wellAgain(List<Seen> seen, long wokenAt) {
        long well = wokenAt;
        List<Seen> inOrder = seen.stream()
                .filter(one -> one.acknowledgedAt() >= wokenAt)
                .sorted(Comparator.comparingLong(Seen::acknowledgedAt))
                .toList();
        for (Seen one : inOrder) {
            if (one.acknowledgedAt() - well >= WELL_FOR_NANOS) {
                return well - wokenAt;
            }
            if (one.tookNanos() > WELL_NANOS) {
                well = one.acknowledgedAt() + one.tookNanos();
            }
        }
        return AFTER.toNanos();
    }
}
