package io.stockledger.stock;

import io.stockledger.quantity.Quantity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is held of one item at one location for somebody, or a part of it.
 *
 * @param holder whom it is held for: a reservation's id or, without an end, an order's line
 * @param protectionUsed how much it counts, while it lives, against what is kept for its channel: all of it, or
 *     nothing when the channel's protection was set later or never
 * @param endsAt the instant from which it no longer counts; null: it counts until it is used or released
 */
public record Hold(
        String holder,
        String channel,
        Quantity quantity,
        Quantity protectionUsed,
        @Nullable Instant endsAt) implements HoldKey {

    public Hold {
        // A hundred thousand living holds name a handful of channels and quantities.
        channel = channel.intern();
        quantity = quantity.shared();
        protectionUsed = protectionUsed.shared();
    }

    public boolean isLivingAt(Instant at) {
        return endsAt == null || at.isBefore(endsAt);
    }

    /** So much of it, with its share of the protection. */
    public Hold part(Quantity some) {
        return new Hold(holder, channel, some, some.min(protectionUsed), endsAt);
    }

    /** What is left of it without a part. Its protection may have been forgotten since the part was told. */
    Hold minus(Hold part) {
        Quantity left = quantity.minus(part.quantity);
        if (left.isNegative()) {
            throw new IllegalStateException(
                    "held for " + holder + ": " + part.quantity + " of it ended (expected: at most " + quantity + ")");
        }
        return new Hold(
                holder, channel, left, protectionUsed.minus(part.protectionUsed).orZero(), endsAt);
    }

    Hold withoutProtection() {
        return new Hold(holder, channel, quantity, Quantity.zero(quantity.unit()), endsAt);
    }
}
