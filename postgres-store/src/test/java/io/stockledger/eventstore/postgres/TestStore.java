package io.stockledger.eventstore.postgres;

import io.stockledger.postgres.TestPostgres;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.jspecify.annotations.Nullable;

/** Databases with fact tables, engines on them, and events to put in. */
final class TestStore {
    static final Serializer SERIALIZER = Jackson3Serializer.builder().build();
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");

    /** The events of these tests. */
    record Moved(String what, int units) {}

    private TestStore() {}

    static TestPostgres.Database freshDatabase() {
        return TestPostgres.freshDatabase("facts", database -> FactTables.migrate(database.owner()));
    }

    static PostgresEventStorageEngine engine(TestPostgres.Database database) {
        return engine(database, PostgresEventStoreOptions.standard());
    }

    static PostgresEventStorageEngine engine(TestPostgres.Database database, PostgresEventStoreOptions options) {
        return new PostgresEventStorageEngine(
                database.dataSource(), database.dataSource(), SERIALIZER, SERIALIZER, options);
    }

    static DomainEventMessage<Moved> event(String stream, long sequence) {
        return event(stream, sequence, NOON);
    }

    static DomainEventMessage<Moved> event(String stream, long sequence, Instant recordedAt) {
        return new GenericDomainEventMessage<>(
                StoredFact.typeOf(stream),
                stream,
                sequence,
                new Moved(stream, (int) sequence),
                MetaData.from(Map.of("principal", "pos-1")),
                stream + "/" + sequence,
                recordedAt);
    }

    /** What a tailing reader has seen so far: everything behind its token, each time it looks. */
    static final class Tail {
        private final EventStorageEngine engine;
        private final List<String> seen = new ArrayList<>();
        private @Nullable TrackingToken token;

        Tail(EventStorageEngine engine, @Nullable TrackingToken token) {
            this.engine = engine;
            this.token = token;
        }

        void look() {
            engine.readEvents(token, false).forEach(this::see);
        }

        private void see(TrackedEventMessage<?> event) {
            token = event.trackingToken();
            seen.add(event.getIdentifier());
        }

        List<String> seen() {
            return seen;
        }
    }
}
