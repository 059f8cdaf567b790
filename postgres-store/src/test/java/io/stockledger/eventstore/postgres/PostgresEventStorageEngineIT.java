package io.stockledger.eventstore.postgres;

import static io.stockledger.eventstore.postgres.TestStore.NOON;
import static io.stockledger.eventstore.postgres.TestStore.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockledger.eventstore.postgres.TestStore.Moved;
import io.stockledger.eventstore.postgres.TestStore.Tail;
import io.stockledger.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostgresEventStorageEngineIT {
    private final TestPostgres.Database database = TestStore.freshDatabase();
    private final PostgresEventStorageEngine engine =
            TestStore.engine(database, PostgresEventStoreOptions.standard().withFetchSize(3));

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void givesBackWhatWasAppendedInOneGlobalOrder() {
        assertThat(engine.append(List.of(event("order:1", 0), event("stock:a", 0), event("stock:a", 1))))
                .isEqualTo(3);
        assertThat(engine.append(List.of(event("stock:b", 0), event("stock:a", 2))))
                .isEqualTo(5);
        assertThat(engine.lastAppendedPosition()).isEqualTo(5);

        List<? extends TrackedEventMessage<?>> all =
                engine.readEvents(null, false).toList();

        List<TrackingToken> tokens = new ArrayList<>();
        all.forEach(event -> tokens.add(event.trackingToken()));
        assertThat(tokens).containsExactly(token(1), token(2), token(3), token(4), token(5));
        DomainEventMessage<?> second = (DomainEventMessage<?>) all.get(1);
        assertThat(second.getPayload()).isEqualTo(new Moved("stock:a", 0));
        assertThat(second.getMetaData()).isEqualTo(Map.of("principal", "pos-1"));
        assertThat(second.getType()).isEqualTo("stock");
        assertThat(second.getAggregateIdentifier()).isEqualTo("stock:a");
        assertThat(second.getIdentifier()).isEqualTo("stock:a/0");
        assertThat(second.getTimestamp()).isEqualTo(NOON);
        Tail rest = new Tail(engine, token(3));
        rest.look();
        assertThat(rest.seen()).containsExactly("stock:b/0", "stock:a/2");
    }

    @Test
    void storesAllOfABatchOrNothing() {
        engine.append(List.of(event("stock:b", 0)));

        assertThatThrownBy(() -> engine.append(
                        List.of(event("order:1", 0), event("stock:a", 0), event("stock:b", 0), event("stock:b", 1))))
                .isInstanceOf(ConcurrencyException.class)
                .isInstanceOfSatisfying(
                        FactConflict.class,
                        conflict -> assertThat(conflict.streams()).containsExactly("stock:b"));

        assertThat(engine.headPosition()).isEqualTo(1);
        // The refused batch left no hole.
        assertThat(engine.append(List.of(event("order:1", 0)))).isEqualTo(2);
    }

    @Test
    void callsNothingButAStreamThatMovedOnAConflict() throws SQLException {
        executeAsOwner("ALTER TABLE ledger.fact ADD CONSTRAINT other UNIQUE (event_id)");
        engine.append(List.of(event("stock:a", 0)));
        DomainEventMessage<?> sameIdentifier =
                new GenericDomainEventMessage<>("stock", "stock:b", 0, new Moved("b", 0), Map.of(), "stock:a/0", NOON);

        assertThatThrownBy(() -> engine.append(List.of(sameIdentifier)))
                .isInstanceOf(EventStoreException.class)
                .isNotInstanceOf(AppendOutcomeUnknown.class)
                .hasMessageContaining("nothing appended of 1 facts");
    }

    @Test
    void refusesEventsThatNoStreamCouldHold() {
        assertThatThrownBy(() -> engine.append(List.of(new GenericEventMessage<>(new Moved("a", 1)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("without a stream");
        assertThatThrownBy(() -> engine.append(List.of(new GenericDomainEventMessage<>("Stock", "stock:a", 0, "x"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("type of stock:a: Stock (expected: stock");
        assertThatThrownBy(() -> engine.append(List.of(event("stock:a", 0), event("stock:a", 2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sequence of stock:a: 2 (expected: 1");
        assertThatThrownBy(() -> engine.append(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThat(engine.headPosition()).isZero();
    }

    @Test
    void readsAStreamAcrossFetchesAndFromTheMiddle() {
        append("stock:a", 10);
        append("stock:b", 1);

        assertThat(sequences(engine.readEvents("stock:a").asStream().toList()))
                .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(sequences(engine.readEvents("stock:a", 7).asStream().toList()))
                .containsExactly(7L, 8L, 9L);
        assertThat(engine.readEvents("stock:none").hasNext()).isFalse();
        assertThat(engine.lastSequenceNumberFor("stock:a")).contains(9L);
        assertThat(engine.lastSequenceNumberFor("stock:none")).isEmpty();
    }

    @Test
    void readsManyStreamsAtOnce() {
        append("stock:a", 5);
        append("stock:b", 3);

        Map<String, List<DomainEventMessage<?>>> streams =
                engine.readStreams(Map.of("stock:a", 3L, "stock:b", 0L, "stock:none", 0L));

        assertThat(streams).containsOnlyKeys("stock:a", "stock:b", "stock:none");
        assertThat(sequences(streams.getOrDefault("stock:a", List.of()))).containsExactly(3L, 4L);
        assertThat(sequences(streams.getOrDefault("stock:b", List.of()))).containsExactly(0L, 1L, 2L);
        assertThat(streams.get("stock:none")).isEmpty();
        assertThat(engine.headSequences(List.of("stock:a", "stock:b", "stock:none")))
                .isEqualTo(Map.of("stock:a", 4L, "stock:b", 2L));
        assertThat(engine.firstPosition("stock:b")).hasValue(6);
        assertThat(engine.firstPosition("stock:none")).isEmpty();
        assertThat(engine.readStreams(Map.of())).isEmpty();
        assertThat(engine.headSequences(List.of())).isEmpty();
    }

    @Test
    void goesOnReadingTheSameStreamAfterItRanDry() {
        append("stock:a", 4);
        var events = engine.readEvents(null, true).iterator();
        for (int i = 0; i < 4; i++) {
            events.next();
        }
        assertThat(events.hasNext()).isFalse();

        append("stock:b", 1);

        assertThat(events.hasNext()).isTrue();
        assertThat(events.next().getIdentifier()).isEqualTo("stock:b/0");
    }

    @Test
    void makesTokensForTheEndsAndForAnInstant() {
        assertThat(engine.createTailToken()).isNull();
        assertThat(engine.createHeadToken()).isNull();
        assertThat(engine.createTokenAt(NOON)).isNull();
        List<DomainEventMessage<?>> minutes = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            minutes.add(event("stock:a", i, NOON.plus(Duration.ofMinutes(i))));
        }
        // Another node's clock is a minute behind.
        minutes.add(event("stock:b", 0, NOON.plus(Duration.ofMinutes(58))));
        engine.append(minutes);

        assertThat(engine.createHeadToken()).isEqualTo(token(61));
        assertThat(engine.createTokenAt(NOON.minusSeconds(1))).isNull();
        assertThat(engine.createTokenAt(NOON.plus(Duration.ofMinutes(30)))).isEqualTo(token(30));
        assertThat(engine.createTokenAt(NOON.plus(Duration.ofSeconds(1)))).isEqualTo(token(1));
        assertThat(engine.createTokenAt(NOON.plus(Duration.ofDays(1)))).isEqualTo(token(61));
        assertThatThrownBy(() -> engine.readEvents(GapAwareTrackingToken.newInstance(1, List.of()), false)
                        .toList())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: a GlobalSequenceTrackingToken");
    }

    @Test
    void keepsTheNewestSnapshot() {
        engine.storeSnapshot(event("stock:a", 20));
        engine.storeSnapshot(event("stock:a", 10));
        engine.storeSnapshot(event("stock:b", 5));

        assertThat(engine.readSnapshot("stock:a")).hasValueSatisfying(snapshot -> {
            assertThat(snapshot.getSequenceNumber()).isEqualTo(20);
            assertThat(snapshot.getPayload()).isEqualTo(new Moved("stock:a", 20));
        });
        assertThat(engine.readSnapshots(List.of("stock:a", "stock:b", "stock:none")))
                .containsOnlyKeys("stock:a", "stock:b");
        assertThat(engine.readSnapshot("stock:none")).isEmpty();
    }

    @Test
    void refusesADatabaseThatMayForgetUnlessToldThatItMay() throws SQLException {
        executeAsOwner("ALTER DATABASE " + database.name() + " SET synchronous_commit = off");

        assertThatThrownBy(() -> TestStore.engine(database))
                .isInstanceOf(EventStoreException.class)
                .hasMessageContaining("synchronous_commit off")
                .hasMessageContaining("stockledger.postgres.accept-data-loss=true");
        TestStore.engine(database, PostgresEventStoreOptions.standard().withDataLossAccepted(true))
                .close();
    }

    @Test
    void letsNotEvenTheirOwnerChangeFactsByMistake() {
        append("stock:a", 2);

        for (String change : List.of(
                "UPDATE ledger.fact SET sequence = 7 WHERE sequence = 1",
                "DELETE FROM ledger.fact",
                "TRUNCATE ledger.fact")) {
            assertThatThrownBy(() -> executeAsOwner(change)).hasMessageContaining("facts are never changed");
        }
    }

    @Test
    void servesAxonsEmbeddedEventStore() throws Exception {
        EmbeddedEventStore store =
                EmbeddedEventStore.builder().storageEngine(engine).build();
        try (BlockingStream<TrackedEventMessage<?>> stream = store.openStream(null)) {
            store.publish(event("stock:a", 0), event("stock:a", 1));
            assertThat(stream.nextAvailable().getIdentifier()).isEqualTo("stock:a/0");
            assertThat(stream.nextAvailable().getIdentifier()).isEqualTo("stock:a/1");
            assertThat(stream.hasNextAvailable(0, TimeUnit.MILLISECONDS)).isFalse();
            store.storeSnapshot(event("stock:a", 1));
            store.publish(event("stock:a", 2));
            assertThat(stream.nextAvailable().getIdentifier()).isEqualTo("stock:a/2");
            assertThat(sequences(store.readEvents("stock:a").asStream().toList()))
                    .as("snapshot, then what follows it")
                    .containsExactly(1L, 2L);
        } finally {
            store.shutDown();
        }
    }

    @Test
    void showsFactsAsJsonToAPerson() throws SQLException {
        append("stock:a", 1);
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("SELECT payload ->> 'what' FROM ledger.fact_as_json")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo("stock:a");
        }
    }

    @Test
    void migratesAgainWithoutEffectAndBesideOtherTables() throws SQLException {
        execute("CREATE TABLE public.somebody_elses (n int)");
        append("stock:a", 1);

        FactTables.migrate(database.owner());

        assertThat(engine.headPosition()).isEqualTo(1);
    }

    private void append(String stream, int count) {
        List<DomainEventMessage<?>> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(event(stream, i));
        }
        engine.append(events);
    }

    private static List<Long> sequences(List<? extends DomainEventMessage<?>> events) {
        List<Long> sequences = new ArrayList<>();
        events.forEach(event -> sequences.add(event.getSequenceNumber()));
        return sequences;
    }

    private void execute(String sql) throws SQLException {
        execute(database.dataSource(), sql);
    }

    private void executeAsOwner(String sql) throws SQLException {
        execute(database.ownerDataSource(), sql);
    }

    private static void execute(DataSource role, String sql) throws SQLException {
        try (Connection connection = role.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static GlobalSequenceTrackingToken token(long position) {
        return new GlobalSequenceTrackingToken(position);
    }
}
