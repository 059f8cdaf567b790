package io.stockledger.benchmarks.floor;

import io.stockledger.benchmarks.Benchmark;
import io.stockledger.benchmarks.Figure;
import io.stockledger.benchmarks.Goal;
import io.stockledger.benchmarks.Verdict;
import io.stockledger.benchmarks.Workbench;
import io.stockledger.benchmarks.Workbench.Database;
import io.stockledger.benchmarks.load.Interleaved;
import io.stockledger.benchmarks.load.Load;
import io.stockledger.benchmarks.load.Measured;
import java.util.ArrayList;
import java.util.List;

/** The floors alone, all of them. */
public final class SqlFloors implements Benchmark {

    private static final List<Integer> CLIENTS = List.of(1, 16, 64);

    @Override
    public String name() {
        return "floors";
    }

    @Override
    public String shows() {
        return "what hand-written SQL does here: reservations as transactions (S), as single statements (S1), events"
                + " (I)";
    }

    @Override
    public Verdict run(Workbench bench) throws Exception {
        Database database = bench.floorDatabase();
        List<Load> loads = new ArrayList<>();
        for (int items : List.of(FloorTables.ITEMS, 1)) {
            for (int clients : bench.pace().quick() ? List.of(64) : CLIENTS) {
                loads.add(bench.floor(database, FloorScript.transaction(items), clients));
                loads.add(bench.floor(database, FloorScript.singleStatement(items), clients));
            }
        }
        for (int perTransaction : List.of(1, 100)) {
            for (int clients : bench.pace().quick() ? List.of(16) : List.of(1, 16)) {
                loads.add(bench.floor(database, FloorScript.events(perTransaction), clients));
            }
        }
        Interleaved measured = Interleaved.run(loads, bench.pace(), bench.progress());
        List<Figure> figures = new ArrayList<>();
        for (Load load : loads) {
            Measured median = measured.of(load);
            figures.add(Figure.of(load.name(), "1/s", median.perSecond(), Goal.none()));
            figures.add(Figure.of(load.name(), "p50 ms", median.p50(), Goal.none()));
            figures.add(Figure.of(load.name(), "p99 ms", median.p99(), Goal.none()));
        }
        return new Verdict(figures, bench.notes());
    }
}
