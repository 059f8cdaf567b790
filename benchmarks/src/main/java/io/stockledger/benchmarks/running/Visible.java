package io.stockledger.benchmarks.running;

import io.stockledger.benchmarks.Benchmark;
import io.stockledger.benchmarks.Figure;
import io.stockledger.benchmarks.Goal;
import io.stockledger.benchmarks.Verdict;
import io.stockledger.benchmarks.Workbench;
import io.stockledger.benchmarks.service.SteadyReservations;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** From the acknowledgement of a command to the answer that shows it, at half of what the service can take. */
public final class Visible implements Benchmark {

    private static final double GOAL_MILLIS = 50;
    /** Long enough for the database to begin and end a checkpoint, and to vacuum. */
    private static final int SLICES = 12;

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
        SteadyReservations reservations = SteadyReservations.atHalfLoad(bench, name());
        bench.progress().say("half load");
        reservations.run(bench.pace()
                .slice()
                .multipliedBy(bench.pace().quick() ? bench.pace().rounds() : SLICES));
        Histogram visible = new Histogram(TimeUnit.MINUTES.toMicros(2), 3);
        reservations.seen().forEach(one -> visible.recordValue(TimeUnit.NANOSECONDS.toMicros(one.tookNanos())));
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
                        Figure.never(
                                "not answered", reservations.busy() + reservations.behind() + reservations.failures())),
                bench.notes());
    }
}
