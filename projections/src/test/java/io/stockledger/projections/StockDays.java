package io.stockledger.projections;

import io.stockledger.decision.Decision;
import io.stockledger.decision.Decision.Effects;
import io.stockledger.decision.Decision.NewFact;
import io.stockledger.decision.Moment;
import io.stockledger.decision.StreamType;
import io.stockledger.decision.Streams;
import io.stockledger.document.DocumentFact.InstructionAccepted;
import io.stockledger.ledger.FactMeta;
import io.stockledger.projections.availability.StockKey;
import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.Hold;
import io.stockledger.stock.HoldKey;
import io.stockledger.stock.Posting;
import io.stockledger.stock.StockAt;
import io.stockledger.stock.StockFact.Cause;
import io.stockledger.stock.StockFact.ChannelProtectionSet;
import io.stockledger.stock.StockFact.SafetyStockSet;
import io.stockledger.stock.StockFact.StockReleased;
import io.stockledger.stock.StockLevels;
import io.stockledger.stock.StockState;
import io.stockledger.stock.Whereabouts;
import io.stockledger.stock.WhereaboutsFact.FirstStocked;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePSet;
import org.pcollections.PSet;

/** Random, seeded days in the stores: what happens to stock, told as the ledger would, and the states it makes. */
public final class StockDays {

    public static final List<String> CHANNELS = List.of("shop", "web", "phone");

    private static final List<String> SKUS = List.of("0001", "0002", "a@b", "weighed");
    private static final List<String> LOCATIONS = List.of("berlin-1", "berlin-2", "hall");

    private final Random random;
    private final FactLog log;
    private final Map<String, Object> states = new HashMap<>();
    private final Map<StockKey, List<HoldKey>> holds = new HashMap<>();
    private Instant now = Instant.parse("2026-03-01T08:00:00Z");
    private int documents;

    public StockDays(long seed, FactLog log) {
        this.random = new Random(seed);
        this.log = log;
    }

    /** The states that all facts so far make. */
    public Map<StockKey, StockState> states() {
        Map<StockKey, StockState> found = new HashMap<>();
        for (String sku : SKUS) {
            for (String location : LOCATIONS) {
                if (states.get(StockState.STREAM.stream(StockState.key(sku, location))) instanceof StockState state) {
                    found.put(new StockKey(sku, location), state);
                }
            }
        }
        return found;
    }

    /** What an answer shows: what is on hand. An empty bucket is as good as none. */
    public static StockLevels shown(StockLevels levels) {
        Map<Bucket, Quantity> onHand = new EnumMap<>(Bucket.class);
        levels.buckets().forEach((bucket, quantity) -> {
            if (bucket.isOnHand() && !quantity.isZero()) {
                onHand.put(bucket, quantity);
            }
        });
        return new StockLevels(onHand, levels.reserved(), levels.safetyStock(), levels.protectedFor());
    }

    /** An instant around which reservations live and end. */
    public Instant anyInstant() {
        return now.plusSeconds(random.nextInt(7_200) - 1_800L).plusNanos(random.nextInt(1_000_000_000));
    }

    public void happen(int times) {
        for (int i = 0; i < times; i++) {
            happen();
        }
    }

    private void happen() {
        now = now.plusMillis(random.nextInt(120_000));
        // What is told late happened before it was recorded.
        Moment moment = new Moment(now, random.nextInt(4) == 0 ? now.minusSeconds(random.nextInt(5_000)) : now);
        String sku = any(SKUS);
        String location = any(LOCATIONS);
        StockKey key = new StockKey(sku, location);
        Unit unit = sku.equals("weighed") ? Unit.KILOGRAM : Unit.PIECE;
        Effects effects = new Effects();
        StockAt stock = StockAt.of(streams(), sku, unit, location, moment);
        String document = "d" + documents++;
        switch (random.nextInt(16)) {
            case 0 -> stock.move(Cause.RECEIVED, Bucket.SUPPLIER, Bucket.SELLABLE, some(unit, 40), effects);
            case 1 -> stock.add(new SafetyStockSet(sku, location, some(unit, 5)), effects);
            case 2, 11 -> stock.add(new ChannelProtectionSet(sku, location, any(CHANNELS), some(unit, 90)), effects);
            case 3 ->
                stock.move(
                        Cause.RECLASSIFIED,
                        Bucket.SELLABLE,
                        any(List.of(Bucket.DAMAGED, Bucket.QUARANTINE)),
                        some(unit, 3),
                        effects);
            case 4 ->
                stock.takeBack(
                        any(CHANNELS),
                        any(CHANNELS),
                        List.of(new Posting(Bucket.CUSTOMER, Bucket.SELLABLE, some(unit, 4))),
                        effects);
            case 5 -> stock.release(anyHold(key), effects);
            case 6 -> stock.sell(any(CHANNELS), some(unit, 6), anyHold(key), effects);
            case 7 -> stock.sell(any(CHANNELS), some(unit, 6), null, effects);
            case 8 -> stock.hold(document, any(CHANNELS), some(unit, 9), kept(key, document, null), effects);
            case 9, 12 -> releaseSome(key, stock, effects);
            case 10 -> holdOtherwise(key, unit, stock, effects);
            case 13 -> stock.count(document, some(unit, 40), some(unit, 9).minus(some(unit, 9)), effects);
            case 14 -> stock.count(document, some(unit, 40), Quantity.zero(unit), effects);
            default -> stock.hold(document, any(CHANNELS), some(unit, 9), kept(key, document, soon()), effects);
        }
        tell(effects, document, moment);
    }

