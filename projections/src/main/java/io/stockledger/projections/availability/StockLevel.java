package io.stockledger.projections.availability;

import io.stockledger.quantity.Unit;
import io.stockledger.stock.StockLevels;

/** The levels of one item at one location; {@link StockLevels#availableToPromise} answers for each channel. */
public record StockLevel(StockKey key, StockLevels levels) {

    public Unit unit() {
        return levels.unit();
    }
}
