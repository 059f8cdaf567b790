package io.stockledger.api.store;

import io.stockledger.eventstore.StoreSpecifics;
import io.stockledger.eventstore.postgres.AppendOutcomeUnknown;
import io.stockledger.eventstore.postgres.FactConflict;
import io.stockledger.eventstore.postgres.PostgresEventStorageEngine;
import io.stockledger.ledger.FactStore.AppendConflict;
import io.stockledger.ledger.FactStore.OutcomeUnknown;
import io.stockledger.ledger.FactStore.StoreUnavailable;
import java.util.Collection;
import java.util.Map;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.jspecify.annotations.Nullable;

/** Our PostgreSQL engine counts from 1 and names each failure by a class of its own. */
final class PostgresSpecifics implements StoreSpecifics {

    private final PostgresEventStorageEngine engine;

    PostgresSpecifics(PostgresEventStorageEngine engine) {
        this.engine = engine;
    }

    @Override
    public long lastAppended() {
        return engine.lastAppendedPosition();
    }

    @Override
    public boolean tellsPositions() {
        return true;
    }

    @Override
    public Map<String, Long> lastSequences(Collection<String> streams) {
        return engine.headSequences(streams);
    }

    @Override
    public int firstPositionOffset() {
        return 0;
    }

    @Override
    public @Nullable RuntimeException translate(RuntimeException failure) {
        if (failure instanceof FactConflict) {
            return new AppendConflict(failure);
        }
        if (failure instanceof AppendOutcomeUnknown) {
            return new OutcomeUnknown(failure);
        }
        return failure instanceof EventStoreException
                ? new StoreUnavailable("PostgreSQL does not answer, or refuses to write", failure)
                : null;
    }
}
