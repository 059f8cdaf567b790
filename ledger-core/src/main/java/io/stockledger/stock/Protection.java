package io.stockledger.stock;

import io.stockledger.quantity.Quantity;

/**
 * Units kept for one channel.
 *
 * @param quantity as it was set
 * @param sold what the channel has sold since, which may be more
 * @param held what is held for the channel by reservations made since, living or not
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
