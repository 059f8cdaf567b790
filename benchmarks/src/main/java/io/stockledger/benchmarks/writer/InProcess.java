package io.stockledger.benchmarks.writer;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.stockledger.api.store.PostgresFacts;
import io.stockledger.benchmarks.Workbench.Database;
import io.stockledger.benchmarks.load.ClosedLoop;
import io.stockledger.document.Command;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.Provenance;
import io.stockledger.eventstore.postgres.FactTables;
import io.stockledger.eventstore.postgres.PostgresEventStoreOptions;
import io.stockledger.item.ItemLines.Asked;
import io.stockledger.item.ItemRef;
import io.stockledger.item.RegisterItem;
import io.stockledger.ledger.Answer;
import io.stockledger.ledger.Ledger;
import io.stockledger.ledger.LedgerSettings;
import io.stockledger.location.LocationKind;
import io.stockledger.location.OpenLocation;
import io.stockledger.quantity.Unit;
import io.stockledger.receiving.ReceiveGoods;
import io.stockledger.reservation.ReserveStock;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A ledger over PostgreSQL in this process, with its items. */
public final class InProcess implements AutoCloseable {

    private static final String LOCATION = "berlin-1";
    private static final BigDecimal PLENTY = new BigDecimal("100000000000");

    private final HikariDataSource pool;
    private final PostgresFacts facts;
    private final ExecutorService background = Executors.newSingleThreadExecutor();
    private final Ledger ledger;
    private final Provenance by = Provenance.of("bench");
    private final AtomicLong documents = new AtomicLong();
    private final String run = Long.toString(System.currentTimeMillis(), 36);

    public InProcess(Database database) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(database.dataSource());
        config.setMaximumPoolSize(8);
        pool = new HikariDataSource(config);
        FactTables.migrate(database.owner());
        facts = PostgresFacts.connect(database.dataSource(), pool, PostgresEventStoreOptions.standard());
        ledger = Ledger.start(
                facts.store(), LedgerSettings.standard(), InstantSource.system(), new Silent(), background, background);
    }

    /** Opens the location, registers that many items, and stocks each up. */
    public void seed(int items) {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        answers.add(ledger.submit(
                new OpenLocation(next(DocumentRef.Kind.INSTRUCTION), LOCATION, "Berlin", LocationKind.SHOP), by));
        for (int item = 1; item <= items; item++) {
            answers.add(ledger.submit(register(item), by));
        }
        answers.forEach(CompletableFuture::join);
        answers.clear();
        for (int item = 1; item <= items; item++) {
            answers.add(ledger.submit(receive(item, PLENTY), by));
        }
        answers.forEach(CompletableFuture::join);
    }

    /** One piece more of it; returns when that is done. */
    public void restock(int item) {
        ledger.submit(receive(item, BigDecimal.ONE), by).join();
    }

    ClosedLoop reservations(String name, int clients, int items) {
        ClosedLoop.Client client = ClosedLoop.Client.of(
                () -> ledger.submit(reserve(items), by), answer -> answer instanceof Answer.Accepted);
        ClosedLoop.Client[] all = new ClosedLoop.Client[clients];
        Arrays.fill(all, client);
        return new ClosedLoop(name, all);
    }

    private Command register(int item) {
        return new RegisterItem(
                next(DocumentRef.Kind.INSTRUCTION), sku(item), "Item " + item, Unit.PIECE, List.of(), null);
    }

    private Command receive(int item, BigDecimal quantity) {
        return new ReceiveGoods(
                next(DocumentRef.Kind.RECEIPT),
                LOCATION,
                "supplier",
                null,
                List.of(new ReceiveGoods.Line(
                        new Asked(ItemRef.sku(sku(item)), quantity), null, null, List.of(), null)));
    }

    private Command reserve(int items) {
        int item = 1 + ThreadLocalRandom.current().nextInt(items);
        return new ReserveStock(
                next(DocumentRef.Kind.RESERVATION),
                "web",
                LOCATION,
                Duration.ofMinutes(15),
                List.of(new Asked(ItemRef.sku(sku(item)), BigDecimal.ONE)));
    }

    private DocumentRef next(DocumentRef.Kind kind) {
        return new DocumentRef(kind, run + "-" + documents.incrementAndGet());
    }

    private static String sku(int item) {
        return "sku-" + item;
    }

    @Override
    public void close() throws InterruptedException {
        ledger.close();
        // Snapshots that are under way are worth having.
        background.shutdown();
        background.awaitTermination(30, TimeUnit.SECONDS);
        facts.close();
        pool.close();
    }
}
