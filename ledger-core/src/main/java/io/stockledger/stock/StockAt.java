package io.stockledger.stock;

import io.stockledger.decision.Decision.Effects;
import io.stockledger.decision.Streams;
import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.stock.StockFact.Cause;
import io.stockledger.stock.StockFact.ReservationsLapsed;
import io.stockledger.stock.StockFact.StockMoved;
import io.stockledger.stock.StockFact.StockReleased;
import io.stockledger.stock.StockFact.StockReserved;
import io.stockledger.stock.WhereaboutsFact.FirstStocked;
import java.time.Instant;
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
    private final Instant at;
    private boolean isFirstFact;
    private StockState state;

    /** What the state does not show yet. Most decisions ask no more after it, and the next state is not made for them. */
    private @Nullable StockFact latest;

    private boolean touched;

    private StockAt(Streams streams, String sku, String location, Instant at, boolean isFirstFact, StockState state) {
        this.streams = streams;
        this.sku = sku;
        this.location = location;
        this.at = at;
        this.isFirstFact = isFirstFact;
        this.state = state;
    }

    /** @param at the record time of the decision */
    public static StockAt of(Streams streams, String sku, Unit unit, String location, Instant at) {
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
        return state().levels(at).availableToPromise(channel);
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
        return bucket == Bucket.SELLABLE ? state().levels(at).unreserved().orZero() : state().in(bucket);
    }

    public Quantity in(Bucket bucket) {
        return state().in(bucket);
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
        append(new StockMoved(sku, location, Cause.SOLD, channel, List.of(posting), protectionUsed, part), effects);
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

    public void takeBack(@Nullable String channel, List<Posting> postings, Effects effects) {
        add(new StockMoved(sku, location, Cause.RETURNED, channel, postings, Map.of(), null), effects);
    }

    public void move(Cause cause, Bucket from, Bucket to, Quantity quantity, Effects effects) {
        Posting posting = new Posting(from, to, quantity);
        add(new StockMoved(sku, location, cause, null, List.of(posting), Map.of(), null), effects);
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
        List<Hold> lapsed = state().lapsed(at, MOST_LAPSED_AT_ONCE);
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
        effects.add(StockState.STREAM, StockState.key(sku, location), fact);
        state = state();
        latest = fact;
    }

    private StockState state() {
        if (latest != null) {
            state = StockState.after(state, latest);
            latest = null;
        }
        return state;
    }

    private Optional<Hold> livingHold(@Nullable HoldKey held) {
        return held == null ? Optional.empty() : state().hold(held).filter(hold -> hold.isLivingAt(at));
    }
}
