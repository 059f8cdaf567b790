package io.stockledger.eventstore.postgres;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** The columns of a batch of facts, serialized and checked before the append lock is taken. */
final class FactBatch {
    final String[] streams;
    final long[] sequences;
    final String[] names;
    final @Nullable String[] revisions;
    final long[] recordedAtMicros;
    final String[] eventIds;
    final byte[][] payloads;
    final byte[][] metadata;

    private FactBatch(int size) {
        streams = new String[size];
        sequences = new long[size];
        names = new String[size];
        revisions = new String[size];
        recordedAtMicros = new long[size];
        eventIds = new String[size];
        payloads = new byte[size][];
        metadata = new byte[size][];
    }

    /**
     * @throws IllegalArgumentException if the batch is empty, an event belongs to no stream or has another type than its
     *     stream, or the sequences of a stream don't follow one another
     */
    static FactBatch of(List<? extends EventMessage<?>> events, Serializer serializer) {
        if (events.isEmpty()) {
            throw new IllegalArgumentException("events: none (expected: at least one)");
        }
        FactBatch batch = new FactBatch(events.size());
        Map<String, Long> lastSequences = new HashMap<>();
        for (int i = 0; i < events.size(); i++) {
            DomainEventMessage<?> event = inAStream(events.get(i));
            Long before = lastSequences.put(event.getAggregateIdentifier(), event.getSequenceNumber());
            if (before != null && event.getSequenceNumber() != before + 1) {
                throw new IllegalArgumentException("sequence of " + event.getAggregateIdentifier() + ": "
                        + event.getSequenceNumber() + " (expected: " + (before + 1) + ", after the fact before)");
            }
            batch.set(i, event, serializer);
        }
        return batch;
    }

    private static DomainEventMessage<?> inAStream(EventMessage<?> event) {
        if (!(event instanceof DomainEventMessage<?> domainEvent)) {
            throw new IllegalArgumentException("event " + event.getIdentifier() + ": "
                    + event.getPayloadType().getName() + " without a stream (expected: a DomainEventMessage)");
        }
        String type = domainEvent.getType();
        String expected = StoredFact.typeOf(domainEvent.getAggregateIdentifier());
        if (type != null && !type.equals(expected)) {
            throw new IllegalArgumentException("type of " + domainEvent.getAggregateIdentifier() + ": " + type
                    + " (expected: " + expected + ", what stands before the colon)");
        }
        return domainEvent;
    }

    private void set(int i, DomainEventMessage<?> event, Serializer serializer) {
        SerializedObject<byte[]> payload = event.serializePayload(serializer, byte[].class);
        streams[i] = event.getAggregateIdentifier();
        sequences[i] = event.getSequenceNumber();
        names[i] = payload.getType().getName();
        revisions[i] = payload.getType().getRevision();
        recordedAtMicros[i] = ChronoUnit.MICROS.between(Instant.EPOCH, event.getTimestamp());
        eventIds[i] = event.getIdentifier();
        payloads[i] = payload.getData();
        metadata[i] = event.serializeMetaData(serializer, byte[].class).getData();
    }

    int size() {
        return streams.length;
    }
}
