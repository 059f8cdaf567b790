package io.stockledger.projections.availability;

import io.stockledger.stock.StockFact;
import io.stockledger.stock.StockState;

/** One item at one location. */
public record StockKey(String sku, String location) {

    static StockKey of(StockFact fact) {
        return new StockKey(fact.sku(), fact.location());
    }

    /** Reads what {@link StockState#key} writes. */
    static StockKey parse(String key) {
        int at = key.lastIndexOf('@');
        if (at < 1) {
            throw new IllegalArgumentException("key: '" + key + "' (expected: a SKU, '@' and a location)");
        }
        return new StockKey(key.substring(0, at), key.substring(at + 1));
    }
}
