package io.stockledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.document.DocumentFact.CommandRefused;
import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.reservation.ReservationRefusal;
import io.stockledger.scenario.OnHandBooks;
import io.stockledger.scenario.RandomCommands;
import io.stockledger.scenario.Scenario;
import io.stockledger.stock.StockFact;
import io.stockledger.stock.StockState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Units are neither made nor lost, whatever is sent by several callers at once. */
class HundredThousandCommandsTest {

    private static final int COMMANDS = 100_000;
    private static final int CALLERS = 4;
    private static final long SEED = 20_260_302;

    @Test
    void afterAHundredThousandRandomCommandsTheSumOverAllBucketsIsZeroAndTheDocumentsAgreeWithTheStock()
            throws Exception {
        MemoryFactStore store = new MemoryFactStore();
        LedgerSettings settings = new LedgerSettings(4_096, 256, 1_000, 200, 2_000, 50, Duration.ofSeconds(20));
        try (Node node = Node.on(store, settings)) {
            RandomCommands.opening().forEach(node::accepted);
            ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
            AtomicLong milliseconds = new AtomicLong();
            List<Future<?>> running = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                RandomCommands commands = new RandomCommands("c" + caller + "-", SEED + caller);
                running.add(callers.submit(() -> send(node, commands, milliseconds)));
            }
            for (Future<?> one : running) {
                one.get();
            }
            callers.shutdown();
        }

        checkEveryThousandthStep(store.all());
        checkThatEverythingHappened(store.all());
    }

    private static void send(Node node, RandomCommands commands, AtomicLong milliseconds) {
        List<CompletableFuture<Answer>> waiting = new ArrayList<>();
        for (int i = 0; i < COMMANDS / CALLERS; i++) {
            node.at(Scenario.NOON.plusMillis(milliseconds.addAndGet(20_000)));
            waiting.add(node.submit(commands.next()));
            if (waiting.size() == 200) {
                Node.answersOf(waiting);
                waiting.clear();
            }
        }
        Node.answersOf(waiting);
    }

    private static void checkEveryThousandthStep(List<StoredFact> facts) {
        Map<String, StockState> stocks = new HashMap<>();
        OnHandBooks books = new OnHandBooks();
        Set<String> documents = new HashSet<>();
        for (StoredFact stored : facts) {
            if (stored.fact() instanceof StockFact stock) {
                stocks.put(
                        stored.stream(),
                        StockState.STREAM.after().apply(stocks.get(stored.stream()), stock, stored.happened()));
            }
            books.apply(stored.fact());
            boolean stepDone = stored.stream().equals(stored.meta().document()) && documents.add(stored.stream());
            if (stepDone && documents.size() % 1_000 == 0) {
                check(stocks, books);
            }
        }
        check(stocks, books);
    }

    private static void check(Map<String, StockState> stocks, OnHandBooks books) {
        Map<Unit, Quantity> sums = new HashMap<>();
        for (StockState stock : stocks.values()) {
            stock.buckets().values().forEach(units -> sums.merge(units.unit(), units, Quantity::plus));
        }
        assertThat(sums).hasSize(2).allSatisfy((unit, sum) -> assertThat(sum).isEqualTo(Quantity.zero(unit)));
        assertThat(books.onHand()).isNotEmpty().allSatisfy((place, quantity) -> {
            StockState stock = Objects.requireNonNull(stocks.get("stock:" + place.sku() + "@" + place.location()));
            assertThat(stock.in(place.bucket())).as("%s", place).isEqualTo(quantity);
        });
    }

    private static void checkThatEverythingHappened(List<StoredFact> facts) {
        Set<String> accepted = new HashSet<>();
        Set<Class<?>> refusals = new HashSet<>();
        for (StoredFact stored : facts) {
            if (stored.fact() instanceof CommandRefused refused) {
                refusals.add(refused.refusal().getClass());
            } else {
                accepted.add(stored.meta().command());
            }
        }
        Set<String> names = new HashSet<>();
        RandomCommands commands = new RandomCommands("all-", SEED);
        for (int i = 0; i < 10_000; i++) {
            names.add(commands.next().name());
        }

        assertThat(names).hasSize(Rules.commands().size());
        assertThat(accepted).isEqualTo(names);
        assertThat(refusals).hasSizeGreaterThanOrEqualTo(10).contains(ReservationRefusal.ReservationLapsed.class);
    }
}
