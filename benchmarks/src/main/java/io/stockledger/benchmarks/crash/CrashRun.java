package io.stockledger.benchmarks.crash;

import io.stockledger.benchmarks.Progress;
import io.stockledger.benchmarks.Workbench.Database;
import io.stockledger.benchmarks.crash.Call.Told;
import io.stockledger.benchmarks.crash.DatabaseCable.Trap;
import io.stockledger.benchmarks.load.LedgerClient;
import io.stockledger.benchmarks.load.Shop;
import io.stockledger.benchmarks.service.RunningLedger;
import io.stockledger.benchmarks.service.ServiceProcess;
import io.stockledger.v1.AvailabilityGrpc;
import io.stockledger.v1.BatchAvailability;
import io.stockledger.v1.BatchGetRequest;
import io.stockledger.v1.Command;
import io.stockledger.v1.Freshness;
import io.stockledger.v1.Level;
import io.stockledger.v1.StockKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Shoppers, one or two nodes of the service, and whatever happens to those; then the reckoning. */
public final class CrashRun implements AutoCloseable {

    private static final List<KillPoint> POINTS = List.of(KillPoint.values());
    /** The last one is for the rush alone. */
    private static final int ITEMS = 13;

    private static final int SHOPPERS = 16;
    private static final int LONGEST_QUIET_MILLIS = 1_200;
    private static final long TRAP_SECONDS = 20;
    private static final int ASKED_AGAIN = 50;

    private final Database database;
    private final Path folder;
    private final Progress progress;
    private final Random random;
    private final DatabaseCable cable;
    private final AtomicReferenceArray<@Nullable ServiceProcess> processes;
    private final AtomicReferenceArray<@Nullable LedgerClient> clients;
    private final Shoppers shoppers;
    private final Orders orders;
    private final Map<KillPoint, Integer> kills = new EnumMap<>(KillPoint.class);
    private String key = "";

    /** What was found; {@code faults} are sentences, none when every promise held. */
    public record Report(List<String> faults, Map<KillPoint, Integer> kills, int answered, long retried, long facts) {}

    /** @param seed of orders and kills; the interleaving of threads and processes is the machine's */
    public CrashRun(Database database, Path folder, long seed, int nodes, Progress progress) throws IOException {
        this.database = database;
        this.folder = folder;
        this.progress = progress;
        this.random = new Random(seed);
        this.cable = DatabaseCable.to(database.port());
        this.processes = new AtomicReferenceArray<>(nodes);
        this.clients = new AtomicReferenceArray<>(nodes);
        this.orders = new Orders(seed, "crash", ITEMS - 1);
        this.shoppers = new Shoppers(attempt -> clients.get(Math.floorMod(attempt, nodes)));
    }

    /** Starts the nodes and stocks the shop. */
    public void open() throws Exception {
        for (int node = 0; node < processes.length(); node++) {
            start(node);
        }
        Shop shop = new Shop(Orders.LOCATION);
        List<Command> commands = new ArrayList<>(List.of(shop.open()));
        for (int item = 1; item <= ITEMS; item++) {
            commands.add(shop.register(item));
        }
        client(0).sendAll(commands);
        for (int item = 1; item < ITEMS; item++) {
            shoppers.ask(orders.receive(Orders.sku(item), 40), 0);
        }
    }

    /** Lets the shoppers in. */
    public void shop() {
        shoppers.start(SHOPPERS, orders);
    }

