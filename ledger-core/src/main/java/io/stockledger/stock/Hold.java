package io.stockledger.stock;

import io.stockledger.quantity.Quantity;
import java.time.Instant;

/**
 * What one reservation holds of one item at one location.
 *
 * @param protectionUsed how much of the channel's protection it uses up while it lives
 * @param endsAt the instant from which it no longer counts
 */
public record Hold(String reservation, String channel, Quantity quantity, Quantity protectionUsed, Instant endsAt) {

    public boolean isLivingAt(Instant at) {
        return at.isBefore(endsAt);
    }

    Hold withoutProtection() {
        return new Hold(reservation, channel, quantity, Quantity.zero(quantity.unit()), endsAt);
    }
}
