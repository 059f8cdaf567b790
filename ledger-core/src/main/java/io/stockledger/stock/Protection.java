package io.stockledger.stock;

import io.stockledger.quantity.Quantity;

/**
 * Units kept for one channel.
 *
 * @param quantity as it was set
 * @param sold how much of it the channel's sales have used up since
 * @param held how much of it the channel's holds use, living or not
 */
public record Protection(Quantity quantity, Quantity sold, Quantity held) {

    public static Protection of(Quantity quantity) {
        Quantity none = Quantity.zero(quantity.unit());
        return new Protection(quantity, none, none);
    }

    public Protection plusSold(Quantity more) {
        return new Protection(quantity, sold.plus(more), held);
    }

    public Protection plusHeld(Quantity more) {
        return new Protection(quantity, sold, held.plus(more));
    }

    /** @param lapsed what holds that have run out still count in {@code held} */
    public Quantity left(Quantity lapsed) {
        return quantity.minus(sold).minus(held.minus(lapsed)).orZero();
    }
}
