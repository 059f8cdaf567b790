package io.stockledger.benchmarks.crash;

import com.google.protobuf.Timestamp;
import io.stockledger.benchmarks.Progress;
import io.stockledger.benchmarks.Workbench.Database;
import io.stockledger.benchmarks.crash.Call.Told;
import io.stockledger.benchmarks.crash.DatabaseCable.Trap;
import io.stockledger.benchmarks.load.LedgerClient;
import io.stockledger.benchmarks.load.Shop;
import io.stockledger.benchmarks.service.QuickStart;
import io.stockledger.v1.AvailabilityGrpc;
import io.stockledger.v1.BatchAvailability;
import io.stockledger.v1.BatchGetRequest;
import io.stockledger.v1.Command;
import io.stockledger.v1.Freshness;
import io.stockledger.v1.StockKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
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

/** Shoppers, one or two nodes of the service, and whatever happens to those; then the reckoning. */
public final class CrashRun implements AutoCloseable {

    private static final List<KillPoint> POINTS = List.of(KillPoint.values());
    /** The last one is for the rush alone. */
    private static final int ITEMS = 13;

    private static final int SHOPPERS = 16;
    private static final int MOST_ANSWERS_BETWEEN = 120;
    private static final Duration UNAIDED = Duration.ofSeconds(90);
    private static final long TRAP_SECONDS = 60;
    private static final int ASKED_AGAIN = 50;

    private final Database database;
    private final Progress progress;
    private final Random random;
    private final DatabaseCable cable;
    private final Nodes nodes;
    private final Shoppers shoppers;
    private final Orders orders;
    private final Map<KillPoint, Integer> kills = new EnumMap<>(KillPoint.class);

    /**
     * What was found.
     *
     * @param errors how often callers got which status instead of an answer
     */
    public record Report(
            List<Fault> faults,
            Map<KillPoint, Integer> kills,
            int answered,
            Map<String, Long> errors,
            long retried,
            long facts) {}

    /** @param seed of orders and kills; the interleaving of threads and processes is the machine's */
    public CrashRun(QuickStart quickStart, Database database, Path folder, long seed, int nodes, Progress progress)
            throws IOException {
        this.database = database;
        this.progress = progress;
        this.random = new Random(seed);
        this.cable = DatabaseCable.to(database.port());
        this.nodes = new Nodes(quickStart, database, cable.port(), folder, nodes);
        this.orders = new Orders(seed, "crash", ITEMS - 1);
        this.shoppers = new Shoppers(this.nodes);
    }

