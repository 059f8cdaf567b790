package io.stockledger.projections.movements;

import io.stockledger.ledger.StoredFact;
import io.stockledger.projections.view.Columns;
import io.stockledger.projections.view.View;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.Posting;
import io.stockledger.stock.StockFact.StockMoved;
import io.stockledger.stock.StockState;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What came and went physically, so that stock as of any instant can be told. */
public final class MovementsView implements View {

    public static final String NAME = "movements";

    private static final String ADD_MOVEMENTS = """
            INSERT INTO movement (position, bucket, sku, location, business_time, recorded_at, cause, document, quantity)
            SELECT position, bucket, sku, location,
                timestamptz 'epoch' + business_time * interval '1 microsecond',
                timestamptz 'epoch' + recorded_at * interval '1 microsecond',
                cause, document, quantity
            FROM unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::text[],
                ?::text[], ?::numeric[])
                AS c (position, bucket, sku, location, business_time, recorded_at, cause, document, quantity)""";

    private static final String ADD_TO_BALANCES = """
            INSERT INTO movement_balance AS b (location, sku, bucket, unit, quantity)
            SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::numeric[])
            ON CONFLICT (location, sku, bucket) DO UPDATE
            SET quantity = b.quantity + excluded.quantity
            WHERE b.unit = excluded.unit""";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> tables() {
        return List.of("movement", "movement_balance");
    }

    @Override
    public Optional<String> sequenceKey(StoredFact fact) {
        return fact.fact() instanceof StockMoved moved
                ? Optional.of(StockState.key(moved.sku(), moved.location()))
                : Optional.empty();
    }

    @Override
    public void apply(List<StoredFact> facts, Connection connection) throws SQLException {
        List<Movement> movements = new ArrayList<>(facts.size());
        Map<Movement.Key, Movement> sums = new LinkedHashMap<>();
        for (StoredFact fact : facts) {
            for (Movement movement : Movement.of(fact, (StockMoved) fact.fact())) {
                movements.add(movement);
                sums.merge(movement.key(), movement, Movement::plus);
            }
        }
        if (!movements.isEmpty()) {
            addMovements(movements, connection);
            addToBalances(List.copyOf(sums.values()), connection);
        }
    }

    private static void addMovements(List<Movement> movements, Connection connection) throws SQLException {
        try (Columns columns = Columns.of(connection, ADD_MOVEMENTS)) {
            columns.longs(movements.stream().map(row -> row.fact().position()).toList())
                    .texts(movements.stream()
                            .map(row -> row.key().bucket().code())
                            .toList())
                    .texts(movements.stream().map(row -> row.key().sku()).toList())
                    .texts(movements.stream().map(row -> row.key().location()).toList())
                    .micros(movements.stream()
                            .map(row -> row.fact().meta().businessTime())
                            .toList())
                    .micros(movements.stream()
                            .map(row -> row.fact().recordedAt())
                            .toList())
                    .texts(movements.stream()
                            .map(row -> row.moved().cause().name())
                            .toList())
                    .texts(movements.stream()
                            .map(row -> row.fact().meta().document())
                            .toList())
                    .numbers(movements.stream().map(Movement::quantity).toList())
                    .write();
        }
    }

    private static void addToBalances(List<Movement> sums, Connection connection) throws SQLException {
        try (Columns columns = Columns.of(connection, ADD_TO_BALANCES)) {
            int written = columns.texts(
                            sums.stream().map(row -> row.key().location()).toList())
                    .texts(sums.stream().map(row -> row.key().sku()).toList())
                    .texts(sums.stream().map(row -> row.key().bucket().code()).toList())
                    .texts(sums.stream().map(Movement::unit).toList())
                    .numbers(sums.stream().map(Movement::quantity).toList())
                    .write();
            if (written != sums.size()) {
                throw new IllegalStateException(
                        written + " balances changed (expected: " + sums.size() + ", each in the unit that it has)");
            }
        }
    }

    /** What one fact, or several of the same stock, changed of one bucket at the location. */
    private record Movement(Key key, StoredFact fact, StockMoved moved, BigDecimal quantity) {

        record Key(String sku, String location, Bucket bucket) {}

        static List<Movement> of(StoredFact fact, StockMoved moved) {
            Map<Bucket, BigDecimal> changes = new EnumMap<>(Bucket.class);
            for (Posting posting : moved.postings()) {
                BigDecimal amount = posting.quantity().amount();
                changes.merge(posting.from(), amount.negate(), BigDecimal::add);
                changes.merge(posting.to(), amount, BigDecimal::add);
            }
            List<Movement> movements = new ArrayList<>(2);
            changes.forEach((bucket, change) -> {
                if (bucket.isOnHand()) {
                    movements.add(new Movement(new Key(moved.sku(), moved.location(), bucket), fact, moved, change));
                }
            });
            return movements;
        }

        Movement plus(Movement later) {
            if (!unit().equals(later.unit())) {
                throw new IllegalArgumentException(
                        key + ": a quantity in " + later.unit() + " (expected: in " + unit() + ")");
            }
            return new Movement(key, fact, moved, quantity.add(later.quantity));
        }

        String unit() {
            return moved.postings().get(0).quantity().unit().code();
        }
    }
}
