package io.stockledger.stock;

import io.stockledger.decision.Decision.Effects;
import io.stockledger.decision.Moment;
import io.stockledger.decision.Streams;
import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.stock.StockFact.Cause;
import io.stockledger.stock.StockFact.CountTaken;
import io.stockledger.stock.StockFact.ReservationsLapsed;
import io.stockledger.stock.StockFact.StockMoved;
import io.stockledger.stock.StockFact.StockReleased;
import io.stockledger.stock.StockFact.StockReserved;
import io.stockledger.stock.WhereaboutsFact.FirstStocked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One item at one location within one decision: its levels now, and the facts that the decision adds to it. What
 * may be taken is the question of the rule that uses it; here it is only looked up and written down.
 */
public final class StockAt {

    /** Bounds one fact; what is left is told at the next touch. */
    private static final int MOST_LAPSED_AT_ONCE = 500;

    private final Streams streams;
    private final String sku;
    private final String location;
    private final Moment at;
    private boolean isFirstFact;
    private StockState state;

    /** What the state does not show yet. Most decisions ask no more after it, and the next state is not made for them. */
    private @Nullable StockFact latest;

    private Instant latestHappened;

    private boolean touched;

    private StockAt(Streams streams, String sku, String location, Moment at, boolean isFirstFact, StockState state) {
        this.streams = streams;
        this.sku = sku;
        this.location = location;
        this.at = at;
        this.latestHappened = at.happened();
        this.isFirstFact = isFirstFact;
        this.state = state;
    }

    public static StockAt of(Streams streams, String sku, Unit unit, String location, Moment at) {
        Optional<StockState> known = streams.find(StockState.STREAM, StockState.key(sku, location));
        return new StockAt(streams, sku, location, at, known.isEmpty(), known.orElseGet(() -> StockState.none(unit)));
    }

    public String sku() {
        return sku;
    }

    public String location() {
        return location;
    }

    public Quantity availableToPromise(String channel) {
        return state().levels(at.recordTime()).availableToPromise(channel);
    }

    /**
     * What the channel may sell: what the reservation that the sale fulfils holds here, and what is available to
     * promise besides, but never more than is there.
     */
    public Quantity availableToSell(String channel, @Nullable HoldKey fulfilling) {
        Quantity held = livingHold(fulfilling).map(Hold::quantity).orElse(Quantity.zero(state().unit()));
        return held.plus(availableToPromise(channel).orZero())
                .min(state().in(Bucket.SELLABLE))
                .orZero();
    }

    /** What may leave the bucket by choice: of sellable units only those that no living reservation holds. */
    public Quantity free(Bucket bucket) {
        return bucket == Bucket.SELLABLE
                ? state().levels(at.recordTime()).unreserved().orZero()
                : state().in(bucket);
    }

    public Quantity in(Bucket bucket) {
        return state().in(bucket);
    }

    /**
     * How much more there is in the bucket than when what is decided took place; empty when that is so long ago, and so much
     * was told since, that it cannot be looked through.
     */
    public Optional<Quantity> changeSince(Bucket bucket) {
        Quantity none = Quantity.zero(state().unit());
        if (!at.happened().isBefore(at.recordTime())) {
            return Optional.of(none);
        }
        return streams.factsSince(StockState.STREAM, StockState.key(sku, location), at.happened())
                .map(facts -> facts.stream()
                        .filter(past -> past.fact() instanceof StockMoved)
                        .map(past -> ((StockMoved) past.fact()).change(bucket))
                        .reduce(none, Quantity::plus));
    }

    /** Notes that sellable units were counted, and what was found or lost by that. */
    public void count(String count, Quantity counted, Quantity difference, Effects effects) {
        add(new CountTaken(sku, location, count, counted), effects);
        moved(Cause.COUNTED, difference(difference), count, effects);
    }

    /** @param endsAt null: until it is used or released */
    public void hold(String holder, String channel, Quantity quantity, @Nullable Instant endsAt, Effects effects) {
        Quantity protectionUsed = state().isProtected(channel) ? quantity : Quantity.zero(quantity.unit());
        add(new StockReserved(sku, location, new Hold(holder, channel, quantity, protectionUsed, endsAt)), effects);
    }

    /** Ends a hold here, when there is one. */
    public void release(HoldKey held, Effects effects) {
        tellLapsed(effects);
        Optional<Hold> hold = state().hold(held);
        if (hold.isPresent()) {
            append(new StockReleased(sku, location, hold.get()), effects);
        }
    }

    /**
     * @param fulfilling what is held here for the customer, if anything is; the sale uses of it what it sells, and the
     *     rest stays held. Null for none
     */
    public void sell(String channel, Quantity quantity, @Nullable HoldKey fulfilling, Effects effects) {
        tellLapsed(effects);
        @Nullable Hold held = fulfilling == null ? null : state().hold(fulfilling).orElse(null);
        @Nullable Hold part = held == null ? null : held.part(quantity.min(held.quantity()));
        Posting posting = new Posting(Bucket.SELLABLE, Bucket.CUSTOMER, quantity);
        Map<String, Quantity> protectionUsed = protectionUsed(channel, quantity, part);
        append(
                new StockMoved(sku, location, Cause.SOLD, channel, List.of(posting), protectionUsed, part, null),
                effects);
    }

