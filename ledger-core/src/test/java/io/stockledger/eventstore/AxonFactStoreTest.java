package io.stockledger.eventstore;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockledger.document.DocumentFact.InstructionAccepted;
import io.stockledger.ledger.FactMeta;
import io.stockledger.ledger.FactStore.OutcomeUnknown;
import io.stockledger.ledger.FactStore.StoreUnavailable;
import io.stockledger.ledger.StoredFact;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.Test;

/** A store whose connection is lost, which Axon Server's driver tells in the same way for a read as for an append. */
class AxonFactStoreTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final AxonFactStore store = new AxonFactStore(lost(), new Lost());

    @Test
    void anAppendLeavesItUnknownWhatWasWritten() {
        FactMeta meta = new FactMeta("test", "instruction:1", "none", "tester", null, NOW, null);
        StoredFact fact = new StoredFact(
                StoredFact.NO_POSITION,
                "instruction:1",
                0,
                InstructionAccepted.of("test", "1", 2, Set.of()),
                meta,
                NOW);
        assertThatThrownBy(() -> store.append(List.of(fact))).isInstanceOf(OutcomeUnknown.class);
    }

    @Test
    void aReadSaysThatTheStoreIsAwayAndNotThatItWasLostWhileItWrote() {
        assertThatThrownBy(store::head).isInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(() -> store.read("instruction:1")).isInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(() -> store.readFromSnapshot("stock:1@berlin-1")).isInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(() -> store.lastSequences(List.of("instruction:1"))).isInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(() -> store.open(0)).isInstanceOf(StoreUnavailable.class);
    }

    private static EventStore lost() {
        return (EventStore) Proxy.newProxyInstance(
                EventStore.class.getClassLoader(), new Class<?>[] {EventStore.class}, (proxy, method, arguments) -> {
                    throw new IllegalStateException("the connection is lost");
                });
    }

    private static final class Lost implements StoreSpecifics {

        @Override
        public long lastAppended() {
            return 0;
        }

        @Override
        public boolean tellsPositions() {
            return false;
        }

        @Override
        public Map<String, Long> lastSequences(Collection<String> streams) {
            throw new IllegalStateException("the connection is lost");
        }

        @Override
        public int firstPositionOffset() {
            return 1;
        }

        @Override
        public RuntimeException translate(RuntimeException failure) {
            return new OutcomeUnknown(failure);
        }
    }
}
