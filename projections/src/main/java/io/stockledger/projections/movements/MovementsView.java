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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What came and went physically, so that stock as of any instant can be told. */
public final class MovementsView implements View {

    public static final String NAME = "movements";

    private static final String ADD_MOVEMENTS = """
            INSERT INTO movement (position, sku, location, business_time, recorded_at, cause, document,
                on_hand, sellable)
            SELECT position, sku, location,
                timestamptz 'epoch' + business_time * interval '1 microsecond',
                timestamptz 'epoch' + recorded_at * interval '1 microsecond',
                cause, document, on_hand, sellable
            FROM unnest(?::bigint[], ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::text[],
                ?::text[], ?::numeric[], ?::numeric[])
                AS c (position, sku, location, business_time, recorded_at, cause, document, on_hand, sellable)""";

    private static final String ADD_TO_BALANCES = """
            INSERT INTO movement_balance AS b (location, sku, unit, on_hand, sellable)
            SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::numeric[], ?::numeric[])
            ON CONFLICT (location, sku) DO UPDATE
            SET on_hand = b.on_hand + excluded.on_hand, sellable = b.sellable + excluded.sellable
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
        Map<String, Movement> sums = new LinkedHashMap<>();
        for (StoredFact fact : facts) {
            Movement movement = Movement.of(fact, (StockMoved) fact.fact());
            movements.add(movement);
            sums.merge(movement.key(), movement, Movement::plus);
        }
        addMovements(movements, connection);
        addToBalances(List.copyOf(sums.values()), connection);
    }

    private static void addMovements(List<Movement> movements, Connection connection) throws SQLException {
        try (Columns columns = Columns.of(connection, ADD_MOVEMENTS)) {
            columns.longs(movements.stream().map(row -> row.fact().position()).toList())
                    .texts(movements.stream().map(row -> row.moved().sku()).toList())
                    .texts(movements.stream().map(row -> row.moved().location()).toList())
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
                    .numbers(movements.stream().map(Movement::onHand).toList())
                    .numbers(movements.stream().map(Movement::sellable).toList())
                    .write();
        }
    }

    private static void addToBalances(List<Movement> sums, Connection connection) throws SQLException {
        try (Columns columns = Columns.of(connection, ADD_TO_BALANCES)) {
            int written = columns.texts(
                            sums.stream().map(row -> row.moved().location()).toList())
                    .texts(sums.stream().map(row -> row.moved().sku()).toList())
                    .texts(sums.stream().map(Movement::unit).toList())
                    .numbers(sums.stream().map(Movement::onHand).toList())
                    .numbers(sums.stream().map(Movement::sellable).toList())
                    .write();
            if (written != sums.size()) {
                throw new IllegalStateException(
                        written + " balances changed (expected: " + sums.size() + ", each in the unit that it has)");
            }
        }
    }

    /** What one fact, or several of the same stock, changed. */
    private record Movement(StoredFact fact, StockMoved moved, BigDecimal onHand, BigDecimal sellable) {

        static Movement of(StoredFact fact, StockMoved moved) {
            BigDecimal onHand = BigDecimal.ZERO;
            BigDecimal sellable = BigDecimal.ZERO;
            for (Posting posting : moved.postings()) {
                BigDecimal amount = posting.quantity().amount();
                onHand = onHand.add(posting.to().isOnHand() ? amount : BigDecimal.ZERO)
                        .subtract(posting.from().isOnHand() ? amount : BigDecimal.ZERO);
                sellable = sellable.add(posting.to() == Bucket.SELLABLE ? amount : BigDecimal.ZERO)
                        .subtract(posting.from() == Bucket.SELLABLE ? amount : BigDecimal.ZERO);
            }
            return new Movement(fact, moved, onHand, sellable);
        }

        Movement plus(Movement later) {
            if (!unit().equals(later.unit())) {
                throw new IllegalArgumentException(
                        key() + ": a quantity in " + later.unit() + " (expected: in " + unit() + ")");
            }
            return new Movement(fact, moved, onHand.add(later.onHand), sellable.add(later.sellable));
        }

        String key() {
            return StockState.key(moved.sku(), moved.location());
        }

        String unit() {
            return moved.postings().get(0).quantity().unit().code();
        }
    }
}
