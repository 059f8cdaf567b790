package io.stockledger.benchmarks.running;

import io.stockledger.benchmarks.Benchmark;
import io.stockledger.benchmarks.Figure;
import io.stockledger.benchmarks.Goal;
import io.stockledger.benchmarks.Verdict;
import io.stockledger.benchmarks.Workbench;
import io.stockledger.benchmarks.floor.FloorTables;
import io.stockledger.benchmarks.load.Load;
import io.stockledger.benchmarks.load.Measured;
import io.stockledger.benchmarks.load.SteadyReservations;
import io.stockledger.benchmarks.load.SteadyReservations.Seen;
import io.stockledger.benchmarks.service.RunningLedger;
import java.util.List;

/** From the acknowledgement of a command to the answer that shows it, at half of what the service can take. */
public final class Visible implements Benchmark {

    private static final int CLIENTS = 64;
    private static final double GOAL_MILLIS = 50;

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
        double half = most.perSecond() / 2;
        SteadyReservations reservations = new SteadyReservations(ledger.client(), ledger.shop(), FloorTables.ITEMS);
        bench.progress().say("warming up what asks for availability");
        reservations.run(half, bench.pace().slice());
        reservations.reset();
        reservations.run(half, bench.pace().slice().multipliedBy(bench.pace().rounds()));
        bench.note("half load: " + Math.round(half) + " reservations a second");
        double[] millis = reservations.seen().stream()
                .mapToDouble(Seen::tookNanos)
                .map(nanos -> nanos / 1e6)
                .sorted()
                .toArray();
        return new Verdict(
                List.of(
                        Figure.of(
                                "acknowledged to visible, p99",
                                "ms",
                                millis[(int) (millis.length * 0.99)],
                                Goal.atMost(GOAL_MILLIS)),
                        Figure.of("acknowledged to visible, p50", "ms", millis[millis.length / 2], Goal.none()),
                        Figure.never(
                                "not answered", reservations.busy() + reservations.behind() + reservations.failures())),
                bench.notes());
    }
}
