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

/** A lone caller waits for nobody. */
public final class OneClient implements Benchmark {

    @Override
    public String name() {
        return "one-client";
    }

    @Override
    public String shows() {
        return "what one client alone waits for a reservation, against the same in SQL";
    }

    @Override
    public Verdict run(Workbench bench) throws Exception {
        Database floors = bench.floorDatabase();
        RunningLedger ledger = RunningLedger.start(bench, "lone", FloorTables.ITEMS);
        Load unary = ledger.unary("ours, gRPC unary, 1 client", 1, FloorTables.ITEMS);
        Load rest = ledger.rest(bench, "ours, REST, 1 client", 1, FloorTables.ITEMS);
        Load transaction = bench.floor(floors, FloorScript.transaction(FloorTables.ITEMS), 1);
        bench.progress().say("warming up");
        ledger.unary("warm-up", 16, FloorTables.ITEMS).run(bench.pace().warmUp().dividedBy(2));
        rest.run(bench.pace().warmUp().dividedBy(2));
        Interleaved measured = Interleaved.run(List.of(transaction, unary, rest), bench.pace(), bench.progress());
        Measured ours = measured.of(unary);
        Measured floor = measured.of(transaction);
        return new Verdict(
                List.of(
                        Figure.against("gRPC unary p50", "ms", ours.p50(), floor.p50(), Goal.atMost(2)),
                        Figure.against("gRPC unary p99", "ms", ours.p99(), floor.p99(), Goal.none()),
                        Figure.against("REST p50", "ms", measured.of(rest).p50(), floor.p50(), Goal.none())),
                bench.notes());
    }
}