    /** A part of a hold, and sometimes its channel is protected anew after the part was told. */
    private void releaseSome(StockKey key, StockAt stock, Effects effects) {
        Optional<Hold> found = Optional.ofNullable(states().get(key)).flatMap(state -> state.hold(anyHold(key)));
        if (found.isPresent() && found.get().isLivingAt(now)) {
            Hold hold = found.get();
            Hold part = hold.part(some(hold.quantity().unit(), 4).min(hold.quantity()));
            if (random.nextInt(4) == 0) {
                Quantity kept = some(hold.quantity().unit(), 90);
                stock.add(new ChannelProtectionSet(key.sku(), key.location(), hold.channel(), kept), effects);
            }
            stock.add(new StockReleased(key.sku(), key.location(), part), effects);
        }
    }

    /** More or less, in one command and under the same key, as a changed reservation is. */
    private void holdOtherwise(StockKey key, Unit unit, StockAt stock, Effects effects) {
        HoldKey hold = anyHold(key);
        Optional<Hold> found = Optional.ofNullable(states().get(key)).flatMap(state -> state.hold(hold));
        if (found.isPresent() && found.get().isLivingAt(now)) {
            stock.release(hold, effects);
            stock.hold(hold.holder(), any(CHANNELS), some(unit, 9), hold.endsAt(), effects);
        }
    }

    private Instant soon() {
        return now.plus(Duration.ofSeconds(random.nextInt(3_600))).plusNanos(random.nextInt(2_000));
    }

    private @Nullable Instant kept(StockKey key, String holder, @Nullable Instant end) {
        holds.computeIfAbsent(key, none -> new ArrayList<>()).add(HoldKey.of(holder, end));
        return end;
    }

    private void tell(Effects effects, String document, Moment moment) {
        Decision.Accepted accepted =
                (Decision.Accepted) effects.accept(InstructionAccepted.of("test", "test", 1, Set.of()));
        FactMeta meta =
                new FactMeta("test", "instruction:" + document, "none", "tester", null, moment.businessTime(), null);
        List<NewFact> facts = new ArrayList<>(accepted.effects());
        for (NewFact fact : facts) {
            Object before = states.get(fact.stream());
            states.put(
                    fact.stream(),
                    fact.fact() instanceof FirstStocked first
                            ? whereabouts((Whereabouts) before, first.location())
                            : StockState.STREAM
                                    .after()
                                    .apply(
                                            (StockState) before,
                                            fact.fact(),
                                            fact.happened() == null ? moment.happened() : fact.happened()));
        }
        facts.add(new NewFact("instruction:" + document, accepted.document()));
        log.append(facts, meta, now);
    }

    private static Whereabouts whereabouts(@Nullable Whereabouts before, String location) {
        PSet<String> locations = before == null ? HashTreePSet.empty() : before.locations();
        return new Whereabouts(locations.plus(location));
    }

    private Streams streams() {
        return new Streams() {
            @Override
            @SuppressWarnings("unchecked") // a stream's name begins with its type's prefix
            public <S> Optional<S> find(StreamType<S> type, String key) {
                return Optional.ofNullable((S) states.get(type.stream(key)));
            }

            @Override
            public <S> long version(StreamType<S> type, String key) {
                throw new UnsupportedOperationException("stock is moved whatever its version");
            }

            @Override
            public <S> Optional<List<PastFact>> factsSince(StreamType<S> type, String key, Instant instant) {
                throw new UnsupportedOperationException("no count asks what was there");
            }
        };
    }

    private HoldKey anyHold(StockKey key) {
        List<HoldKey> made = holds.getOrDefault(key, List.of());
        return made.isEmpty() ? HoldKey.of("none", Instant.EPOCH) : any(made);
    }

    private Quantity some(Unit unit, int most) {
        BigDecimal whole = BigDecimal.valueOf(1 + random.nextInt(most));
        return new Quantity(unit == Unit.PIECE ? whole : whole.add(BigDecimal.valueOf(random.nextInt(1_000), 3)), unit);
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
