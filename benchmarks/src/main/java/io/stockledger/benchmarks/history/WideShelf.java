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
import io.stockledger.v1.AvailabilityGrpc;
import io.stockledger.v1.GetItemRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Availability of one item among very many against the same among few. */
public final class WideShelf implements Benchmark {

    private static final int MANY = 1_000_000;
    private static final int MANY_QUICK = 200_000;
    private static final int FEW = 1_000;
    private static final int LOCATIONS = 4;
    private static final double GOAL = 1.5;

    @Override
    public String name() {
        return "wide-shelf";
    }

    @Override
    public String shows() {
        return "availability of one item with 1,000,000 SKU and location rows (200,000 with --quick) against 1,000";
    }

    @Override
    public Verdict run(Workbench bench) throws Exception {
        int rows = bench.pace().quick() ? MANY_QUICK : MANY;
        Load wide = asking(bench, "wide", rows);
        Load narrow = asking(bench, "narrow", FEW);
        bench.progress().say("warming up");
        wide.run(bench.pace().warmUp().dividedBy(3));
        narrow.run(bench.pace().warmUp().dividedBy(3));
        Interleaved measured = Interleaved.run(List.of(wide, narrow), bench.pace(), bench.progress());
        Measured ours = measured.of(wide);
        Measured floor = measured.of(narrow);
        bench.note(rows + " rows of availability against " + FEW
                + ", put into the view's table by SQL; each item is at " + LOCATIONS + " locations");
        return new Verdict(
                List.of(
                        Figure.against(
                                "availability p50, wide ÷ narrow", "ms", ours.p50(), floor.p50(), Goal.atMost(GOAL)),
                        Figure.against("availability p99, wide ÷ narrow", "ms", ours.p99(), floor.p99(), Goal.none()),
                        Figure.never("no answer", ours.failures() + floor.failures())),
                bench.notes());
    }

    private static Load asking(Workbench bench, String name, int rows) throws Exception {
        Database database = bench.freshDatabase(name);
        RunningLedger ledger = RunningLedger.startOn(bench, database, name);
        bench.progress().say("filling the view with " + rows + " rows");
        int items = rows / LOCATIONS;
        fill(database, items);
        return ledger.unary(
                rows + " rows",
                1,
                AvailabilityGrpc.getGetAvailabilityMethod(),
                () -> GetItemRequest.newBuilder()
                        .setSku(Shop.sku(1 + ThreadLocalRandom.current().nextInt(items)))
                        .build());
    }

    private static void fill(Database database, int items) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO item SELECT 'sku-' || i, 'Item ' || i, 'piece', 1 FROM generate_series(1, "
                    + items + ") i");
            statement.execute("INSERT INTO stock_level SELECT 'sku-' || i, 'berlin-' || l, 'piece',"
                    + " '{\"sellable\": 7, \"supplier\": -7}', 0, 1, NULL"
                    + " FROM generate_series(1, " + items + ") i, generate_series(1, " + LOCATIONS + ") l");
            statement.execute("VACUUM ANALYZE item, stock_level");
        }
    }
}
