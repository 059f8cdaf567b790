package io.stockledger.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.ledger.FactMeta;
import io.stockledger.ledger.FactStore.StoreUnavailable;
import io.stockledger.ledger.StoredFact;
import io.stockledger.location.LocationFact.LocationOpened;
import io.stockledger.location.LocationKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;

/** Whoever appends, and however far behind a reader is, it sees each fact once and in order. */
class FeedReaderProperties {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final FactMeta META = new FactMeta("OpenLocation", "instruction:1", "none", "test", null, NOW, null);

    private final List<StoredFact> store = new ArrayList<>();
    private RecentFacts recent = new RecentFacts(16);
    private SharedStreams streams = sharedStreams(Duration.ZERO);
    private int streamed;
    private boolean away;

    @Property(tries = 500)
    void seesEachFactOnceAndInOrder(@ForAll long seed) throws InterruptedException {
        Random random = emptied(seed);
        appendElsewhere(random.nextInt(20));
        Duration keptOpen = random.nextBoolean() ? Duration.ZERO : Duration.ofHours(1);
        List<Reading> readings = new ArrayList<>();
        for (int step = 0; step < 80; step++) {
            away = random.nextInt(10) == 0;
            switch (random.nextInt(6)) {
                case 0 -> appendElsewhere(1 + random.nextInt(5));
                case 1, 2 -> appendHere(1 + random.nextInt(10));
                case 3 -> {
                    if (readings.size() < 4) {
                        readings.add(new Reading(random.nextInt(store.size() + 1), keptOpen));
                    }
                }
                default -> {
                    if (!readings.isEmpty()) {
                        readings.get(random.nextInt(readings.size())).next(1 + random.nextInt(12));
                    }
                }
            }
        }
        away = false;
        for (Reading reading : readings) {
            while (reading.next(7)) {
                assertThat(reading.seen.size()).isLessThanOrEqualTo(store.size());
            }
            assertThat(reading.seen).isEqualTo(store.subList(reading.from, store.size()));
        }
        if (!readings.isEmpty()) {
            assertThat(recent.size()).as("kept though all have had it").isZero();
        }
        readings.forEach(reading -> reading.reader.close());
        assertThat(streams.open()).isZero();
    }

    @Property(tries = 200)
    void whatSeveralReadBackIsReadOnce(@ForAll long seed) throws InterruptedException {
        Random random = emptied(seed);
        appendElsewhere(100);
        List<Reading> readings = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            readings.add(new Reading(i, Duration.ofHours(1)));
        }
        List<Reading> behind = new ArrayList<>(readings);
        while (!behind.isEmpty()) {
            Reading next = behind.get(random.nextInt(behind.size()));
            // None goes further ahead of the slowest than a stream keeps for it.
            long slowest = behind.stream().mapToLong(Reading::at).min().orElseThrow();
            long most = Math.min(1 + random.nextInt(8), slowest + 16 - next.at());
            if (most > 0 && !next.next((int) most)) {
                behind.remove(next);
            }
        }

