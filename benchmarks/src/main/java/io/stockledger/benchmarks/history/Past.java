package io.stockledger.benchmarks.history;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.stockledger.api.store.PostgresFacts;
import io.stockledger.benchmarks.Workbench.Database;
import io.stockledger.benchmarks.load.Shop;
import io.stockledger.document.DocumentFact.InstructionAccepted;
import io.stockledger.document.Fact;
import io.stockledger.eventstore.AxonFactStore;
import io.stockledger.eventstore.postgres.FactTables;
import io.stockledger.eventstore.postgres.PostgresEventStoreOptions;
import io.stockledger.ledger.FactMeta;
import io.stockledger.ledger.StoredFact;
import io.stockledger.order.OrderFact.SaleRecorded;
import io.stockledger.order.OrderFact.SoldLine;
import io.stockledger.order.Price;
import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.reservation.ReservationFact.ReservationMade;
import io.stockledger.reservation.ReservationFact.ReservationReleased;
import io.stockledger.reservation.ReservationFact.ReservedLine;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.Hold;
import io.stockledger.stock.Posting;
import io.stockledger.stock.StockFact.Cause;
import io.stockledger.stock.StockFact.StockMoved;
import io.stockledger.stock.StockFact.StockReleased;
import io.stockledger.stock.StockFact.StockReserved;
import io.stockledger.stock.StockState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Facts as a shop leaves them over years, appended straight to the store in large batches. */
final class Past implements AutoCloseable {

    static final String LOCATION = "berlin-1";

    private static final int AT_ONCE = 5_000;
    private static final int MOST_HELD = 2_000;
    private static final String CHANNEL = "web";

    private final HikariDataSource pool;
    private final PostgresFacts facts;
    private final Random random = new Random(1);
    private final Map<String, Long> sequences = new HashMap<>();
    private final Deque<Held> held = new ArrayDeque<>();
    private final List<StoredFact> batch = new ArrayList<>();
    private final Instant at = Instant.now();
    private int documents;

    private record Held(String sku, Hold hold) {}

    Past(Database database) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(database.dataSource());
        config.setMaximumPoolSize(4);
        pool = new HikariDataSource(config);
        FactTables.migrate(database.owner());
        facts = PostgresFacts.connect(database.dataSource(), pool, PostgresEventStoreOptions.standard());
    }

    AxonFactStore store() {
        return facts.store();
    }

    HikariDataSource pool() {
        return pool;
    }

    /** At least so many facts of reservations, their ends, and sales of one to three lines, each with its document's. */
    void trade(int count, int items) {
        for (int made = 0; made < count; ) {
            int before = batch.size();
            switch (random.nextInt(4)) {
                case 0 -> reserve(sku(items));
                case 1 -> release(sku(items));
                default -> sell(items);
            }
            made += batch.size() - before;
            flushAt(AT_ONCE);
        }
        flushAt(1);
    }

    /** So many facts of one item, each a receipt or a sale of one unit. */
    void move(String sku, int count) {
        String stream = "stock:" + StockState.key(sku, LOCATION);
        // Others may have written to it since.
        sequences.putAll(facts.store().lastSequences(List.of(stream)));
        for (int i = 0; i < count; i++) {
            boolean in = i % 2 == 0;
            String document = (in ? "receipt:past-" : "order:past-") + ++documents;
            stock(
                    document,
                    sku,
                    moved(sku, in ? Bucket.FOUND : Bucket.SELLABLE, in ? Bucket.SELLABLE : Bucket.LOST, 1));
            flushAt(AT_ONCE);
        }
        flushAt(1);
    }

    private void sell(int items) {
        String id = "past-" + ++documents;
        List<SoldLine> lines = new ArrayList<>();
        for (int line = random.nextInt(3); line >= 0; line--) {
            String sku = sku(items);
            stock("order:" + id, sku, moved(sku, Bucket.SELLABLE, Bucket.CUSTOMER, 1));
            lines.add(new SoldLine(sku, LOCATION, pieces(1), Price.NONE, null, null));
        }
        add(
                "order:" + id,
                "order:" + id,
                new SaleRecorded(id, CHANNEL, LOCATION, "till-1", lines, List.of(), List.of(), null, null, null));
    }

    private void reserve(String sku) {
        String id = "past-" + ++documents;
        Instant end = at.plus(Duration.ofDays(1));
        Hold hold = new Hold(id, CHANNEL, pieces(1), pieces(0), end);
        stock("reservation:" + id, sku, new StockReserved(sku, LOCATION, hold));
        add(
                "reservation:" + id,
                "reservation:" + id,
                new ReservationMade(id, CHANNEL, end, List.of(new ReservedLine(sku, LOCATION, hold.quantity()))));
        held.add(new Held(sku, hold));
    }

    private void release(String sku) {
        if (held.size() < MOST_HELD) {
            reserve(sku);
            return;
        }
        Held oldest = held.remove();
        String document = "instruction:past-" + ++documents;
        stock(document, oldest.sku(), new StockReleased(oldest.sku(), LOCATION, oldest.hold()));
        String reservation = oldest.hold().holder();
        ReservedLine line =
                new ReservedLine(oldest.sku(), LOCATION, oldest.hold().quantity());
        String subject = "reservation:" + reservation;
        add(document, subject, new ReservationReleased(reservation, List.of(line)));
        add(document, document, InstructionAccepted.of("release-reservation", subject, 2, Set.of(LOCATION)));
    }

    private String sku(int items) {
        return Shop.sku(1 + random.nextInt(items));
    }

    private static StockMoved moved(String sku, Bucket from, Bucket to, int quantity) {
        return new StockMoved(
                sku,
                LOCATION,
                Cause.SOLD,
                CHANNEL,
                List.of(new Posting(from, to, pieces(quantity))),
                Map.of(),
                null,
                null);
    }

    private static Quantity pieces(int quantity) {
        return Quantity.of(quantity, Unit.PIECE);
    }

    private void stock(String document, String sku, Fact fact) {
        add(document, "stock:" + StockState.key(sku, LOCATION), fact);
    }

    private void add(String document, String stream, Fact fact) {
        long sequence = sequences.merge(stream, 0L, (before, zero) -> before + 1);
        FactMeta meta = new FactMeta("record-sale", document, "3f1f9b2a7c5d4e60", "key:till-1", null, at, null);
        batch.add(new StoredFact(StoredFact.NO_POSITION, stream, sequence, fact, meta, at));
    }

    private void flushAt(int size) {
        if (batch.size() >= size) {
            facts.store().append(batch);
            batch.clear();
        }
    }

    @Override
    public void close() {
        facts.close();
        pool.close();
    }
}
