package io.stockledger.stock;

import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import java.util.List;
import java.util.Map;
import org.pcollections.HashTreePMap;

/** A {@link StockState} as it is stored, so that an item with a million facts is read in one step. */
public record StockSnapshot(
        Unit unit,
        Map<Bucket, Quantity> buckets,
        Quantity safetyStock,
        Map<String, Protection> protections,
        List<Hold> holds,
        List<Counts.Taken> counts) {

    static StockSnapshot of(StockState state) {
        return new StockSnapshot(
                state.unit(),
                state.buckets(),
                state.safetyStock(),
                state.protections(),
                List.copyOf(state.holds().values()),
                state.counts().taken());
    }

    StockState restore() {
        StockState none = StockState.none(unit);
        Quantity held = Quantity.zero(unit);
        var living = none.holds();
        for (Hold hold : holds) {
            living = living.plus(hold, hold);
            held = held.plus(hold.quantity());
        }
        return new StockState(
                unit,
                HashTreePMap.from(buckets),
                safetyStock,
                HashTreePMap.from(protections),
                living,
                held,
                new Counts(counts));
    }
}
