package io.stockledger.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockledger.document.DocumentFact.InstructionAccepted;
import io.stockledger.ledger.FactMeta;
import io.stockledger.ledger.FactStore.OutcomeUnknown;
import io.stockledger.ledger.FactStore.StoreUnavailable;
import io.stockledger.ledger.StoredFact;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.Test;

class AxonFactStoreTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    /** Its connection is lost, which Axon Server's driver tells in the same way for a read as for an append. */
    private final AxonFactStore store = new AxonFactStore(lost(), new Lost());

    @Test
    void anAppendLeavesItUnknownWhatWasWritten() {
        assertThatThrownBy(() -> store.append(List.of(fact(0)))).isInstanceOf(OutcomeUnknown.class);
    }

    @Test
    void aReadSaysThatTheStoreIsAwayAndNotThatItWasLostWhileItWrote() {
        assertThatThrownBy(store::head).isInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(() -> store.read("instruction:1")).isInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(() -> store.readFromSnapshot("stock:1@berlin-1")).isInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(() -> store.lastSequences(List.of("instruction:1"))).isInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(() -> store.open(0)).isInstanceOf(StoreUnavailable.class);
    }

    /** One from Axon Server that is left before is never let go of, here and there. */
    @Test
    void aStreamIsReadToItsEndAlsoIfOnlyItsBeginningIsAsked() {
        List<StoredFact> stored = List.of(fact(0), fact(1), fact(2));
        Iterator<StoredFact> left = stored.iterator();
        DomainEventStream stream = DomainEventStream.of(
                Stream.generate(() -> FactMessage.of(left.next(), new byte[0], new byte[0]))
                        .limit(stored.size()),
                () -> 2L);
        EventStore events = answering((proxy, method, arguments) -> stream);

        assertThat(new AxonFactStore(events, new Lost()).read("instruction:1", 0, 1))
                .containsExactly(stored.get(0));
        assertThat(left).isExhausted();
    }

    private static StoredFact fact(long sequence) {
        FactMeta meta = new FactMeta("test", "instruction:1", "none", "tester", null, NOW, null);
        InstructionAccepted accepted = InstructionAccepted.of("test", "1", 2, Set.of());
        return new StoredFact(StoredFact.NO_POSITION, "instruction:1", sequence, accepted, meta, NOW);
    }

    private static EventStore lost() {
        return answering((proxy, method, arguments) -> {
            throw new IllegalStateException("the connection is lost");
        });
    }

    private static EventStore answering(InvocationHandler answer) {
        return (EventStore)
                Proxy.newProxyInstance(EventStore.class.getClassLoader(), new Class<?>[] {EventStore.class}, answer);
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
