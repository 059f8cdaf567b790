package io.stockledger.stock;

import io.stockledger.quantity.Quantity;
import java.time.Instant;

/**
 * What one reservation holds of one item at one location.
 *
 * @param protectionUsed how much it counts, while it lives, against what is kept for its channel: all of it, or
 *     nothing when the channel's protection was set later or never
 * @param endsAt the instant from which it no longer counts
 */
public record Hold(String reservation, String channel, Quantity quantity, Quantity protectionUsed, Instant endsAt)
        implements HoldKey {

    public Hold {
        // A hundred thousand living holds name a handful of channels and quantities.
        channel = channel.intern();
        quantity = quantity.shared();
        protectionUsed = protectionUsed.shared();
    }

    public boolean isLivingAt(Instant at) {
        return at.isBefore(endsAt);
    }

    Hold withoutProtection() {
        return new Hold(reservation, channel, quantity, Quantity.zero(quantity.unit()), endsAt);
    }
}