    /** Starts the nodes and stocks the shop. */
    public void open() throws Exception {
        for (int node = 0; node < nodes.count(); node++) {
            nodes.start(node);
        }
        Shop shop = new Shop(Orders.LOCATION);
        List<Command> commands = new ArrayList<>(List.of(shop.open()));
        for (int item = 1; item <= ITEMS; item++) {
            commands.add(shop.register(item));
        }
        nodes.client(0).sendAll(commands);
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
            int node = random.nextInt(nodes.count());
            awaitAnswers(random.nextInt(MOST_ANSWERS_BETWEEN));
            kill(node, point);
            kills.merge(point, 1, Integer::sum);
            progress.say("kill " + (i + 1) + " of " + times + ", " + point + ": "
                    + shoppers.told().size() + " answered");
            nodes.start(node);
        }
    }

    private void kill(int node, KillPoint point) throws InterruptedException {
        CountDownLatch killed = new CountDownLatch(1);
        Runnable kill = () -> {
            nodes.kill(node);
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
        nodes.takeOut(node);
    }

    /** Ends the service in order while everybody shops, and starts it again, so many times. */
    public void end(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            int node = random.nextInt(nodes.count());
            awaitAnswers(random.nextInt(MOST_ANSWERS_BETWEEN));
            nodes.end(node);
            nodes.takeOut(node);
            nodes.start(node);
        }
    }

    /** Cuts the connections to the database in the middle of whatever they do, so many times. */
    public void cut(int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            awaitAnswers(random.nextInt(MOST_ANSWERS_BETWEEN));
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

    /**
     * No database for so long; then whether callers are served again without anybody's help.
     *
     * @param postgres its main process
     * @return how long that took once it was back
     */
    public Duration takeDatabaseAway(Outage outage, long postgres, Duration howLong) throws Exception {
        switch (outage) {
            case CUT_OFF -> cable.cut(true);
            case KILLED -> {
                PostgresProcesses.signal(postgres, "KILL");
                cable.cut(true);
            }
            case FROZEN -> PostgresProcesses.signal(postgres, "STOP");
        }
        TimeUnit.NANOSECONDS.sleep(howLong.toNanos());
        if (outage == Outage.FROZEN) {
            PostgresProcesses.signal(postgres, "CONT");
        }
        cable.restore();
        long back = System.nanoTime();
        awaitAnswers(0);
        return Duration.ofNanos(System.nanoTime() - back);
    }

    /** No room for the database until callers have noticed; then whether they are served again unaided. */
    public void fill(SmallDisk disk) throws Exception {
        disk.fill();
        shoppers.awaitErrors(SHOPPERS, UNAIDED);
        disk.free();
        awaitAnswers(0);
    }

    /** Waits until each caller has had an answer, and so many more. */
    public void awaitAnswers(int more) throws InterruptedException {
        shoppers.awaitAnswers(SHOPPERS + more, UNAIDED);
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
        Reckoning reckoning = new Reckoning(shoppers.calls(), shoppers.told());
        askAgain(reckoning);
        StoreReplay.into(reckoning, database);
        for (int node = 0; node < nodes.count(); node++) {
            BatchAvailability shown = shown(nodes.client(node), reckoning.lastPosition());
            Timestamp at = shown.getAsOf().getAt();
            reckoning.view(shown.getLevelsList(), Instant.ofEpochSecond(at.getSeconds(), at.getNanos()));
        }
        return new Report(
                reckoning.faults(),
                Map.copyOf(kills),
                shoppers.told().size(),
                shoppers.errors(),
                shoppers.retries(),
                reckoning.lastPosition());
    }

    /** Answers of long ago must be given again; the replay finds it if a repeat had an effect. */
    private void askAgain(Reckoning reckoning) {
        Map<String, Told> before = new HashMap<>(shoppers.told());
        shoppers.calls().values().stream().limit(ASKED_AGAIN).forEach(call -> {
            Told again = shoppers.ask(call, 0);
            Told first = before.get(call.name());
            if (first != null && first.isAccepted() != again.isAccepted()) {
                reckoning.fault(
                        Fault.Kind.WRONG_ANSWER,
                        call.name() + " was told " + first.refusal() + ", then " + again.refusal()
                                + " (expected: the same answer)");
            }
        });
    }

    private static BatchAvailability shown(LedgerClient client, long atLeast) throws Exception {
        BatchGetRequest.Builder request = BatchGetRequest.newBuilder()
                .setFreshness(Freshness.newBuilder()
                        .setAtLeastPosition(atLeast)
                        .setWait(com.google.protobuf.Duration.newBuilder().setSeconds(30)));
        for (int item = 1; item <= ITEMS; item++) {
            request.addKeys(StockKey.newBuilder().setSku(Orders.sku(item)).setLocation(Orders.LOCATION));
        }
        CompletableFuture<BatchAvailability> answer = new CompletableFuture<>();
        client.<BatchGetRequest, BatchAvailability>call(
                AvailabilityGrpc.getQueryAvailabilityMethod(), request.build(), (availability, status, trailers) -> {
                    if (availability == null) {
                        answer.completeExceptionally(status.asRuntimeException(trailers));
                    } else {
                        answer.complete(availability);
                    }
                });
        return answer.get(60, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        nodes.close();
        cable.close();
    }
}
