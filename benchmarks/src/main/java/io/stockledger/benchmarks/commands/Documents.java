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
import io.stockledger.benchmarks.load.Shop;
import io.stockledger.benchmarks.service.RunningLedger;
import io.stockledger.v1.Command;
import io.stockledger.v1.LedgerGrpc;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** The other documents of a day: sales, receipts, and a mix as shops send it. */
public final class Documents implements Benchmark {

    private static final int CLIENTS = 64;
    private static final int ITEMS = FloorTables.ITEMS;

    @Override
    public String name() {
        return "documents";
    }

    @Override
    public String shows() {
        return "sales of three lines, receipts and a mix (70 % sales, 20 % reservations, 10 % receipts) through gRPC";
    }

    @Override
    public Verdict run(Workbench bench) throws Exception {
        Database floors = bench.floorDatabase();
        RunningLedger ledger = RunningLedger.start(bench, "documents", ITEMS);
        Shop shop = ledger.shop();
        Load floor = bench.floor(floors, FloorScript.transaction(ITEMS), CLIENTS);
        List<Load> ours = List.of(
                ledger.unary("sale of 3 lines", CLIENTS, LedgerGrpc.getRecordSaleMethod(), () -> shop.sale(ITEMS)),
                ledger.unary(
                        "receipt of 1 line",
                        CLIENTS,
                        LedgerGrpc.getReceiveGoodsMethod(),
                        () -> shop.receipt(1 + ThreadLocalRandom.current().nextInt(ITEMS), "12")),
                ledger.streaming(bench, "a mix, streaming", CLIENTS, () -> mixed(shop)));
        bench.progress().say("warming up");
        for (Load load : ours) {
            load.run(bench.pace().warmUp().dividedBy(3));
        }
        List<Load> loads = new ArrayList<>(ours);
        loads.add(0, floor);
        Interleaved measured = Interleaved.run(loads, bench.pace(), bench.progress());
        double floorS = measured.of(floor).perSecond();
        List<Figure> figures = new ArrayList<>();
        long failures = 0;
        for (Load load : ours) {
            Measured median = measured.of(load);
            failures += median.failures();
            figures.add(Figure.against(load.name() + " ÷ S", "1/s", median.perSecond(), floorS, Goal.none()));
            figures.add(Figure.of(load.name() + ", p50", "ms", median.p50(), Goal.none()));
            figures.add(Figure.of(load.name() + ", p99", "ms", median.p99(), Goal.none()));
        }
        figures.add(Figure.never("not accepted", failures));
        return new Verdict(figures, bench.notes());
    }

    private static Command mixed(Shop shop) {
        int percent = ThreadLocalRandom.current().nextInt(100);
        Command.Builder command = Command.newBuilder();
        if (percent < 70) {
            command.setRecordSale(shop.sale(ITEMS));
        } else if (percent < 90) {
            command.setReserveStock(shop.reservation(ITEMS));
        } else {
            command.setReceiveGoods(shop.receipt(1 + ThreadLocalRandom.current().nextInt(ITEMS), "12"));
        }
        return command.build();
    }
}
