package io.stockledger.projections.availability;

import io.stockledger.ledger.StoredFact;
import io.stockledger.projections.view.View;
import io.stockledger.stock.StockFact;
import io.stockledger.stock.StockState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Levels, holds and protections of every item at every location. */
public final class AvailabilityView implements View {

    public static final String NAME = "availability";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> tables() {
        return List.of("stock_level", "stock_hold");
    }

    @Override
    public Optional<String> sequenceKey(StoredFact fact) {
        return fact.fact() instanceof StockFact stock
                ? Optional.of(StockState.key(stock.sku(), stock.location()))
                : Optional.empty();
    }

    @Override
    public void apply(List<StoredFact> facts, Connection connection) throws SQLException {
        StockChanges changes = new StockChanges();
        for (StoredFact fact : facts) {
            changes.expect((StockFact) fact.fact());
        }
        StockTables tables = new StockTables(connection);
        tables.loadProtections(changes);
        for (StoredFact fact : facts) {
            changes.add((StockFact) fact.fact());
        }
        tables.write(changes);
    }
}
