package io.stockledger.stock;

import io.stockledger.quantity.Quantity;
import java.util.Map;

/**
 * One item's levels at one location at one instant. The decision and every view compute what may be promised
 * with {@link #availableToPromise}, so they cannot differ.
 *
 * @param reserved what living reservations hold at the instant
 * @param protectedFor per channel, what is still protected for it; never below zero
 */
public record StockLevels(
        Quantity sellable,
        Quantity quarantine,
        Quantity damaged,
        Quantity reserved,
        Quantity safetyStock,
        Map<String, Quantity> protectedFor) {

    public StockLevels {
        protectedFor = Map.copyOf(protectedFor);
    }

    /** Units physically there. Below zero when more was handed over than the ledger knew of. */
    public Quantity onHand() {
        return sellable.plus(quarantine).plus(damaged);
    }

    /** Sellable on hand − living reservations: what may be moved or given up without breaking a promise. */
    public Quantity unreserved() {
        return sellable.minus(reserved);
    }

    /**
     * Sellable on hand − living reservations − safety stock − what is still protected for other channels.
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
