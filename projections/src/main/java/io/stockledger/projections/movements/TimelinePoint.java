package io.stockledger.projections.movements;

import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.StockFact.Cause;
import java.time.Instant;
import java.util.Map;

/**
 * One movement and the stock that it left.
 *
 * @param document the stream of the document that told it
 * @param changes signed, for each bucket at the location that it changed
 * @param buckets what was in each bucket there after it; one that is left out held nothing
 */
public record TimelinePoint(
        long position,
        Instant businessTime,
        Instant recordedAt,
        Cause cause,
        String document,
        Unit unit,
        Map<Bucket, Quantity> changes,
        Map<Bucket, Quantity> buckets) {

    public TimelinePoint {
        changes = Map.copyOf(changes);
        buckets = Map.copyOf(buckets);
    }

    /** Signed, of what is physically there; zero when units only changed their condition. */
    public Quantity change() {
        return sum(changes);
    }

    /** Physically there after it. */
    public Quantity onHand() {
        return sum(buckets);
    }

    /** The part of that which was in one bucket. */
    public Quantity in(Bucket bucket) {
        return buckets.getOrDefault(bucket, Quantity.zero(unit));
    }

    private Quantity sum(Map<Bucket, Quantity> quantities) {
        return quantities.values().stream().reduce(Quantity.zero(unit), Quantity::plus);
    }
}
