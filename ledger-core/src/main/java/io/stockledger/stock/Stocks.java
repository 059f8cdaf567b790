package io.stockledger.stock;

import io.stockledger.decision.Moment;
import io.stockledger.decision.Streams;
import io.stockledger.quantity.Unit;
import java.util.HashMap;
import java.util.Map;

/** The stocks that one decision works on. Asked for twice, a stock is the same, with what was done to it in between. */
public final class Stocks {

    private final Streams streams;
    private final Moment at;
    private final Map<String, StockAt> stocks = new HashMap<>();

    public Stocks(Streams streams, Moment at) {
        this.streams = streams;
        this.at = at;
    }

    public StockAt at(String sku, Unit unit, String location) {
        return stocks.computeIfAbsent(
                StockState.key(sku, location), key -> StockAt.of(streams, sku, unit, location, at));
    }
}
