package io.stockledger.stock;

import io.stockledger.decision.StreamType;
import io.stockledger.document.Fact;
import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.stock.StockFact.ChannelProtectionSet;
import io.stockledger.stock.StockFact.CountTaken;
import io.stockledger.stock.StockFact.ReservationsLapsed;
import io.stockledger.stock.StockFact.SafetyStockSet;
import io.stockledger.stock.StockFact.StockMoved;
import io.stockledger.stock.StockFact.StockReleased;
import io.stockledger.stock.StockFact.StockReserved;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.TreePMap;

/**
 * One item at one location: where promises are decided.
 *
 * <p>Invariants: (1) the sum over all buckets is zero; (2) {@code held} is the sum of all holds, living or not.
 *
 * <p>The maps share structure between one state and the next, so a promise on an item with a hundred thousand
 * living holds costs as little as on one with none.
 */
public record StockState(
        Unit unit,
        PMap<Bucket, Quantity> buckets,
        Quantity safetyStock,
        PMap<String, Protection> protections,
        TreePMap<HoldKey, Hold> holds,
        Quantity held,
        Counts counts) {

    public static final StreamType<StockState> STREAM = StreamType.timed("stock", StockState::after)
            .withSnapshots(
                    StockSnapshot::of,
                    snapshot -> ((StockSnapshot) snapshot).restore(),
                    state -> state.holds().size());

    public static StockState none(Unit unit) {
        Quantity zero = Quantity.zero(unit);
        return new StockState(
                unit, HashTreePMap.empty(), zero, HashTreePMap.empty(), TreePMap.empty(), zero, Counts.NONE);
    }

    /** The stream's name without its prefix. A location holds no {@code @}, so it reads back in one way. */
    public static String key(String sku, String location) {
        return sku + "@" + location;
    }

    public Quantity in(Bucket bucket) {
        Quantity quantity = buckets.get(bucket);
        return quantity == null ? Quantity.zero(unit) : quantity;
    }

    boolean isProtected(String channel) {
        return protections.containsKey(channel);
    }

    /** What the channel has sold since units are kept for it. */
    Quantity protectionSold(String channel) {
        Protection protection = protections.get(channel);
        return protection == null ? Quantity.zero(unit) : protection.sold();
    }

    public Optional<Hold> hold(HoldKey key) {
        return Optional.ofNullable(holds.get(key));
    }

    /** The levels at an instant: a hold that has run out by then counts no more, whether a fact says so or not. */
    public StockLevels levels(Instant at) {
        Quantity living = held;
        Map<String, Quantity> lapsed = new HashMap<>();
        for (Hold hold : lapsed(at, Integer.MAX_VALUE)) {
            living = living.minus(hold.quantity());
            lapsed.merge(hold.channel(), hold.protectionUsed(), Quantity::plus);
        }
        return new StockLevels(buckets, living, safetyStock, protectedFor(lapsed));
    }

    private Map<String, Quantity> protectedFor(Map<String, Quantity> lapsed) {
        if (protections.isEmpty()) {
            return Map.of();
        }
        Map<String, Quantity> left = new HashMap<>();
        protections.forEach((channel, protection) ->
                left.put(channel, protection.left(lapsed.getOrDefault(channel, Quantity.zero(unit)))));
        return left;
    }

    /** The holds that have run out and that no fact has told of yet, oldest first. */
    List<Hold> lapsed(Instant at, int most) {
        // Mostly there is none, and the first to end is found faster than a walk begins.
        if (holds.isEmpty()) {
            return List.of();
        }
        Instant firstEnd = holds.firstKey().endsAt();
        if (firstEnd == null || at.isBefore(firstEnd)) {
            return List.of();
        }
        List<Hold> lapsed = new ArrayList<>();
        for (Hold hold : holds.values()) {
            if (hold.isLivingAt(at) || lapsed.size() == most) {
                break;
            }
            lapsed.add(hold);
        }
        return lapsed;
    }

    static StockState after(@Nullable StockState before, Fact fact, Instant happened) {
        if (fact instanceof StockMoved moved) {
            StockState state = orNone(before, moved.postings().get(0).quantity());
            for (Posting posting : moved.postings()) {
                state = state.plus(posting.from(), posting.quantity().negated()).plus(posting.to(), posting.quantity());
            }
            if (moved.fulfilled() != null) {
                state = state.without(moved.fulfilled());
            }
            for (Map.Entry<String, Quantity> used : moved.protectionUsed().entrySet()) {
                state = state.withSold(used.getKey(), used.getValue());
            }
            return moved.count() == null
                    ? state
                    : state.with(state.counts.explained(moved.count(), moved.change(Bucket.SELLABLE)));
        }
        if (fact instanceof CountTaken taken) {
            StockState state = orNone(before, taken.counted());
            return state.with(state.counts.plus(taken.count(), happened, Quantity.zero(state.unit)));
        }
        if (fact instanceof StockReserved reserved) {
            return orNone(before, reserved.hold().quantity()).with(reserved.hold());
        }
        if (fact instanceof StockReleased released) {
            return orNone(before, released.hold().quantity()).without(released.hold());
        }
        if (fact instanceof ReservationsLapsed lapsed) {
            StockState state = orNone(before, lapsed.holds().get(0).quantity());
            for (Hold hold : lapsed.holds()) {
                state = state.without(hold);
            }
            return state;
        }
        if (fact instanceof SafetyStockSet set) {
            return orNone(before, set.quantity()).withSafetyStock(set.quantity());
        }
        if (fact instanceof ChannelProtectionSet set) {
            return orNone(before, set.quantity()).withProtection(set.channel(), set.quantity());
        }
        throw new AssertionError("not a fact of stock: " + fact);
    }

    private static StockState orNone(@Nullable StockState before, Quantity inUnit) {
        return before == null ? none(inUnit.unit()) : before;
    }

    private StockState plus(Bucket bucket, Quantity quantity) {
        return with(buckets.plus(bucket, in(bucket).plus(quantity)), safetyStock, protections);
    }

    private StockState withSafetyStock(Quantity quantity) {
        return with(buckets, quantity, protections);
    }

    private StockState withSold(String channel, Quantity protectionUsed) {
        Protection protection = protections.get(channel);
        return protection == null
                ? this
                : with(buckets, safetyStock, protections.plus(channel, protection.plusSold(protectionUsed)));
    }

    private StockState withProtection(String channel, Quantity quantity) {
        TreePMap<HoldKey, Hold> released = holds;
        for (Hold hold : holds.values()) {
            if (hold.channel().equals(channel) && !hold.protectionUsed().isZero()) {
                Hold without = hold.withoutProtection();
                released = released.minus(hold).plus(without, without);
            }
        }
        return new StockState(
                unit, buckets, safetyStock, protections.plus(channel, Protection.of(quantity)), released, held, counts);
    }

    private StockState with(Hold hold) {
        return new StockState(
                unit,
                buckets,
                safetyStock,
                protectionsPlusHeld(hold.channel(), hold.protectionUsed()),
                holds.plus(hold, hold),
                held.plus(hold.quantity()),
                counts);
    }

    private StockState without(Hold part) {
        Hold hold = holds.get(part);
        if (hold == null) {
            throw new IllegalStateException(
                    "held for " + part.holder() + " until " + part.endsAt() + ": nothing (expected: one of the holds)");
        }
        Hold left = hold.minus(part);
        return new StockState(
                unit,
                buckets,
                safetyStock,
                protectionsPlusHeld(hold.channel(), left.protectionUsed().minus(hold.protectionUsed())),
                left.quantity().isZero() ? holds.minus(hold) : holds.minus(hold).plus(left, left),
                held.minus(part.quantity()),
                counts);
    }

    private PMap<String, Protection> protectionsPlusHeld(String channel, Quantity more) {
        Protection protection = protections.get(channel);
        return protection == null || more.isZero() ? protections : protections.plus(channel, protection.plusHeld(more));
    }

    private StockState with(
            PMap<Bucket, Quantity> newBuckets, Quantity newSafetyStock, PMap<String, Protection> newProtections) {
        return new StockState(unit, newBuckets, newSafetyStock, newProtections, holds, held, counts);
    }

    private StockState with(Counts newCounts) {
        return new StockState(unit, buckets, safetyStock, protections, holds, held, newCounts);
    }
}
