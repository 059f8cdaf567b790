package io.stockledger.api.store;

import io.stockledger.eventstore.AxonFactStore;
import io.stockledger.eventstore.FactSerializer;
import io.stockledger.eventstore.postgres.FactTables;
import io.stockledger.eventstore.postgres.PostgresEventStorageEngine;
import io.stockledger.eventstore.postgres.PostgresEventStoreOptions;
import java.time.Duration;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;

/** The facts in a PostgreSQL. */
public final class PostgresFacts implements ConnectedFacts {

    /** Read on in the store, as a view does that has fallen behind or while other nodes write. */
    private static final Duration OTHER_NODES_SEEN_WITHIN = Duration.ofMillis(50);

    /** Only for readers that follow other nodes; what this node appends is remembered by AxonFactStore. */
    private static final int CACHED_EVENTS = 2_000;

    private final PostgresEventStorageEngine engine;
    private final EmbeddedEventStore events;
    private final AxonFactStore store;

    private PostgresFacts(PostgresEventStorageEngine engine, EmbeddedEventStore events, AxonFactStore store) {
        this.engine = engine;
        this.events = events;
        this.store = store;
    }

    /**
     * Creates the tables where they are missing, and connects.
     *
     * @param appends gives the one connection that appends
     * @param reads a pool
     */
    public static PostgresFacts connect(DataSource appends, DataSource reads, PostgresEventStoreOptions options) {
        FactTables.migrate(appends);
        FactSerializer serializer = FactSerializer.create();
        PostgresEventStorageEngine engine =
                new PostgresEventStorageEngine(appends, reads, serializer, serializer, options);
        EmbeddedEventStore events = EmbeddedEventStore.builder()
                .storageEngine(engine)
                .fetchDelay(OTHER_NODES_SEEN_WITHIN.toMillis())
                .cachedEvents(CACHED_EVENTS)
                .build();
        return new PostgresFacts(engine, events, new AxonFactStore(events, new PostgresSpecifics(engine)));
    }

    @Override
    public AxonFactStore store() {
        return store;
    }

    @Override
    public void close() {
        events.shutDown();
        engine.close();
    }
}
