package io.stockledger.projections.availability;

import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.Hold;
import io.stockledger.stock.HoldKey;
import io.stockledger.stock.Posting;
import io.stockledger.stock.Protection;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a batch changes for one item at one location. */
final class StockChange {

    private final StockKey key;
    private final Map<Bucket, BigDecimal> buckets = new EnumMap<>(Bucket.class);
    private final Map<String, Protection> protections = new HashMap<>();
    private final Set<String> protectedAnew = new HashSet<>();
    private final Map<HoldKey, Hold> begun = new LinkedHashMap<>();
    private final Map<HoldKey, Hold> ended = new LinkedHashMap<>();
    private boolean protectionsChanged;
    private @Nullable Unit unit;
    private BigDecimal held = BigDecimal.ZERO;
    private @Nullable BigDecimal safetyStock;

    StockChange(StockKey key) {
        this.key = key;
    }

    /** The protections as the table has them before the batch. */
    void know(Map<String, Protection> before, Unit in) {
        requireUnit(in);
        protections.putAll(before);
    }

    void move(Collection<Posting> postings) {
        for (Posting posting : postings) {
            requireUnit(posting.quantity().unit());
            BigDecimal amount = posting.quantity().amount();
            buckets.merge(posting.from(), amount.negate(), BigDecimal::add);
            buckets.merge(posting.to(), amount, BigDecimal::add);
        }
    }

    void sell(String channel, Quantity protectionUsed) {
        Protection protection = protections.get(channel);
        if (protection != null) {
            change(channel, protection.plusSold(protectionUsed));
        }
    }

    void begin(Hold hold) {
        requireUnit(hold.quantity().unit());
        if (begun.put(keyOf(hold), hold) != null) {
            throw new IllegalStateException(
                    "held for " + hold.holder() + " anew (expected: not one of the holds of " + key + ")");
        }
        held = held.add(hold.quantity().amount());
        useProtection(hold.channel(), hold.protectionUsed());
    }

    /** @param part all that was held, or some of it */
    void end(Hold part) {
        requireUnit(part.quantity().unit());
        HoldKey holdKey = keyOf(part);
        Hold inBatch = begun.get(holdKey);
        if (inBatch == null) {
            ended.merge(holdKey, part, StockChange::both);
            // The table's holds use none of a protection that was set after them.
            if (!protectedAnew.contains(part.channel())) {
                useProtection(part.channel(), part.protectionUsed().negated());
            }
        } else {
            Hold left = without(inBatch, part);
            if (left.quantity().isZero()) {
                begun.remove(holdKey);
            } else {
                begun.put(holdKey, left);
            }
            useProtection(part.channel(), left.protectionUsed().minus(inBatch.protectionUsed()));
        }
        held = held.subtract(part.quantity().amount());
    }

    /** What it found or lost is moved by a fact of its own, or by none. */
    void count(Quantity counted) {
        requireUnit(counted.unit());
    }

    void keepBack(Quantity quantity) {
        requireUnit(quantity.unit());
        safetyStock = quantity.amount();
    }

    /** Begins anew: what the channel sold or holds by now no longer counts against the protection. */
    void protect(String channel, Quantity quantity) {
        requireUnit(quantity.unit());
        change(channel, Protection.of(quantity));
        protectedAnew.add(channel);
        Quantity none = Quantity.zero(quantity.unit());
        begun.replaceAll((holdKey, hold) -> hold.channel().equals(channel)
                ? new Hold(hold.holder(), channel, hold.quantity(), none, hold.endsAt())
                : hold);
    }

    StockKey key() {
        return key;
    }

    Unit unit() {
        if (unit == null) {
            throw new IllegalStateException(key + ": no unit (expected: one from a fact)");
        }
        return unit;
    }

    /** Signed, of every bucket that a fact named. */
    Map<Bucket, BigDecimal> buckets() {
        return buckets;
    }

    BigDecimal held() {
        return held;
    }

    /** Null: it stays as it is. */
    @Nullable BigDecimal safetyStock() {
        return safetyStock;
    }

    Collection<Hold> begun() {
        return begun.values();
    }

    /** What is to be taken off the table's holds, each once. */
    Collection<Hold> ended() {
        return ended.values();
    }

    /** Channels whose older holds use no protection any more. */
    Set<String> protectedAnew() {
        return protectedAnew;
    }

    /** All there are; null when they stay as they are. */
    @Nullable Map<String, Protection> changedProtections() {
        return protectionsChanged ? protections : null;
    }

    private void useProtection(String channel, Quantity more) {
        Protection protection = protections.get(channel);
        if (protection != null && !more.isZero()) {
            change(channel, protection.plusHeld(more));
        }
    }

    private void change(String channel, Protection protection) {
        protections.put(channel, protection);
        protectionsChanged = true;
    }

    /** Without the hold itself, whose quantity changes. */
    private static HoldKey keyOf(Hold hold) {
        return HoldKey.of(hold.holder(), hold.endsAt());
    }

    private static Hold both(Hold one, Hold other) {
        return new Hold(
                one.holder(),
                one.channel(),
                one.quantity().plus(other.quantity()),
                one.protectionUsed().plus(other.protectionUsed()),
                one.endsAt());
    }

    private Hold without(Hold hold, Hold part) {
        Quantity left = hold.quantity().minus(part.quantity());
        if (left.isNegative()) {
            throw new IllegalStateException("held for " + hold.holder() + " of " + key + ": " + part.quantity()
                    + " of it ended (expected: at most " + hold.quantity() + ")");
        }
        Quantity protectionLeft =
                hold.protectionUsed().minus(part.protectionUsed()).orZero();
        return new Hold(hold.holder(), hold.channel(), left, protectionLeft, hold.endsAt());
    }

    private void requireUnit(Unit in) {
        if (unit == null) {
            unit = in;
        } else if (unit != in) {
            throw new IllegalArgumentException(
                    key + ": a quantity in " + in.code() + " (expected: in " + unit.code() + ")");
        }
    }
}
