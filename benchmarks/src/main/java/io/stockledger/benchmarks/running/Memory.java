package io.stockledger.benchmarks.running;

import io.stockledger.benchmarks.Benchmark;
import io.stockledger.benchmarks.Figure;
import io.stockledger.benchmarks.Goal;
import io.stockledger.benchmarks.Verdict;
import io.stockledger.benchmarks.Workbench;
import io.stockledger.benchmarks.floor.FloorTables;
import io.stockledger.benchmarks.load.Load;
import io.stockledger.benchmarks.load.Measured;
import io.stockledger.benchmarks.service.RunningLedger;
import io.stockledger.v1.LedgerGrpc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Sales at full load, for as long as it takes to see memory grow. */
public final class Memory implements Benchmark {

    private static final int CLIENTS = 64;
    /** Also while it is attacked. */
    public static final double GOAL_MEGABYTES = 512;

    private static final double FLAT = 1.1;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String shows() {
        return "resident memory of the service while 64 clients sell for 30 minutes (20 seconds with --quick)";
    }

    @Override
    public Verdict run(Workbench bench) throws Exception {
        RunningLedger ledger = RunningLedger.start(bench, "memory", FloorTables.ITEMS);
        Load sales = ledger.unary(
                "sales of 3 lines",
                CLIENTS,
                LedgerGrpc.getRecordSaleMethod(),
                () -> ledger.shop().sale(FloorTables.ITEMS));
        int slices = bench.pace().quick() ? 10 : 180;
        Duration slice = Duration.ofSeconds(bench.pace().quick() ? 2 : 10);
        List<Double> resident = new ArrayList<>();
        long failures = 0;
        for (int i = 1; i <= slices; i++) {
            Measured one = sales.run(slice);
            failures += one.failures();
            resident.add(ledger.process().residentMegabytes());
            bench.progress().say(Math.round(resident.get(i - 1)) + " MB after " + i * slice.toSeconds() + " s, " + one);
        }
        double most = resident.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        double atTwoThirds = resident.get(slices * 2 / 3 - 1);
        double last = resident.get(slices - 1);
        return new Verdict(
                List.of(
                        Figure.of("resident, most", "MB", most, Goal.atMost(GOAL_MEGABYTES)),
                        Figure.against(
                                "resident at the end ÷ at two thirds", "MB", last, atTwoThirds, Goal.atMost(FLAT)),
                        Figure.never("not accepted", failures)),
                bench.notes());
    }
}
