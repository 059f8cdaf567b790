package io.stockledger.benchmarks.hostile;

import io.stockledger.benchmarks.Benchmark;
import io.stockledger.benchmarks.Figure;
import io.stockledger.benchmarks.Goal;
import io.stockledger.benchmarks.Verdict;
import io.stockledger.benchmarks.Workbench;
import io.stockledger.benchmarks.load.ClosedLoop.Client;
import io.stockledger.benchmarks.load.Measured;
import io.stockledger.benchmarks.load.RestClient;
import io.stockledger.benchmarks.load.Shop;
import io.stockledger.benchmarks.running.Memory;
import io.stockledger.benchmarks.service.RunningLedger;
import io.stockledger.v1.LedgerGrpc;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.DoubleAccumulator;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Every attack that we know of at once, beside honest tills; with {@code -Dattacks}, those whose names match. */
public final class Hostile implements Benchmark {

    private static final int TILLS_OF_EACH_WIRE = 30;
    private static final int ITEMS = 1_000;
    private static final Duration EVERY = Duration.ofMillis(300);
    private static final double TIMES_IDLE = 3;

    @Override
    public String name() {
        return "hostile";
    }

    @Override
    public String shows() {
        return "honest tills and resident memory while all known attacks go on at once for 30 minutes (35 seconds with --quick)";
    }

    @Override
    public Verdict run(Workbench bench) throws Exception {
        boolean quick = bench.pace().quick();
        RunningLedger ledger = RunningLedger.start(bench, name(), ITEMS);
        Tills tills = bench.using(new Tills("tills", tills(bench, ledger), EVERY));
        String thief = thief(ledger);
        bench.progress().say("warming up");
        tills.run(bench.pace().warmUp());
        Measured idle = tills.run(Duration.ofSeconds(quick ? 10 : 120));
        bench.progress().say("idle: " + idle);

        GrpcAttacks grpc = bench.using(new GrpcAttacks(ledger.process().grpcPort(), thief));
        HttpAttacks http = new HttpAttacks(ledger.process().rest(), thief);
        Attackers attackers = new Attackers(Stream.concat(http.all().stream(), grpc.all().stream())
                .filter(attack -> attack.name().matches(System.getProperty("attacks", ".*")))
                .toList());
        DoubleAccumulator most = new DoubleAccumulator(Math::max, 0);
        watchMemory(bench, ledger, most);
        attackers.begin();
        Measured attacked = tills.run(quick ? Duration.ofSeconds(35) : Duration.ofMinutes(30));
        attackers.close();
        bench.progress().say("attacked: " + attacked);
        bench.note("attacks: " + attackers.told());
        return new Verdict(
                List.of(
                        Figure.against(
                                "p99, attacked ÷ idle", "ms", attacked.p99(), idle.p99(), Goal.atMost(TIMES_IDLE)),
                        Figure.against("p50, attacked ÷ idle", "ms", attacked.p50(), idle.p50(), Goal.none()),
                        Figure.of("resident, most", "MB", most.get(), Goal.atMost(Memory.GOAL_MEGABYTES)),
                        Figure.against(
                                "honest commands, attacked ÷ idle",
                                "1/s",
                                attacked.perSecond(),
                                idle.perSecond(),
                                Goal.none()),
                        Figure.never("honest commands refused", idle.failures() + attacked.failures()),
                        Figure.never("ends of the service", ledger.process().isAlive() ? 0 : 1)),
                bench.notes());
    }

    private static List<Client> tills(Workbench bench, RunningLedger ledger) {
        Shop shop = ledger.shop();
        RestClient rest = bench.using(new RestClient(ledger.process().rest(), ledger.key()));
        List<Client> tills = new ArrayList<>();
        for (int i = 0; i < TILLS_OF_EACH_WIRE; i++) {
            tills.add(ledger.client().unary(i, LedgerGrpc.getReserveStockMethod(), () -> shop.reservation(ITEMS)));
            tills.add(rest.reserving(() -> shop.reservation(ITEMS)));
        }
        return tills;
    }

    /** The key of a device, which may do little. */
    private static String thief(RunningLedger ledger) throws IOException, InterruptedException {
        HttpResponse<String> made = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(ledger.process().rest() + "/v1/api-keys"))
                                .header("Authorization", "Bearer " + ledger.key())
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{\"name\":\"thief\",\"roles\":[\"device\"]}"))
                                .build(),
                        BodyHandlers.ofString());
        return JsonMapper.shared().readTree(made.body()).required("secret").asString();
    }

    private static void watchMemory(Workbench bench, RunningLedger ledger, DoubleAccumulator most) {
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
        bench.using(watch::shutdownNow);
        var unused = watch.scheduleAtFixedRate(
                () -> {
                    try {
                        most.accumulate(ledger.process().residentMegabytes());
                    } catch (IOException e) {
                        bench.progress().say("its memory cannot be read: " + e);
                    }
                },
                0,
                1,
                TimeUnit.SECONDS);
    }
}
