package io.stockledger.benchmarks.writer;

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
import java.util.List;

/** The one writer without wires and views, so that what they cost can be told from what it costs. */
public final class WriterAlone implements Benchmark {

    private static final int CLIENTS = 64;

    @Override
    public String name() {
        return "writer";
    }

    @Override
    public String shows() {
        return "reservations decided and appended in process, without wires and views, against floors S and S1";
    }

    @Override
    public Verdict run(Workbench bench) throws Exception {
        Database floors = bench.floorDatabase();
        InProcess ledger = bench.using(new InProcess(bench.freshDatabase("writer")));
        ledger.seed(FloorTables.ITEMS);
        Load cold = ledger.reservations("ours, 1,000 items", CLIENTS, FloorTables.ITEMS);
        Load hot = ledger.reservations("ours, hot item", CLIENTS, 1);
        Load deep = ledger.reservations("ours, 1,000 items, 512 clients", 512, FloorTables.ITEMS);
        Load transaction = bench.floor(floors, FloorScript.transaction(FloorTables.ITEMS), CLIENTS);
        Load hotTransaction = bench.floor(floors, FloorScript.transaction(1), CLIENTS);
        bench.progress().say("warming up");
        cold.run(bench.pace().warmUp());
        Interleaved measured =
                Interleaved.run(List.of(transaction, cold, hotTransaction, hot, deep), bench.pace(), bench.progress());
        return new Verdict(
                List.of(
                        Figure.against(
                                "hot item, 64 clients",
                                "1/s",
                                measured.of(hot).perSecond(),
                                measured.of(hotTransaction).perSecond(),
                                Goal.none()),
                        Figure.against(
                                "1,000 items, 64 clients",
                                "1/s",
                                measured.of(cold).perSecond(),
                                measured.of(transaction).perSecond(),
                                Goal.none()),
                        Figure.of(
                                "1,000 items, 512 clients",
                                "1/s",
                                measured.of(deep).perSecond(),
                                Goal.none()),
                        Figure.of(
                                "hot item, 64 clients",
                                "p50 ms",
                                measured.of(hot).p50(),
                                Goal.none()),
                        Figure.of(
                                "hot item, 64 clients",
                                "p99 ms",
                                measured.of(hot).p99(),
                                Goal.none())),
                bench.notes());
    }
}
