package io.stockledger.adjustment;

import static io.stockledger.scenario.Scenario.given;
import static io.stockledger.scenario.Shop.BERLIN;
import static io.stockledger.scenario.Shop.POS;
import static io.stockledger.scenario.Shop.TEA;
import static io.stockledger.scenario.Shop.chain;
import static io.stockledger.scenario.Shop.count;
import static io.stockledger.scenario.Shop.goods;
import static io.stockledger.scenario.Shop.handedOver;
import static io.stockledger.scenario.Shop.receive;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.decision.Streams.PastFact;
import io.stockledger.document.Command;
import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.scenario.Scenario;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.StockFact.StockMoved;
import io.stockledger.stock.StockState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** In whatever order counts, sales and receipts are told: what is there at each moment is what they say in order of their time. */
class CountsInTimeProperties {

    /** What took place at a minute of the day: so much more or less, or exactly so much. */
    private record Event(int minute, boolean isCount, int amount) {

        Command command() {
            String id = "d" + minute;
            if (isCount) {
                return count(id, BERLIN, goods(TEA, String.valueOf(amount)));
            }
            return amount < 0
                    ? handedOver(id, POS, BERLIN, goods(TEA, String.valueOf(-amount)))
                    : receive(id, BERLIN, goods(TEA, String.valueOf(amount)));
        }
    }

    @Property(tries = 300)
    void theOrderOfTellingDoesNotMatter(@ForAll long seed) {
        Random random = new Random(seed);
        List<Event> events = new ArrayList<>();
        for (int minute = 1; minute <= 24; minute++) {
            boolean isCount = random.nextInt(4) == 0;
            events.add(
                    new Event(minute, isCount, isCount ? random.nextInt(40) : (1 + random.nextInt(9)) * sign(random)));
        }
        NavigableMap<Integer, Integer> there = inOrder(events);
        Collections.shuffle(events, random);

        Scenario told = given(chain()).after(Duration.ofDays(1));
        Instant midnight = Scenario.NOON.plus(Duration.ofDays(1)).minus(Duration.ofHours(12));
        for (Event event : events) {
            told.ago(Duration.ofHours(12).minusMinutes(event.minute())).when(event.command());
            told.thenAccepted();
        }

        there.forEach((minute, amount) -> assertThat(thereAt(told, midnight.plusSeconds(60L * minute)))
                .as("at minute %d of %s", minute, events)
                .isEqualTo(Quantity.of(amount, Unit.PIECE)));
        StockState stock = told.stock(TEA, BERLIN);
        assertThat(stock.in(Bucket.SELLABLE))
                .isEqualTo(Quantity.of(there.lastEntry().getValue(), Unit.PIECE));
        assertThat(stock.buckets().values().stream().reduce(Quantity.zero(Unit.PIECE), Quantity::plus))
                .isEqualTo(Quantity.zero(Unit.PIECE));
    }

    private static int sign(Random random) {
        return random.nextBoolean() ? 1 : -1;
    }

    private static NavigableMap<Integer, Integer> inOrder(List<Event> events) {
        NavigableMap<Integer, Integer> there = new TreeMap<>();
        int amount = 0;
        for (Event event : events) {
            amount = event.isCount() ? event.amount() : amount + event.amount();
            there.put(event.minute(), amount);
        }
        return there;
    }

    private static Quantity thereAt(Scenario scenario, Instant instant) {
        return scenario.streams().factsSince(StockState.STREAM, TEA + "@" + BERLIN, Instant.MIN).orElseThrow().stream()
                .filter(past -> !past.happened().isAfter(instant))
                .map(PastFact::fact)
                .filter(StockMoved.class::isInstance)
                .map(moved -> ((StockMoved) moved).change(Bucket.SELLABLE))
                .reduce(Quantity.zero(Unit.PIECE), Quantity::plus);
    }
}
