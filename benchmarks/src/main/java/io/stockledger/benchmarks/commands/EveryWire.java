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
import io.stockledger.benchmarks.service.Soon;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reservations by every wire, at every number of clients, against floor S at the same number. */
public final class EveryWire implements Benchmark {

    /** Twenty-four loads in turns take long enough. */
    private static final Duration SLICE = Duration.ofSeconds(2);

    /** At the most clients, REST is no slower than the same work in one transaction of SQL. */
    private static final double OF_THE_FLOOR = 1;

    private static final double OF_GRPC = 0.5;
    private static final double SOON = 0.5;

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
        int most = bench.pace().quick() ? 16 : 64;
        double restSoon = Soon.perSecond(
                bench, "restsoon", FloorTables.ITEMS, ledger -> ledger.rest(bench, "REST", most, FloorTables.ITEMS));
        double unarySoon = Soon.perSecond(
                bench, "unarysoon", FloorTables.ITEMS, ledger -> ledger.unary("gRPC unary", most, FloorTables.ITEMS));
        RunningLedger ledger = RunningLedger.start(bench, "wires", FloorTables.ITEMS);
        Map<Load, Load> floorOf = new LinkedHashMap<>();
        Map<Load, Load> unaryOf = new LinkedHashMap<>();
        List<Load> loads = new ArrayList<>();
        for (int items : List.of(FloorTables.ITEMS, 1)) {
            for (int clients : bench.pace().quick() ? List.of(16) : List.of(1, 16, 64)) {
                String what = (items == 1 ? ", hot item, " : ", 1,000 items, ") + clients + " clients";
                Load floor = bench.floor(floors, FloorScript.transaction(items), clients);
                loads.add(floor);
                Load unary = ledger.unary("gRPC unary" + what, clients, items);
                Load rest = ledger.rest(bench, "REST" + what, clients, items);
                for (Load ours :
                        List.of(unary, ledger.streaming(bench, "gRPC streaming" + what, clients, items), rest)) {
                    loads.add(ours);
                    floorOf.put(ours, floor);
                }
                unaryOf.put(rest, unary);
            }
        }
        bench.progress().say("warming up");
        for (Load ours : List.copyOf(floorOf.keySet()).subList(0, 3)) {
            ours.run(bench.pace().warmUp().dividedBy(3));
        }
        Pace pace = bench.pace().quick() ? bench.pace() : bench.pace().withSlice(SLICE);
        Interleaved measured = Interleaved.run(loads, pace, bench.progress());
        List<Figure> figures = new ArrayList<>();
        double unaryBest = 0;
        double restBest = 0;
        for (Load ours : floorOf.keySet()) {
            Measured median = measured.of(ours);
            Load floor = Objects.requireNonNull(floorOf.get(ours));
            boolean judged = unaryOf.containsKey(ours) && ours.name().endsWith(" " + most + " clients");
            figures.add(Figure.against(
                    ours.name(),
                    "1/s",
                    median.perSecond(),
                    measured.of(floor).perSecond(),
                    judged ? Goal.atLeast(OF_THE_FLOOR) : Goal.none()));
            figures.add(Figure.of(ours.name(), "p50 ms", median.p50(), Goal.none()));
            figures.add(Figure.of(ours.name(), "p99 ms", median.p99(), Goal.none()));
            figures.add(Figure.never(ours.name() + ", no answer", median.failures()));
            Load unary = unaryOf.get(ours);
            if (unary != null) {
                double beside = measured.of(unary).perSecond();
                figures.add(Figure.against(
                        ours.name() + " ÷ gRPC unary",
                        "1/s",
                        median.perSecond(),
                        beside,
                        judged ? Goal.atLeast(OF_GRPC) : Goal.none()));
                restBest = Math.max(restBest, median.perSecond());
                unaryBest = Math.max(unaryBest, beside);
            }
        }
        figures.add(Figure.against("REST soon ÷ at its best", "1/s", restSoon, restBest, Goal.atLeast(SOON)));
        figures.add(Figure.against("gRPC unary soon ÷ at its best", "1/s", unarySoon, unaryBest, Goal.atLeast(SOON)));
        return new Verdict(figures, bench.notes());
    }
}
