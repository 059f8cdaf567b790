package io.stockledger.eventstore.postgres;

import java.time.Instant;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.SerializedMetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.jspecify.annotations.Nullable;

/** One row, still serialized, as Axon's upcasters and deserializers take it. */
final class StoredFact implements DomainEventData<byte[]>, TrackedEventData<byte[]> {
    private final long position;
    private final String stream;
    private final long sequence;
    private final String name;
    private final @Nullable String revision;
    private final Instant recordedAt;
    private final String eventId;
    private final byte[] payload;
    private final byte[] metadata;

    StoredFact(
            long position,
            String stream,
            long sequence,
            String name,
            @Nullable String revision,
            Instant recordedAt,
            String eventId,
            byte[] payload,
            byte[] metadata) {
        this.position = position;
        this.stream = stream;
        this.sequence = sequence;
        this.name = name;
        this.revision = revision;
        this.recordedAt = recordedAt;
        this.eventId = eventId;
        this.payload = payload;
        this.metadata = metadata;
    }

    /** What stands before the first colon of a stream's name: {@code stock} of {@code stock:4711@L1}. */
    static String typeOf(String stream) {
        int colon = stream.indexOf(':');
        return colon < 0 ? stream : stream.substring(0, colon);
    }

    long position() {
        return position;
    }

    @Override
    public String getType() {
        return typeOf(stream);
    }

    @Override
    public String getAggregateIdentifier() {
        return stream;
    }

    @Override
    public long getSequenceNumber() {
        return sequence;
    }

    @Override
    public String getEventIdentifier() {
        return eventId;
    }

    @Override
    public Instant getTimestamp() {
        return recordedAt;
    }

    @Override
    public SerializedObject<byte[]> getMetaData() {
        return new SerializedMetaData<>(metadata, byte[].class);
    }

    @Override
    public SerializedObject<byte[]> getPayload() {
        return new SimpleSerializedObject<>(payload, byte[].class, new SimpleSerializedType(name, revision));
    }

    @Override
    public TrackingToken trackingToken() {
        return new GlobalSequenceTrackingToken(position);
    }
}
