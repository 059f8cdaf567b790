package io.stockledger.benchmarks.service;

import io.stockledger.benchmarks.Workbench;
import io.stockledger.benchmarks.Workbench.Database;
import io.stockledger.benchmarks.load.ClosedLoop;
import io.stockledger.benchmarks.load.LedgerClient;
import io.stockledger.benchmarks.load.LedgerClient.CommandStream;
import io.stockledger.benchmarks.load.Load;
import io.stockledger.benchmarks.load.RestClient;
import io.stockledger.benchmarks.load.Shop;
import io.stockledger.v1.Command;
import io.stockledger.v1.LedgerGrpc;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The service on a fresh database with a stocked shop, and clients for it. */
public final class RunningLedger implements AutoCloseable {

    private static final int CONNECTIONS = 4;

    /** The same for all services of a run, as several nodes of one store need it. */
    private static final String SEAL_KEY =
            Base64.getEncoder().encodeToString("only for benchmarks, 32 bytes...".getBytes(StandardCharsets.US_ASCII));

    private final Database database;
    private final ServiceProcess process;
    private final String key;
    private final LedgerClient client;
    private final Shop shop = new Shop("berlin-1");

    private RunningLedger(Database database, ServiceProcess process, String key) {
        this.database = database;
        this.process = process;
        this.key = key;
        this.client = new LedgerClient(process.grpcPort(), key, CONNECTIONS);
    }

    /** @param items how many the shop has, each with plenty of stock */
    public static RunningLedger start(Workbench bench, String name, int items) throws Exception {
        RunningLedger ledger = startOn(bench, bench.freshDatabase(name), name);
        bench.progress().say("stocking " + items + " items");
        List<Command> commands = new ArrayList<>();
        commands.add(ledger.shop.open());
        for (int item = 1; item <= items; item++) {
            commands.add(ledger.shop.register(item));
            commands.add(ledger.shop.stockUp(item));
        }
        ledger.client.sendAll(commands);
        return ledger;
    }

    /** On a database with a past; it is only the shop's name that the two have to share. */
    public static RunningLedger startOn(Workbench bench, Database database, String name) throws Exception {
        Path log = bench.folder().resolve(name + ".log");
        Files.deleteIfExists(log);
        bench.progress().say("starting the service");
        Map<String, String> settings = new HashMap<>(settings(database));
        // A database that had a service before keeps its keys, but nobody knows them.
        settings.put("new-admin-key", "bench-" + System.nanoTime());
        ServiceProcess process =
                ServiceProcess.start(ServiceProcess.Launch.ofThisClassPath(settings, log, recording(bench, name)));
        return bench.using(new RunningLedger(
                database,
                process,
                process.adminKey().orElseThrow(() -> new IOException("no admin key was printed; see " + log))));
    }

    public static Map<String, String> settings(Database database) {
        return Map.of(
                "postgres.url", database.url(),
                "postgres.user", database.user(),
                "postgres.password", database.password(),
                "postgres.owner-user", database.ownerUser(),
                "postgres.owner-password", database.ownerPassword(),
                "api-keys.seal-key", SEAL_KEY,
                "rest-port", "0",
                "grpc-port", "0");
    }

    /** With {@code -Dprofile}, the service records what it does; read it with {@code jfr}. */
    private static String[] recording(Workbench bench, String name) {
        return System.getProperty("profile") == null
                ? new String[0]
                : new String[] {
                    "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename="
                            + bench.folder().resolve(name + ".jfr")
                };
    }

    /** Until all views have taken what is in the store now; what they do before takes time from callers. */
    public void awaitViews() throws SQLException, InterruptedException {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement("SELECT coalesce(min(position), 0)"
                        + " >= (SELECT coalesce(max(position), 0) FROM ledger.fact) FROM view_position")) {
            long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
            while (System.nanoTime() < until) {
                try (ResultSet row = query.executeQuery()) {
                    if (row.next() && row.getBoolean(1)) {
                        return;
                    }
                }
                TimeUnit.MILLISECONDS.sleep(200);
            }
            throw new IllegalStateException("the views are not as far as the store after 5 minutes");
        }
    }

    public Load unary(String name, int clients, int items) {
        return unary(name, clients, LedgerGrpc.getReserveStockMethod(), () -> shop.reservation(items));
    }

    public <Q, A> Load unary(String name, int clients, io.grpc.MethodDescriptor<Q, A> method, Supplier<Q> requests) {
        ClosedLoop.Client[] all = new ClosedLoop.Client[clients];
        for (int i = 0; i < clients; i++) {
            all[i] = client.unary(i, method, requests);
        }
        return new ClosedLoop(name, all);
    }

    /** Clients share one stream per connection. */
    public Load streaming(Workbench bench, String name, int clients, Supplier<Command> commands) {
        List<CommandStream> streams = new ArrayList<>();
        for (int i = 0; i < Math.min(clients, CONNECTIONS); i++) {
            streams.add(bench.using(client.stream(i)));
        }
        ClosedLoop.Client[] all = new ClosedLoop.Client[clients];
        for (int i = 0; i < clients; i++) {
            all[i] = streams.get(i % streams.size()).client(commands);
        }
        return new ClosedLoop(name, all);
    }

    public Load streaming(Workbench bench, String name, int clients, int items) {
        return streaming(
                bench,
                name,
                clients,
                () -> Command.newBuilder()
                        .setReserveStock(shop.reservation(items))
                        .build());
    }

    public Load rest(Workbench bench, String name, int clients, int items) {
        RestClient rest = bench.using(new RestClient(process.rest(), key));
        ClosedLoop.Client[] all = new ClosedLoop.Client[clients];
        for (int i = 0; i < clients; i++) {
            all[i] = rest.reserving(() -> shop.reservation(items));
        }
        return new ClosedLoop(name, all);
    }

    /** Clients that ask over REST, each one question at a time. */
    public Load asking(Workbench bench, String name, int clients, Supplier<String> paths) {
        RestClient rest = bench.using(new RestClient(process.rest(), key));
        ClosedLoop.Client[] all = new ClosedLoop.Client[clients];
        for (int i = 0; i < clients; i++) {
            all[i] = rest.asking(paths);
        }
        return new ClosedLoop(name, all);
    }

    public Database database() {
        return database;
    }

    public ServiceProcess process() {
        return process;
    }

    public LedgerClient client() {
        return client;
    }

    public Shop shop() {
        return shop;
    }

    public String key() {
        return key;
    }

    @Override
    public void close() throws InterruptedException {
        client.close();
        process.close();
    }
}
