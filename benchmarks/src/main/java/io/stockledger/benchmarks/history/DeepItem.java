package io.stockledger.benchmarks.history;

import io.stockledger.benchmarks.Benchmark;
import io.stockledger.benchmarks.Figure;
import io.stockledger.benchmarks.Goal;
import io.stockledger.benchmarks.Verdict;
import io.stockledger.benchmarks.Workbench;
import io.stockledger.benchmarks.Workbench.Database;
import io.stockledger.benchmarks.load.Interleaved;
import io.stockledger.benchmarks.load.Load;
import io.stockledger.benchmarks.load.Measured;
import io.stockledger.benchmarks.load.Shop;
import io.stockledger.benchmarks.service.RunningLedger;
import io.stockledger.benchmarks.writer.InProcess;
import io.stockledger.v1.LedgerGrpc;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A reservation of an item with a long past against one of an item with nearly none. */
public final class DeepItem implements Benchmark {

    private static final int MANY = 1_000_000;
    private static final int FEW = 100_000;
    /** The last of so many facts is a command's, so that the ledger takes a snapshot: it does at each thousandth. */
    private static final int BETWEEN_COMMANDS = 20_000;

    private static final int DEEP = 1;
    private static final int SHALLOW = 2;
    private static final int SHALLOW_FACTS = 10;
    private static final double GOAL = 1.2;

    @Override
    public String name() {
        return "deep-item";
    }

    @Override
    public String shows() {
        return "a reservation with 1,000,000 facts behind the item (100,000 with --quick) against one with 10";
    }

    @Override
    public Verdict run(Workbench bench) throws Exception {
        int count = bench.pace().quick() ? FEW : MANY;
        Database database = bench.freshDatabase("deep");
        bench.progress().say("appending " + count + " facts of one item");
        try (InProcess ledger = new InProcess(database);
                Past past = new Past(database)) {
            ledger.seed(SHALLOW);
            past.move(Shop.sku(SHALLOW), SHALLOW_FACTS - 1);
            int made = 1;
            while (made < count) {
                int next = Math.min(count, made / BETWEEN_COMMANDS * BETWEEN_COMMANDS + BETWEEN_COMMANDS);
                past.move(Shop.sku(DEEP), next - made - 1);
                ledger.restock(DEEP);
                made = next;
            }
        }
        double[] first = firstAfterStart(bench, database);
        RunningLedger ledger = RunningLedger.startOn(bench, database, "deep");
        bench.progress().say("waiting for the views to take the past");
        ledger.awaitViews();
        Load deep = reserving(ledger, count + " facts behind the item", DEEP);
        Load shallow = reserving(ledger, SHALLOW_FACTS + " facts behind the item", SHALLOW);
        bench.progress().say("warming up");
        deep.run(bench.pace().warmUp().dividedBy(3));
        shallow.run(bench.pace().warmUp().dividedBy(3));
        Interleaved measured = Interleaved.run(List.of(deep, shallow), bench.pace(), bench.progress());
        Measured ours = measured.of(deep);
        Measured floor = measured.of(shallow);
        bench.note(count + " facts; both items take as many reservations during the measurement");
        return new Verdict(
                List.of(
                        Figure.against("reserve p50, deep ÷ shallow", "ms", ours.p50(), floor.p50(), Goal.atMost(GOAL)),
                        Figure.against("reserve p99, deep ÷ shallow", "ms", ours.p99(), floor.p99(), Goal.none()),
                        Figure.against(
                                "first reservation after a start, deep ÷ shallow",
                                "ms",
                                first[0],
                                first[1],
                                Goal.none()),
                        Figure.never("not accepted", ours.failures() + floor.failures())),
                bench.notes());
    }

    /** Milliseconds of the deep and of the shallow item's first; one before, of neither, has the code loaded. */
    private static double[] firstAfterStart(Workbench bench, Database database) throws Exception {
        try (RunningLedger ledger = RunningLedger.startOn(bench, database, "deep")) {
            millis(ledger, SHALLOW + 1);
            double shallow = millis(ledger, SHALLOW);
            return new double[] {millis(ledger, DEEP), shallow};
        }
    }

    private static double millis(RunningLedger ledger, int item) {
        CompletableFuture<Double> answered = new CompletableFuture<>();
        long begin = System.nanoTime();
        ledger.client()
                .call(
                        LedgerGrpc.getReserveStockMethod(),
                        ledger.shop().reservationOf(item),
                        (answer, status, trailers) -> answered.complete((System.nanoTime() - begin) / 1e6));
        return answered.join();
    }

    private static Load reserving(RunningLedger ledger, String name, int item) {
        return ledger.unary(
                name, 1, LedgerGrpc.getReserveStockMethod(), () -> ledger.shop().reservationOf(item));
    }
}
