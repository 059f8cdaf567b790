package io.stockledger.projections.movements;

import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.stock.Bucket;
import java.util.Map;

/**
 * What was physically at a location at an instant, by all that is known now.
 *
 * @param buckets what was in each bucket there; one that is left out held nothing
 */
public record StockAsOf(String sku, String location, Unit unit, Map<Bucket, Quantity> buckets) {

    public StockAsOf {
        buckets = Map.copyOf(buckets);
    }

    public Quantity in(Bucket bucket) {
        return buckets.getOrDefault(bucket, Quantity.zero(unit));
    }

    public Quantity onHand() {
        return buckets.values().stream().reduce(Quantity.zero(unit), Quantity::plus);
    }
}