    /** Kills and starts again, at random and at each named point in turn. */
    public void kill(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            KillPoint point = POINTS.get(i % POINTS.size());
            int node = random.nextInt(processes.length());
            awaitAnswersAfter(answered());
            TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_QUIET_MILLIS));
            kill(node, point);
            kills.merge(point, 1, Integer::sum);
            progress.say("kill " + (i + 1) + " of " + times + ", " + point + ": "
                    + shoppers.told().size() + " answered");
            start(node);
        }
    }

    private void kill(int node, KillPoint point) throws InterruptedException {
        ServiceProcess process = process(node);
        CountDownLatch killed = new CountDownLatch(1);
        Runnable kill = () -> {
            process.kill();
            killed.countDown();
        };
        switch (point) {
            case AT_RANDOM -> kill.run();
            case AFTER_REPLY -> shoppers.afterNextAnswer(kill);
            case BEFORE_APPEND -> cable.set(new Trap(DatabaseCable.APPEND, false, kill));
            case AFTER_APPEND -> cable.set(new Trap(DatabaseCable.APPEND, true, kill));
            case BETWEEN_VIEW_AND_TOKEN -> cable.set(new Trap(DatabaseCable.VIEW_POSITION, false, kill));
        }
        if (!killed.await(TRAP_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("nothing came to " + point + " within " + TRAP_SECONDS + " s");
        }
        LedgerClient client = clients.getAndSet(node, null);
        if (client != null) {
            client.close();
        }
    }

    /** Cuts the connections to the database in the middle of whatever they do, so many times. */
    public void cut(int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_QUIET_MILLIS));
            CountDownLatch cut = new CountDownLatch(1);
            boolean answered = random.nextBoolean();
            cable.set(new Trap(DatabaseCable.APPEND, answered, () -> {
                cable.cut(false);
                cut.countDown();
            }));
            if (!cut.await(TRAP_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("no append within " + TRAP_SECONDS + " s after a cut");
            }
        }
    }

    /** No database for so long; then whether callers are served again without anybody's help. */
    public void takeDatabaseAway(long seconds) throws InterruptedException {
        cable.cut(true);
        TimeUnit.SECONDS.sleep(seconds);
        int before = shoppers.told().size();
        cable.restore();
        awaitAnswersAfter(before);
    }

    /** Waits until callers have had more answers than these. */
    public void awaitAnswersAfter(int answers) throws InterruptedException {
        for (int i = 0; i < 600; i++) {
            if (shoppers.told().size() > answers + SHOPPERS) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new IllegalStateException("no answers within 60 s (expected: it goes on unaided)");
    }

    public int answered() {
        return shoppers.told().size();
    }

    /**
     * Everybody wants one unit of one item that nobody else asks for.
     *
     * @return how many were told yes
     */
    public int rush(int buyers, int units, int tries) throws InterruptedException {
        String sku = Orders.sku(ITEMS);
        shoppers.ask(orders.receive(sku, units), 0);
        AtomicInteger left = new AtomicInteger(tries);
        AtomicInteger sold = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int buyer = 0; buyer < buyers; buyer++) {
            int node = buyer;
            Thread thread = new Thread(
                    () -> {
                        while (left.getAndDecrement() > 0) {
                            if (shoppers.ask(orders.sellOne(sku), node).isAccepted()) {
                                sold.incrementAndGet();
                            }
                        }
                    },
                    "buyer-" + buyer);
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return sold.get();
    }

    /** Everybody out, then what is in the store and in the views against what everybody was told. */
    public Report reckon() throws Exception {
        shoppers.stop();
        askAgain();
        StoreReplay.Findings found = StoreReplay.of(database, shoppers.calls(), shoppers.told());
        List<String> faults = new ArrayList<>(found.faults());
        for (int node = 0; node < clients.length(); node++) {
            faults.addAll(viewFaults(client(node), found));
        }
        return new Report(faults, Map.copyOf(kills), shoppers.told().size(), shoppers.retries(), found.facts());
    }

    /** Answers of long ago must be given again: the replay finds it if a repeat had an effect. */
    private void askAgain() {
        Map<String, Told> before = new HashMap<>(shoppers.told());
        shoppers.calls().values().stream().limit(ASKED_AGAIN).forEach(call -> {
            Told again = shoppers.ask(call, 0);
            Told first = before.get(call.document());
            if (first != null && first.isAccepted() != again.isAccepted()) {
                throw new IllegalStateException(call.document() + " was told " + first.refusal() + ", then "
                        + again.refusal() + " (expected: the same answer)");
            }
        });
    }

    private List<String> viewFaults(LedgerClient client, StoreReplay.Findings found) throws Exception {
        BatchGetRequest.Builder request = BatchGetRequest.newBuilder()
                .setFreshness(Freshness.newBuilder()
                        .setAtLeastPosition(found.facts())
                        .setWait(com.google.protobuf.Duration.newBuilder().setSeconds(30)));
        for (int item = 1; item <= ITEMS; item++) {
            request.addKeys(StockKey.newBuilder().setSku(Orders.sku(item)).setLocation(Orders.LOCATION));
        }
        CompletableFuture<BatchAvailability> answer = new CompletableFuture<>();
        client.<BatchGetRequest, BatchAvailability>call(
                AvailabilityGrpc.getBatchGetMethod(), request.build(), (availability, status, trailers) -> {
                    if (availability == null) {
                        answer.completeExceptionally(status.asRuntimeException(trailers));
                    } else {
                        answer.complete(availability);
                    }
                });
        BatchAvailability availability = answer.get(60, TimeUnit.SECONDS);
        Instant at = Instant.ofEpochSecond(
                availability.getAsOf().getAt().getSeconds(),
                availability.getAsOf().getAt().getNanos());
        List<String> faults = new ArrayList<>();
        if (availability.getLevelsCount() < ITEMS - 1) {
            faults.add("availability has " + availability.getLevelsCount() + " items (expected: " + (ITEMS - 1) + ")");
        }
        for (Level level : availability.getLevelsList()) {
            String says = level.getSellable() + " sellable, " + level.getReserved() + " reserved, "
                    + level.getAvailableToPromise() + " to promise";
            int sellable = found.model().sellable(level.getSku());
            int reserved = found.model().reserved(level.getSku(), at);
            String fold = sellable + " sellable, " + reserved + " reserved, " + (sellable - reserved) + " to promise";
            if (!says.equals(fold)) {
                faults.add("the view of " + level.getSku() + " says " + says + " (expected: " + fold + ")");
            }
        }
        return faults;
    }

    private void start(int node) throws Exception {
        Map<String, String> settings = new HashMap<>(RunningLedger.settings(database));
        settings.put(
                "postgres.url",
                "jdbc:postgresql://127.0.0.1:" + cable.port() + "/" + database.name()
                        + "?sslmode=disable&gssEncMode=disable");
        // Half the start is compiling, and a killed service never profits from it.
        ServiceProcess process = ServiceProcess.start(ServiceProcess.Launch.ofThisClassPath(
                settings, folder.resolve("node-" + node + ".log"), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        processes.set(node, process);
        process.adminKey().ifPresent(printed -> key = printed);
        clients.set(node, new LedgerClient(process.grpcPort(), key, 1));
    }

    private ServiceProcess process(int node) {
        ServiceProcess process = processes.get(node);
        if (process == null) {
            throw new IllegalStateException("node " + node + " was never started");
        }
        return process;
    }

    private LedgerClient client(int node) {
        LedgerClient client = clients.get(node);
        if (client == null) {
            throw new IllegalStateException("node " + node + " is down");
        }
        return client;
    }

    @Override
    public void close() throws Exception {
        for (int node = 0; node < processes.length(); node++) {
            LedgerClient client = clients.getAndSet(node, null);
            if (client != null) {
                client.close();
            }
            ServiceProcess process = processes.getAndSet(node, null);
            if (process != null) {
                process.close();
            }
        }
        cable.close();
    }
}
