package io.stockledger.eventstore.postgres;

import static io.stockledger.eventstore.postgres.TestStore.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.postgres.TestPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConcurrentAppendIT {
    private final TestPostgres.Database database = TestStore.freshDatabase();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    @Test
    void letsExactlyOneOfTwoNodesWriteEachSequence() throws Exception {
        int wanted = 100;
        AtomicInteger conflicts = new AtomicInteger();
        List<Callable<Integer>> nodes = new ArrayList<>();
        for (int n = 0; n < 2; n++) {
            int node = n;
            nodes.add(() -> {
                int won = 0;
                try (PostgresEventStorageEngine engine = TestStore.engine(database)) {
                    for (long next = 0; next < wanted; ) {
                        try {
                            // A document of its own goes with each try, and must vanish with a lost one.
                            engine.append(List.of(event("order:" + node + "-" + next, 0), event("stock:hot", next)));
                            won++;
                            next++;
                        } catch (FactConflict e) {
                            assertThat(e.streams()).containsExactly("stock:hot");
                            conflicts.incrementAndGet();
                            next = engine.lastSequenceNumberFor("stock:hot").orElseThrow() + 1;
                        }
                    }
                }
                return won;
            });
        }
        int won = 0;
        for (Future<Integer> node : threads.invokeAll(nodes)) {
            won += node.get();
        }

        assertThat(won).isEqualTo(wanted);
        assertThat(conflicts).hasPositiveValue();
        try (PostgresEventStorageEngine engine = TestStore.engine(database)) {
            assertThat(engine.headPosition()).isEqualTo(2L * wanted);
            assertThat(engine.readStreams(Map.of("stock:hot", 0L)).getOrDefault("stock:hot", List.of()))
                    .hasSize(wanted);
        }
    }

    @Test
    void givesATailingReaderEveryPositionOnceAndInOrder() throws Exception {
        int batchesByEach = 80;
        AtomicInteger written = new AtomicInteger();
        List<Future<?>> writers = new ArrayList<>();
        for (int w = 0; w < 4; w++) {
            int writer = w;
            writers.add(threads.submit(() -> {
                Random random = new Random(writer);
                long sequence = 0;
                try (PostgresEventStorageEngine engine = TestStore.engine(database)) {
                    for (int i = 0; i < batchesByEach; i++) {
                        List<DomainEventMessage<?>> batch = new ArrayList<>();
                        for (int n = 1 + random.nextInt(20); n > 0; n--) {
                            batch.add(event("stock:" + writer, sequence++));
                        }
                        engine.append(batch);
                        written.addAndGet(batch.size());
                    }
                }
                return null;
            }));
        }
        long expected = 1;
        try (PostgresEventStorageEngine engine =
                TestStore.engine(database, PostgresEventStoreOptions.standard().withFetchSize(37))) {
            TrackingToken token = null;
            boolean done;
            do {
                done = writers.stream().allMatch(Future::isDone);
                for (TrackedEventMessage<?> event :
                        engine.readEvents(token, false).toList()) {
                    assertThat(event.trackingToken().position()).hasValue(expected);
                    token = event.trackingToken();
                    expected++;
                }
            } while (!done);
        }
        for (Future<?> writer : writers) {
            writer.get();
        }
        assertThat(expected - 1).isEqualTo(written.get());
    }
}
