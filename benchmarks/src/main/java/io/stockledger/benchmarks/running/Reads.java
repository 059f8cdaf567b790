package io.stockledger.benchmarks.running;

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
import io.stockledger.benchmarks.service.Soon;
import io.stockledger.v1.AvailabilityGrpc;
import io.stockledger.v1.GetItemRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

/** Questions for availability, alone and while others reserve, against reading a row by its key in SQL. */
public final class Reads implements Benchmark {

    private static final int CLIENTS = 16;

    /** An answer holds every location of the item with what may be promised there; SQL's floor is one row. */
    private static final double OF_SQL = 0.25;

    private static final double OF_GRPC = 0.5;
    private static final double SOON = 0.5;

    @Override
    public String name() {
        return "reads";
    }

    @Override
    public String shows() {
        return "availability answers to 16 clients on both wires, alone and while 16 others reserve, against a read by key in SQL";
    }

    @Override
    public Verdict run(Workbench bench) throws Exception {
        Database floors = bench.floorDatabase();
        double restSoon = Soon.perSecond(
                bench, "readsoon", FloorTables.ITEMS, ledger -> asking(bench, ledger, "REST availability"));
        RunningLedger ledger = RunningLedger.start(bench, "reads", FloorTables.ITEMS);
        Load floor = bench.floor(floors, FloorScript.read(FloorTables.ITEMS), CLIENTS);
        Load alone = ledger.unary(
                "availability, 16 clients",
                CLIENTS,
                AvailabilityGrpc.getGetAvailabilityMethod(),
                () -> GetItemRequest.newBuilder()
                        .setSku(Shop.sku(1 + ThreadLocalRandom.current().nextInt(FloorTables.ITEMS)))
                        .build());
        Load rest = asking(bench, ledger, "REST availability, 16 clients");
        Load writes = ledger.unary("reservations, 16 clients", CLIENTS, FloorTables.ITEMS);
        ExecutorService besides = Executors.newSingleThreadExecutor();
        bench.using(besides::shutdownNow);
        Load under = new Under("availability, 16 clients, while 16 reserve", alone, writes, besides);
        bench.progress().say("warming up");
        under.run(bench.pace().warmUp());
        rest.run(bench.pace().warmUp().dividedBy(2));
        Interleaved measured =
                Interleaved.run(List.of(floor, alone, rest, under, writes), bench.pace(), bench.progress());
        Measured byKey = measured.of(floor);
        Measured reads = measured.of(alone);
        Measured overRest = measured.of(rest);
        Measured busy = measured.of(under);
        return new Verdict(
                List.of(
                        Figure.against(
                                "alone ÷ a read by key",
                                "1/s",
                                reads.perSecond(),
                                byKey.perSecond(),
                                Goal.atLeast(OF_SQL)),
                        Figure.against(
                                "REST alone ÷ gRPC",
                                "1/s",
                                overRest.perSecond(),
                                reads.perSecond(),
                                Goal.atLeast(OF_GRPC)),
                        Figure.against("REST soon ÷ alone", "1/s", restSoon, overRest.perSecond(), Goal.atLeast(SOON)),
                        Figure.against("under writes ÷ alone", "1/s", busy.perSecond(), reads.perSecond(), Goal.none()),
                        Figure.of("alone p50", "ms", reads.p50(), Goal.none()),
                        Figure.of("alone p99", "ms", reads.p99(), Goal.none()),
                        Figure.of("REST alone p50", "ms", overRest.p50(), Goal.none()),
                        Figure.of("REST alone p99", "ms", overRest.p99(), Goal.none()),
                        Figure.of("under writes p50", "ms", busy.p50(), Goal.none()),
                        Figure.of("under writes p99", "ms", busy.p99(), Goal.none()),
                        Figure.never("no answer", reads.failures() + overRest.failures() + busy.failures())),
                bench.notes());
    }

    private static Load asking(Workbench bench, RunningLedger ledger, String name) {
        return ledger.asking(
                bench,
                name,
                CLIENTS,
                () -> "/v1/availability/items/"
                        + Shop.sku(1 + ThreadLocalRandom.current().nextInt(FloorTables.ITEMS)));
    }

    /** A load while another runs beside it; only the first is measured, but the other's failures count. */
    private record Under(String name, Load load, Load beside, ExecutorService thread) implements Load {

        @Override
        public Measured run(Duration slice) throws Exception {
            Future<Measured> running = thread.submit(() -> beside.run(slice));
            Measured measured = load.run(slice);
            return new Measured(
                    measured.perSecond(),
                    measured.p50(),
                    measured.p99(),
                    measured.most(),
                    measured.failures() + running.get().failures());
        }
    }
}
