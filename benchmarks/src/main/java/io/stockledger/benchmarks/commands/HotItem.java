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

/** Everybody wants the same thing: where one command per transaction is bounded by the commit, and ours is not. */
public final class HotItem implements Benchmark {

    private static final int CLIENTS = 64;

    @Override
    public String name() {
        return "hot-item";
    }

    @Override
    public String shows() {
        return "64 clients reserve one item through gRPC, against 64 clients on one row in SQL";
    }

    @Override
    public Verdict run(Workbench bench) throws Exception {
        Database floors = bench.floorDatabase();
        RunningLedger ledger = RunningLedger.start(bench, "hot", FloorTables.ITEMS);
        Load ours = ledger.unary("ours, hot item", CLIENTS, 1);
        Load transaction = bench.floor(floors, FloorScript.transaction(1), CLIENTS);
        Load statement = bench.floor(floors, FloorScript.singleStatement(1), CLIENTS);
        bench.progress().say("warming up");
        ours.run(bench.pace().warmUp());
        Interleaved measured = Interleaved.run(List.of(transaction, ours, statement), bench.pace(), bench.progress());
        Measured hot = measured.of(ours);
        Measured floorS = measured.of(transaction);
        Measured floorS1 = measured.of(statement);
        return new Verdict(
                List.of(
                        Figure.against("gRPC unary ÷ S", "1/s", hot.perSecond(), floorS.perSecond(), Goal.atLeast(8)),
                        Figure.against("gRPC unary ÷ S1", "1/s", hot.perSecond(), floorS1.perSecond(), Goal.atLeast(4)),
                        Figure.against("p99 ÷ its p50", "ms", hot.p99(), hot.p50(), Goal.atMost(3)),
                        Figure.against("p99 ÷ p99 of S", "ms", hot.p99(), floorS.p99(), Goal.none()),
                        Figure.never("not accepted", hot.failures())),
                bench.notes());
    }
}
