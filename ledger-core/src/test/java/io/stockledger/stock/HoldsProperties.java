package io.stockledger.stock;

import static io.stockledger.scenario.Scenario.NOON;
import static io.stockledger.scenario.Shop.BERLIN;
import static io.stockledger.scenario.Shop.POS;
import static io.stockledger.scenario.Shop.TEA;
import static io.stockledger.scenario.Shop.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.decision.Decision.Accepted;
import io.stockledger.decision.Decision.Effects;
import io.stockledger.decision.Moment;
import io.stockledger.document.DocumentFact.InstructionAccepted;
import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.scenario.FoldedStreams;
import io.stockledger.scenario.Shop;
import io.stockledger.stock.StockFact.ChannelProtectionSet;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** Holds that lapse and holds without an end, used and released in parts, beside a model that knows only numbers. */
class HoldsProperties {

    private final Map<String, Integer> held = new HashMap<>();
    private final Map<String, @Nullable Instant> ends = new HashMap<>();

    @Property(tries = 200)
    void whatIsHeldIsWhatWasPromisedAndNeitherUsedNorReleasedNorLapsed(@ForAll long seed) {
        held.clear();
        ends.clear();
        Random random = new Random(seed);
        FoldedStreams streams = new FoldedStreams();
        streams.add("stock:tea@berlin-1", Shop.stocked(TEA, BERLIN, "1000 piece"), NOON);
        for (int i = 0; i < 60; i++) {
            Instant at = NOON.plusSeconds(i);
            Effects effects = new Effects();
            StockAt stock = StockAt.of(streams, TEA, Unit.PIECE, BERLIN, Moment.of(at));
            step(random, "h" + i, at, stock, effects);
            Accepted accepted = (Accepted) effects.accept(InstructionAccepted.of("test", "x", 1, Set.of()));
            accepted.effects().forEach(effect -> streams.add(effect, Moment.of(at)));

            StockState state = streams.find(StockState.STREAM, "tea@berlin-1").orElseThrow();
            assertThat(state.levels(at).reserved()).isEqualTo(pieces(living(at)));
            assertThat(state.held())
                    .isEqualTo(
                            state.holds().values().stream().map(Hold::quantity).reduce(pieces(0), Quantity::plus));
            assertThat(state.holds().values()).allMatch(hold -> hold.quantity().isPositive());
            assertThat(StockSnapshot.of(state).restore()).isEqualTo(state);
            assertThat(state.levels(at).protectedFor().values()).noneMatch(Quantity::isNegative);
        }
    }

    private void step(Random random, String id, Instant at, StockAt stock, Effects effects) {
        String holder = held.isEmpty() ? id : List.copyOf(held.keySet()).get(random.nextInt(held.size()));
        HoldKey key = HoldKey.of(holder, ends.get(holder));
        boolean lives = held.containsKey(holder) && isLiving(holder, at);
        switch (random.nextInt(5)) {
            case 0, 1 -> {
                @Nullable Instant end = random.nextBoolean() ? null : at.plus(Duration.ofSeconds(1 + random.nextInt(20)));
                int quantity = 1 + random.nextInt(9);
                stock.hold(id, random.nextBoolean() ? WEB : POS, pieces(quantity), end, effects);
                held.put(id, quantity);
                ends.put(id, end);
            }
            case 2 -> {
                int quantity = 1 + random.nextInt(6);
                stock.sell(POS, pieces(quantity), lives ? key : null, effects);
                if (lives) {
                    held.computeIfPresent(holder, (name, left) -> left > quantity ? left - quantity : null);
                }
            }
            case 3 -> {
                stock.release(key, effects);
                held.remove(holder);
            }
            default -> stock.add(new ChannelProtectionSet(TEA, BERLIN, WEB, pieces(random.nextInt(20))), effects);
        }
    }

    private int living(Instant at) {
        return held.entrySet().stream()
                .filter(entry -> isLiving(entry.getKey(), at))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    private boolean isLiving(String holder, Instant at) {
        @Nullable Instant end = ends.get(holder);
        return end == null || at.isBefore(end);
    }

    private static Quantity pieces(int amount) {
        return Quantity.of(amount, Unit.PIECE);
    }
}
