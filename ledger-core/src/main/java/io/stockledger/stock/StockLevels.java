package io.stockledger.stock;

import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import java.util.Map;

/**
 * One item's levels at one location at one instant. The decision and every view compute what may be promised
 * with {@link #availableToPromise}, so they cannot differ.
 *
 * @param buckets what is in each bucket; one that is left out holds nothing
 * @param reserved what living holds hold at the instant
 * @param protectedFor per channel, what is still protected for it; never below zero
 */
public record StockLevels(
        Map<Bucket, Quantity> buckets, Quantity reserved, Quantity safetyStock, Map<String, Quantity> protectedFor) {

    public StockLevels {
        // The buckets are not copied: levels are made for each decision, from a state's own immutable map.
        protectedFor = Map.copyOf(protectedFor);
    }

    public Unit unit() {
        return reserved.unit();
    }

    public Quantity in(Bucket bucket) {
        return buckets.getOrDefault(bucket, Quantity.zero(unit()));
    }

    /** Units physically there. Below zero when more was handed over than the ledger knew of. */
    public Quantity onHand() {
        Quantity onHand = Quantity.zero(unit());
        for (Map.Entry<Bucket, Quantity> entry : buckets.entrySet()) {
            if (entry.getKey().isOnHand()) {
                onHand = onHand.plus(entry.getValue());
            }
        }
        return onHand;
    }

    /** Sellable on hand − living holds: what may be moved or given up without breaking a promise. */
    public Quantity unreserved() {
        return in(Bucket.SELLABLE).minus(reserved);
    }

    /**
     * Sellable on hand − living holds − safety stock − what is still protected for other channels.
     * Below zero when more is promised or kept back than is there.
     */
    public Quantity availableToPromise(String channel) {
        Quantity available = unreserved().minus(safetyStock);
        for (Map.Entry<String, Quantity> protection : protectedFor.entrySet()) {
            if (!protection.getKey().equals(channel)) {
                available = available.minus(protection.getValue());
            }
        }
        return available;
    }

    /** What a channel without a protection of its own may promise. */
    public Quantity availableToPromise() {
        return availableToPromise("");
    }
}
