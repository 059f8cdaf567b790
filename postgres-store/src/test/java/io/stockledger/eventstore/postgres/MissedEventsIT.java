package io.stockledger.eventstore.postgres;

import static io.stockledger.eventstore.postgres.TestStore.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.stockledger.eventstore.postgres.HeldAppends.Held;
import io.stockledger.eventstore.postgres.TestStore.Tail;
import io.stockledger.postgres.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.axonframework.eventhandling.TrackingToken;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The fault that Axon 4.13's JDBC engine has and ours must not have: an event that is committed late is never delivered.
 * The stock engine stays here as the control; were it to pass, these faults would prove nothing.
 */
class MissedEventsIT {
    private static final Duration LONG_AGO = Duration.ofHours(2);
    private static final int WRITERS = 4;
    private static final int APPENDS_BY_EACH = 60;
    private static final int LOOKS_WHILE_HELD = 3;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    private final List<HikariDataSource> pools = new ArrayList<>();

    @AfterEach
    void stop() {
        threads.shutdownNow();
        pools.forEach(HikariDataSource::close);
    }

    @Test
    void theStockEngineMissesAnEventCommittedAfterOneWithAnOldStamp() throws Exception {
        assertThat(seenByATail(stock())).containsExactly("order:late/0");
    }

    @Test
    void oursMissesNoneCommittedAfterOneWithAnOldStamp() throws Exception {
        assertThat(seenByATail(ours())).containsExactly("order:early/0", "order:late/0");
    }

    @Test
    void theStockEngineMissesAnEventCommittedAfterTheHeadTokenWasTaken() throws Exception {
        assertThat(seenFromAHeadToken(stock())).isEmpty();
    }

    @Test
    void oursMissesNoneCommittedAfterTheHeadTokenWasTaken() throws Exception {
        assertThat(seenFromAHeadToken(ours())).containsExactly("order:early/0", "order:late/0");
    }

    @Test
    void theStockEngineLosesEventsUnderManyWriters() throws Exception {
        assertThat(lostUnderManyWriters(stock())).isNotEmpty();
    }

    @Test
    void oursLosesNoneUnderManyWriters() throws Exception {
        assertThat(lostUnderManyWriters(ours())).isEmpty();
    }

    /** A transaction inserts first and commits last; a reader looks in between. */
    private List<String> seenByATail(HeldAppends store) throws Exception {
        Instant stamp = Instant.now().minus(LONG_AGO);
        Tail tail = new Tail(store.engine(), null);
        Held early = store.insert(List.of(event("order:early", 0, stamp)));
        Future<?> late = appendWhile(store, stamp);
        for (int i = 0; i < LOOKS_WHILE_HELD; i++) {
            tail.look();
        }
        early.commit();
        late.get(120, TimeUnit.SECONDS);
        for (int i = 0; i < LOOKS_WHILE_HELD; i++) {
            tail.look();
        }
        return tail.seen();
    }

    private List<String> seenFromAHeadToken(HeldAppends store) throws Exception {
        Held early = store.insert(List.of(event("order:early", 0, Instant.now())));
        Future<?> late = appendWhile(store, Instant.now());
        TrackingToken head = store.engine().createHeadToken();
        early.commit();
        late.get(120, TimeUnit.SECONDS);
        Tail tail = new Tail(store.engine(), head);
        tail.look();
        return tail.seen();
    }

    /** A second append; it is done where the store lets it overtake the first, and waits where it does not. */
    private Future<?> appendWhile(HeldAppends store, Instant stamp) throws Exception {
        CompletableFuture<Void> appended = CompletableFuture.runAsync(
                () -> store.engine().appendEvents(List.of(event("order:late", 0, stamp))), threads);
        if (store instanceof StockAxonStore) {
            appended.get(120, TimeUnit.SECONDS);
        }
        return appended;
    }

    /** Which of the committed events a reader who looks all the time never saw. */
    private Set<String> lostUnderManyWriters(HeldAppends store) throws Exception {
        Looks looks = new Looks();
        Tail tail = new Tail(store.engine(), null);
        List<Future<?>> writers = new ArrayList<>();
        for (int w = 0; w < WRITERS; w++) {
            int writer = w;
            writers.add(threads.submit(() -> write(store, writer, looks)));
        }
        while (!writers.stream().allMatch(Future::isDone)) {
            tail.look();
            looks.increment();
        }
        for (Future<?> writer : writers) {
            writer.get();
        }
        tail.look();
        tail.look();
        Set<String> lost = new HashSet<>();
        for (int w = 0; w < WRITERS; w++) {
            for (int i = 0; i < APPENDS_BY_EACH; i++) {
                lost.add("order:" + w + "-" + i + "/0");
            }
        }
        assertThat(lost).hasSize(WRITERS * APPENDS_BY_EACH);
        assertThat(tail.seen()).doesNotHaveDuplicates();
        tail.seen().forEach(lost::remove);
        return lost;
    }

    private static Void write(HeldAppends store, int writer, Looks looks) throws Exception {
        Random random = new Random(writer);
        for (int i = 0; i < APPENDS_BY_EACH; i++) {
            Held held = store.insert(
                    List.of(event("order:" + writer + "-" + i, 0, Instant.now().minus(LONG_AGO))));
            if (random.nextInt(5) == 0) {
                looks.await(LOOKS_WHILE_HELD);
            }
            held.commit();
        }
        return null;
    }

    private HeldAppends stock() {
        return new StockAxonStore(pool(TestPostgres.freshDatabase()));
    }

    private HeldAppends ours() {
        DataSource pool = pool(TestStore.freshDatabase());
        return HeldAppends.ours(
                new PostgresEventStorageEngine(
                        pool, pool, TestStore.SERIALIZER, TestStore.SERIALIZER, PostgresEventStoreOptions.standard()),
                pool);
    }

    private DataSource pool(TestPostgres.Database database) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(database.dataSource());
        config.setMaximumPoolSize(WRITERS + 3);
        HikariDataSource pool = new HikariDataSource(config);
        pools.add(pool);
        return pool;
    }

    /** How often the reader has looked, for writers who hold their transaction until it has looked again. */
    private static final class Looks {
        private final AtomicLong count = new AtomicLong();

        void increment() {
            synchronized (this) {
                count.incrementAndGet();
                notifyAll();
            }
        }

        void await(int more) throws InterruptedException {
            synchronized (this) {
                long wanted = count.get() + more;
                while (count.get() < wanted) {
                    wait();
                }
            }
        }
    }
}
