package io.stockledger.eventstore.postgres;

import java.util.List;
import javax.sql.DataSource;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;

/** A store whose appends can be held between insert and commit, as a slow or paused node would hold them. */
interface HeldAppends {
    EventStorageEngine engine();

    /** Inserts in a transaction of its own that stays open; blocks as long as the store makes it wait. */
    Held insert(List<? extends DomainEventMessage<?>> events) throws Exception;

    interface Held {
        void commit() throws Exception;
    }

    /** Our engine's own statement, on a connection whose commit is in the test's hand. */
    static HeldAppends ours(PostgresEventStorageEngine engine, DataSource dataSource) {
        return new HeldAppends() {
            @Override
            public EventStorageEngine engine() {
                return engine;
            }

            @Override
            public Held insert(List<? extends DomainEventMessage<?>> events) throws Exception {
                AppendConnection connection = AppendConnection.open(
                        dataSource, PostgresEventStoreOptions.standard(), FactAppender.LOCK_THEN_INSERT, null);
                connection.connection().setAutoCommit(false);
                connection.append(FactBatch.of(events, TestStore.SERIALIZER));
                return () -> {
                    connection.connection().commit();
                    connection.close();
                };
            }
        };
    }
}
