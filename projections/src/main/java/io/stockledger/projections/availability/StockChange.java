package io.stockledger.projections.availability;

import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.Hold;
import io.stockledger.stock.Posting;
import io.stockledger.stock.Protection;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a batch changes for one item at one location. */
final class StockChange {

    private final StockKey key;
    private final Map<String, Protection> protections = new HashMap<>();
    private final Set<String> changedProtections = new HashSet<>();
    private final Set<String> protectedAnew = new HashSet<>();
    private final Map<String, Hold> begun = new LinkedHashMap<>();
    private final Map<String, Hold> ended = new HashMap<>();
    private @Nullable Unit unit;
    private BigDecimal sellable = BigDecimal.ZERO;
    private BigDecimal quarantine = BigDecimal.ZERO;
    private BigDecimal damaged = BigDecimal.ZERO;
    private BigDecimal held = BigDecimal.ZERO;
    private @Nullable BigDecimal safetyStock;

    StockChange(StockKey key) {
        this.key = key;
    }

    /** A protection as the table has it before the batch. */
    void know(String channel, BigDecimal quantity, BigDecimal sold, BigDecimal alreadyHeld, Unit in) {
        requireUnit(in);
        protections.put(
                channel,
                new Protection(new Quantity(quantity, in), new Quantity(sold, in), new Quantity(alreadyHeld, in)));
    }

    void move(List<Posting> postings) {
        for (Posting posting : postings) {
            requireUnit(posting.quantity().unit());
            BigDecimal amount = posting.quantity().amount();
            add(posting.from(), amount.negate());
            add(posting.to(), amount);
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
        if (begun.put(hold.reservation(), hold) != null) {
            throw new IllegalStateException(
                    "reservation " + hold.reservation() + " began (expected: not one of the holds of " + key + ")");
        }
        held = held.add(hold.quantity().amount());
        useProtection(hold.channel(), hold.protectionUsed());
    }

    void end(Hold hold) {
        requireUnit(hold.quantity().unit());
        if (begun.remove(hold.reservation()) == null && ended.put(hold.reservation(), hold) != null) {
            throw new IllegalStateException(
                    "reservation " + hold.reservation() + " ended (expected: one of the holds of " + key + ")");
        }
        held = held.subtract(hold.quantity().amount());
        useProtection(hold.channel(), hold.protectionUsed().negated());
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
        begun.replaceAll((reservation, hold) -> hold.channel().equals(channel)
                ? new Hold(reservation, channel, hold.quantity(), none, hold.endsAt())
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

    BigDecimal sellable() {
        return sellable;
    }

    BigDecimal quarantine() {
        return quarantine;
    }

    BigDecimal damaged() {
        return damaged;
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

    /** Those whose rows are to go. */
    Collection<Hold> ended() {
        return ended.values();
    }

    /** Channels whose older holds use no protection any more. */
    Set<String> protectedAnew() {
        return protectedAnew;
    }

    Set<String> changedProtections() {
        return changedProtections;
    }

    Protection protection(String channel) {
        Protection protection = protections.get(channel);
        if (protection == null) {
            throw new IllegalStateException(key + ": no protection for " + channel + " (expected: one)");
        }
        return protection;
    }

    private void useProtection(String channel, Quantity more) {
        Protection protection = protections.get(channel);
        if (protection != null && !more.isZero()) {
            change(channel, protection.plusHeld(more));
        }
    }

    private void change(String channel, Protection protection) {
        protections.put(channel, protection);
        changedProtections.add(channel);
    }

    private void add(Bucket bucket, BigDecimal amount) {
        switch (bucket) {
            case SELLABLE -> sellable = sellable.add(amount);
            case QUARANTINE -> quarantine = quarantine.add(amount);
            case DAMAGED -> damaged = damaged.add(amount);
            default -> {
                // Not at the location.
            }
        }
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
