package io.stockledger.api.store;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.stockledger.eventstore.StoreSpecifics;
import io.stockledger.ledger.FactStore.AppendConflict;
import io.stockledger.ledger.FactStore.OutcomeUnknown;
import io.stockledger.ledger.FactStore.StoreUnavailable;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.axonserver.connector.AxonServerException;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.messaging.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Axon Server counts from 0, tells no positions when it appends, and reports a conflict as a gRPC status. */
public final class AxonServerSpecifics implements StoreSpecifics {

    private static final Metadata.Key<String> ERROR_CODE =
            Metadata.Key.of("axoniq-errorcode", Metadata.ASCII_STRING_MARSHALLER);
    private static final String INVALID_SEQUENCE = "AXONIQ-2000";

    private final EventStore events;

    public AxonServerSpecifics(EventStore events) {
        this.events = events;
    }

    @Override
    public long lastAppended() {
        TrackingToken head = events.createHeadToken();
        OptionalLong index = head == null ? OptionalLong.empty() : head.position();
        return index.orElse(-1) + firstPositionOffset();
    }

    @Override
    public boolean tellsPositions() {
        return false;
    }

    @Override
    public Map<String, Long> lastSequences(Collection<String> streams) {
        Map<String, Long> sequences = new ConcurrentHashMap<>();
        streams.parallelStream()
                .forEach(stream ->
                        events.lastSequenceNumberFor(stream).ifPresent(sequence -> sequences.put(stream, sequence)));
        return sequences;
    }

    @Override
    public int firstPositionOffset() {
        return 1;
    }

    /** After a lost connection or a commit that took too long, the facts may have been written. */
    @Override
    public @Nullable RuntimeException translate(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StatusRuntimeException refused) {
                return isConflict(refused) ? new AppendConflict(failure) : new OutcomeUnknown(failure);
            }
            if (cause instanceof ExecutionException) {
                return new OutcomeUnknown(failure);
            }
        }
        boolean lost = failure instanceof EventStoreException || failure instanceof AxonServerException;
        return lost ? new StoreUnavailable("Axon Server does not answer", failure) : null;
    }

    private static boolean isConflict(StatusRuntimeException refused) {
        Metadata trailers = refused.getTrailers();
        String code = trailers == null ? null : trailers.get(ERROR_CODE);
        String text = String.valueOf(refused.getStatus().getDescription());
        return INVALID_SEQUENCE.equals(code)
                || (refused.getStatus().getCode() == Status.Code.OUT_OF_RANGE && text.contains(INVALID_SEQUENCE));
    }
}
