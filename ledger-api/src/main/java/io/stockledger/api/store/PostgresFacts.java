package io.stockledger.api.store;

import io.stockledger.eventstore.AxonFactStore;
import io.stockledger.eventstore.FactSerializer;
import io.stockledger.eventstore.postgres.FactTables;
import io.stockledger.eventstore.postgres.PostgresEventStorageEngine;
import io.stockledger.eventstore.postgres.PostgresEventStoreOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStoreException;

/** The facts in a PostgreSQL. */
public final class PostgresFacts implements ConnectedFacts {

    private static final int ANSWERS_WITHIN_SECONDS = 2;

    private final PostgresEventStorageEngine engine;
    private final EmbeddedEventStore events;
    private final AxonFactStore store;
    private final DataSource reads;

    private PostgresFacts(
            PostgresEventStorageEngine engine, EmbeddedEventStore events, AxonFactStore store, DataSource reads) {
        this.reads = reads;
        this.engine = engine;
        this.events = events;
        this.store = store;
    }

    /**
     * Connects to the tables of {@link FactTables}.
     *
     * @param appends gives the one connection that appends
     * @param reads a pool
     */
    public static PostgresFacts connect(DataSource appends, DataSource reads, PostgresEventStoreOptions options) {
        FactSerializer serializer = FactSerializer.create();
        PostgresEventStorageEngine engine =
                new PostgresEventStorageEngine(appends, reads, serializer, serializer, options);
        EmbeddedEventStore events = new Events(EmbeddedEventStore.builder()
                .storageEngine(engine)
                // Its shared cache keeps all that a slow reader has still to read, for up to ten seconds: without a
                // bound. What this node appends is remembered by AxonFactStore, and the rest is read page by page.
                .optimizeEventConsumption(false));
        return new PostgresFacts(engine, events, new AxonFactStore(events, new PostgresSpecifics(engine)), reads);
    }

    /** Where a snapshot can't be read, Axon reads the whole stream. That helps against a bad snapshot only. */
    private static final class Events extends EmbeddedEventStore {

        Events(Builder builder) {
            super(builder);
        }

        @Override
        protected Optional<DomainEventMessage<?>> handleSnapshotReadingError(String stream, Throwable failure) {
            if (failure instanceof EventStoreException lost) {
                throw lost;
            }
            return super.handleSnapshotReadingError(stream, failure);
        }
    }

    @Override
    public AxonFactStore store() {
        return store;
    }

    @Override
    public boolean isConnected() {
        try (Connection connection = reads.getConnection()) {
            return connection.isValid(ANSWERS_WITHIN_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void close() {
        events.shutDown();
        engine.close();
    }
}