    /** What was held stays counted as it was, for the channel that it was held for; the rest is the seller's. */
    private Map<String, Quantity> protectionUsed(String channel, Quantity quantity, @Nullable Hold part) {
        Map<String, Quantity> used = new HashMap<>();
        Quantity free = quantity;
        if (part != null) {
            free = quantity.minus(part.quantity());
            used.merge(part.channel(), part.protectionUsed(), Quantity::plus);
        }
        if (state().isProtected(channel)) {
            used.merge(channel, free, Quantity::plus);
        }
        used.values().removeIf(Quantity::isZero);
        return used;
    }

    /** @param soldBy the channel that sold them, for which they are kept again if they were before; null when nobody knows */
    public void takeBack(@Nullable String channel, @Nullable String soldBy, List<Posting> postings, Effects effects) {
        Map<String, Quantity> keptAgain = soldBy == null ? Map.of() : keptAgain(soldBy, postings);
        add(new StockMoved(sku, location, Cause.RETURNED, channel, postings, keptAgain, null, null), effects);
    }

    private Map<String, Quantity> keptAgain(String channel, List<Posting> postings) {
        Quantity sellable = postings.stream()
                .filter(posting -> posting.to() == Bucket.SELLABLE)
                .map(Posting::quantity)
                .reduce(Quantity.zero(state().unit()), Quantity::plus);
        Quantity again = sellable.min(state().protectionSold(channel));
        return again.isZero() ? Map.of() : Map.of(channel, again.negated());
    }

    public void move(Cause cause, Bucket from, Bucket to, Quantity quantity, Effects effects) {
        moved(cause, List.of(new Posting(from, to, quantity)), null, effects);
    }

    private void moved(Cause cause, List<Posting> postings, @Nullable String count, Effects effects) {
        if (!postings.isEmpty()) {
            add(new StockMoved(sku, location, cause, null, postings, Map.of(), null, count), effects);
        }
    }

    public void add(StockFact fact, Effects effects) {
        tellLapsed(effects);
        append(fact, effects);
    }

    private void tellLapsed(Effects effects) {
        if (touched) {
            return;
        }
        touched = true;
        List<Hold> lapsed = state().lapsed(at.recordTime(), MOST_LAPSED_AT_ONCE);
        if (!lapsed.isEmpty()) {
            append(new ReservationsLapsed(sku, location, lapsed), effects);
        }
    }

    private void append(StockFact fact, Effects effects) {
        if (isFirstFact) {
            isFirstFact = false;
            if (!Whereabouts.of(streams, sku).contains(location)) {
                effects.add(Whereabouts.STREAM, sku, new FirstStocked(sku, location));
            }
        }
        if (fact instanceof StockMoved moved) {
            explain(moved, effects);
        }
        effects.add(StockState.STREAM, StockState.key(sku, location), fact);
        latest(fact, at.happened());
    }

    /** What took place before a count is part of what it saw: its difference was another one, and now there is as much as before. */
    private void explain(StockMoved late, Effects effects) {
        Optional<Counts.Taken> seen = state().counts().firstAfter(at.happened());
        if (seen.isEmpty()) {
            return;
        }
        Counts.Taken count = seen.get();
        Quantity difference = count.difference().minus(late.change(Bucket.SELLABLE));
        List<Posting> postings = new ArrayList<>(2);
        add(Bucket.FOUND, difference.orZero().minus(count.difference().orZero()), postings);
        add(
                Bucket.LOST,
                count.difference().negated().orZero().minus(difference.negated().orZero()),
                postings);
        if (!postings.isEmpty()) {
            StockMoved explained =
                    new StockMoved(sku, location, Cause.COUNTED, null, postings, Map.of(), null, count.count());
            effects.add(StockState.STREAM, StockState.key(sku, location), explained, count.at());
            latest(explained, count.at());
        }
    }

    private static List<Posting> difference(Quantity difference) {
        List<Posting> postings = new ArrayList<>(1);
        add(difference.isNegative() ? Bucket.LOST : Bucket.FOUND, difference, postings);
        return postings;
    }

    /** @param quantity that comes from the bucket to what is sellable, or below zero goes there */
    private static void add(Bucket other, Quantity quantity, List<Posting> postings) {
        if (quantity.isPositive()) {
            postings.add(new Posting(other, Bucket.SELLABLE, quantity));
        } else if (quantity.isNegative()) {
            postings.add(new Posting(Bucket.SELLABLE, other, quantity.negated()));
        }
    }

    private void latest(StockFact fact, Instant happened) {
        state = state();
        latest = fact;
        latestHappened = happened;
    }

    private StockState state() {
        if (latest != null) {
            state = StockState.after(state, latest, latestHappened);
            latest = null;
        }
        return state;
    }

    private Optional<Hold> livingHold(@Nullable HoldKey held) {
        return held == null ? Optional.empty() : state().hold(held).filter(hold -> hold.isLivingAt(at.recordTime()));
    }
}
