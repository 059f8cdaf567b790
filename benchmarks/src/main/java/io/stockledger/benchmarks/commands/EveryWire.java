package io.stockledger.benchmarks.commands;

import io.stockledger.benchmarks.Benchmark;
import io.stockledger.benchmarks.Figure;
import io.stockledger.benchmarks.Goal;
import io.stockledger.benchmarks.Pace;
import io.stockledger.benchmarks.Verdict;
import io.stockledger.benchmarks.Workbench;
import io.stockledger.benchmarks.Workbench.Database;
import io.stockledger.benchmarks.floor.FloorScript;
import io.stockledger.benchmarks.floor.FloorTables;
import io.stockledger.benchmarks.load.Interleaved;
import io.stockledger.benchmarks.load.Load;
import io.stockledger.benchmarks.load.Measured;
import io.stockledger.benchmarks.service.RunningLedger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reservations by every wire, at every number of clients, against floor S at the same number. */
public final class EveryWire implements Benchmark {

    /** Twenty-four loads in turns take long enough. */
    private static final Duration SLICE = Duration.ofSeconds(2);

    @Override
    public String name() {
        return "every-wire";
    }

    @Override
    public String shows() {
        return "reservations through gRPC unary, gRPC streaming and REST at 1, 16 and 64 clients, 1,000 items and one";
    }

    @Override
    public Verdict run(Workbench bench) throws Exception {
        Database floors = bench.floorDatabase();
        RunningLedger ledger = RunningLedger.start(bench, "wires", FloorTables.ITEMS);
        Map<Load, Load> floorOf = new LinkedHashMap<>();
        List<Load> loads = new ArrayList<>();
        for (int items : List.of(FloorTables.ITEMS, 1)) {
            for (int clients : bench.pace().quick() ? List.of(16) : List.of(1, 16, 64)) {
                String what = (items == 1 ? ", hot item, " : ", 1,000 items, ") + clients + " clients";
                Load floor = bench.floor(floors, FloorScript.transaction(items), clients);
                loads.add(floor);
                for (Load ours : List.of(
                        ledger.unary("gRPC unary" + what, clients, items),
                        ledger.streaming(bench, "gRPC streaming" + what, clients, items),
                        ledger.rest(bench, "REST" + what, clients, items))) {
                    loads.add(ours);
                    floorOf.put(ours, floor);
                }
            }
        }
        bench.progress().say("warming up");
        for (Load ours : List.copyOf(floorOf.keySet()).subList(0, 3)) {
            ours.run(bench.pace().warmUp().dividedBy(3));
        }
        Pace pace = bench.pace().quick() ? bench.pace() : bench.pace().withSlice(SLICE);
        Interleaved measured = Interleaved.run(loads, pace, bench.progress());
        List<Figure> figures = new ArrayList<>();
        floorOf.forEach((ours, floor) -> {
            Measured median = measured.of(ours);
            figures.add(Figure.against(
                    ours.name(), "1/s", median.perSecond(), measured.of(floor).perSecond(), Goal.none()));
            figures.add(Figure.of(ours.name(), "p50 ms", median.p50(), Goal.none()));
            figures.add(Figure.of(ours.name(), "p99 ms", median.p99(), Goal.none()));
        });
        return new Verdict(figures, bench.notes());
    }
}