        assertThat(streamed).isEqualTo(100);
        assertThat(streams.open()).isEqualTo(1);
        for (Reading reading : readings) {
            assertThat(reading.seen).isEqualTo(store.subList(reading.from, store.size()));
        }
    }

    @Property(tries = 200)
    void whatOneHasStillToReadIsKeptForIt(@ForAll long seed) throws InterruptedException {
        Random random = emptied(seed);
        appendHere(1);
        Reading slow = new Reading(0, Duration.ZERO);
        Reading quick = new Reading(0, Duration.ZERO);
        slow.next(1);
        int behind = 1 + random.nextInt(15);
        for (int i = 0; i < behind; i++) {
            appendHere(1);
            quick.next(16);
        }

        assertThat(recent.size()).isEqualTo(behind);
        slow.reader.close();
        assertThat(recent.size()).isZero();
        assertThat(quick.seen).isEqualTo(store);
    }

    @Property(tries = 200)
    void whatThisNodeAppendsIsNotReadBack(@ForAll long seed) throws InterruptedException {
        Random random = emptied(seed);
        appendHere(1);
        Reading reading = new Reading(0, Duration.ZERO);
        reading.next(10);
        int readBack = streamed;
        for (int i = 0; i < 20; i++) {
            appendHere(1 + random.nextInt(16));
            reading.next(16);
        }

        assertThat(reading.seen).isEqualTo(store);
        assertThat(streamed).isEqualTo(readBack);
    }

    @Property(tries = 5)
    void readersOnThreadsOfTheirOwnSeeEachFactOnceThoughSomeAreLeftBehind(@ForAll long seed) throws Exception {
        Random random = emptied(seed);
        appendElsewhere(5_000);
        List<Reading> readings = new ArrayList<>();
        List<Future<?>> threads = new ArrayList<>();
        ExecutorService executor = Executors.newCachedThreadPool();
        for (int i = 0; i < 4; i++) {
            Reading reading = new Reading(random.nextInt(10), Duration.ZERO);
            int most = 1 + random.nextInt(40);
            readings.add(reading);
            threads.add(executor.submit(() -> {
                while (reading.at() < store.size()) {
                    reading.next(most);
                }
                return null;
            }));
        }
        executor.shutdown();
        for (Future<?> thread : threads) {
            thread.get(60, TimeUnit.SECONDS);
        }

        for (Reading reading : readings) {
            assertThat(reading.seen).isEqualTo(store.subList(reading.from, store.size()));
        }
    }

    @Property(tries = 5)
    void theQuickWaitForTheSlowSoThatEachFactIsReadOnce(@ForAll long seed) throws Exception {
        Random random = emptied(seed);
        streams = sharedStreams(Duration.ofMinutes(1));
        appendElsewhere(5_000);
        List<Reading> readings = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            readings.add(new Reading(0, Duration.ofHours(1)));
        }
        List<Callable<Void>> all = new ArrayList<>();
        for (Reading reading : readings) {
            int most = 1 + random.nextInt(8);
            all.add(() -> {
                while (reading.at() < store.size()) {
                    assertThat(reading.next(most))
                            .as("facts, as long as there are some")
                            .isTrue();
                }
                reading.reader.close();
                return null;
            });
        }
        ExecutorService executor = Executors.newCachedThreadPool();
        for (Future<Void> reading : executor.invokeAll(all, 60, TimeUnit.SECONDS)) {
            reading.get();
        }
        executor.shutdown();

        assertThat(streamed).isEqualTo(5_000);
        for (Reading reading : readings) {
            assertThat(reading.seen).isEqualTo(store);
        }
    }

    private SharedStreams sharedStreams(Duration patience) {
        return new SharedStreams(StoreStream::new, this::read, 16, patience);
    }

    private Random emptied(long seed) {
        store.clear();
        recent = new RecentFacts(16);
        streams = sharedStreams(Duration.ZERO);
        streamed = 0;
        away = false;
        return new Random(seed);
    }

    private void appendElsewhere(int facts) {
        for (int i = 0; i < facts; i++) {
            store.add(fact(store.size() + 1));
        }
    }

    private void appendHere(int facts) {
        int before = store.size();
        appendElsewhere(facts);
        recent.add(store.subList(before, store.size()));
    }

    private static StoredFact fact(long position) {
        LocationOpened opened = new LocationOpened("shop-" + position, "Shop", LocationKind.SHOP);
        return new StoredFact(position, "location:shop-" + position, 0, opened, META, NOW);
    }

    private StoredFact read(TrackedEventMessage<?> message) {
        streamed++;
        return store.get((int) message.trackingToken().position().orElseThrow() - 1);
    }

    /** One reader and what it has seen; it begins again where it was when the store was away. */
    private final class Reading {

        private final int from;
        private final Duration keptOpen;
        private final List<StoredFact> seen = new ArrayList<>();
        private FeedReader reader;

        Reading(int from, Duration keptOpen) {
            this.from = from;
            this.keptOpen = keptOpen;
            this.reader = open();
        }

        private FeedReader open() {
            return new FeedReader(new FeedReader.Source(recent, store::size, streams, keptOpen), at());
        }

        long at() {
            return (long) from + seen.size();
        }

        boolean next(int most) throws InterruptedException {
            try {
                List<StoredFact> facts = reader.next(most, Duration.ZERO);
                assertThat(facts.size()).isLessThanOrEqualTo(most);
                seen.addAll(facts);
                return !facts.isEmpty();
            } catch (StoreUnavailable e) {
                reader.close();
                reader = open();
                return false;
            }
        }
    }

    private final class StoreStream implements BlockingStream<TrackedEventMessage<?>> {

        private int at;
        private boolean broken;

        StoreStream(long after) {
            this.at = (int) after;
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            return hasNextAvailable() ? Optional.of(message()) : Optional.empty();
        }

        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) {
            broken |= away;
            if (broken) {
                throw new IllegalStateException("the store was away");
            }
            return at < store.size();
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() {
            at++;
            return message();
        }

        private TrackedEventMessage<?> message() {
            StoredFact fact = store.get(at - 1);
            return new GenericTrackedDomainEventMessage<>(
                    new GlobalSequenceTrackingToken(at),
                    new GenericDomainEventMessage<>("location", fact.stream(), 0, fact.fact()));
        }

        @Override
        public void close() {}
    }
}
