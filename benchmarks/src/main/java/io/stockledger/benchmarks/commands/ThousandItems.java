package io.stockledger.benchmarks.commands;

import io.stockledger.benchmarks.Benchmark;
import io.stockledger.benchmarks.Figure;
import io.stockledger.benchmarks.Goal;
import io.stockledger.benchmarks.Verdict;
import io.stockledger.benchmarks.Workbench;
import io.stockledger.benchmarks.Workbench.Database;
import io.stockledger.benchmarks.floor.FloorScript;
import io.stockledger.benchmarks.floor.FloorTables;
import io.stockledger.benchmarks.load.Interleaved;
import io.stockledger.benchmarks.load.Load;
import io.stockledger.benchmarks.load.Measured;
import io.stockledger.benchmarks.service.RunningLedger;
import java.util.List;

/** Reservations spread over many items: where SQL is at its best. */
public final class ThousandItems implements Benchmark {

    private static final int CLIENTS = 64;

    @Override
    public String name() {
        return "thousand-items";
    }

    @Override
    public String shows() {
        return "64 clients reserve any of 1,000 items through gRPC, unary and streaming, against the same in SQL";
    }

    @Override
    public Verdict run(Workbench bench) throws Exception {
        Database floors = bench.floorDatabase();
        RunningLedger ledger = RunningLedger.start(bench, "thousand", FloorTables.ITEMS);
        Load unary = ledger.unary("ours, gRPC unary", CLIENTS, FloorTables.ITEMS);
        Load streaming = ledger.streaming(bench, "ours, gRPC streaming", CLIENTS, FloorTables.ITEMS);
        Load transaction = bench.floor(floors, FloorScript.transaction(FloorTables.ITEMS), CLIENTS);
        Load statement = bench.floor(floors, FloorScript.singleStatement(FloorTables.ITEMS), CLIENTS);
        bench.progress().say("warming up");
        unary.run(bench.pace().warmUp().dividedBy(2));
        streaming.run(bench.pace().warmUp().dividedBy(2));
        Interleaved measured =
                Interleaved.run(List.of(transaction, unary, statement, streaming), bench.pace(), bench.progress());
        Measured one = measured.of(unary);
        Measured piped = measured.of(streaming);
        double floorS = measured.of(transaction).perSecond();
        double floorS1 = measured.of(statement).perSecond();
        return new Verdict(
                List.of(
                        Figure.against("gRPC unary ÷ S", "1/s", one.perSecond(), floorS, Goal.atLeast(1)),
                        Figure.against("gRPC streaming ÷ S", "1/s", piped.perSecond(), floorS, Goal.atLeast(2)),
                        Figure.against("gRPC streaming ÷ S1", "1/s", piped.perSecond(), floorS1, Goal.atLeast(1)),
                        Figure.of("gRPC unary p50", "ms", one.p50(), Goal.none()),
                        Figure.of("gRPC unary p99", "ms", one.p99(), Goal.none()),
                        Figure.never("not accepted", one.failures() + piped.failures())),
                bench.notes());
    }
}
