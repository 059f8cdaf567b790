package io.stockledger.eventstore;

import io.stockledger.document.Fact;
import io.stockledger.ledger.StoredFact;
import java.util.Map;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedMetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;

/** A fact on its way into a store as Axon's message. What is stored of it was written before the append began. */
final class FactMessage implements Message<Fact> {

    private static final long serialVersionUID = 1L;

    private final transient StoredFact fact;
    private final byte[] payload;
    private final byte[] metadata;

    private FactMessage(StoredFact fact, byte[] payload, byte[] metadata) {
        this.fact = fact;
        this.payload = payload;
        this.metadata = metadata;
    }

    /**
     * In Axon's own envelope: its connector to Axon Server takes any other class for an event without a stream.
     *
     * @param payload the fact as JSON
     * @param metadata the fact's meta as JSON; the facts of one command share it
     */
    static GenericDomainEventMessage<Fact> of(StoredFact fact, byte[] payload, byte[] metadata) {
        return new GenericDomainEventMessage<>(
                typeOf(fact.stream()),
                fact.stream(),
                fact.sequence(),
                new FactMessage(fact, payload, metadata),
                fact.recordedAt());
    }

    /** What Axon calls an aggregate's type: what stands before the stream's colon. */
    static String typeOf(String stream) {
        return stream.substring(0, stream.indexOf(':'));
    }

    @Override
    public String getIdentifier() {
        return fact.stream() + "/" + fact.sequence();
    }

    @Override
    public Fact getPayload() {
        return fact.fact();
    }

    @Override
    @SuppressWarnings("unchecked") // the class of a fact is one of facts
    public Class<Fact> getPayloadType() {
        return (Class<Fact>) fact.fact().getClass();
    }

    @Override
    public MetaData getMetaData() {
        return StoredMeta.write(fact.meta());
    }

    @Override
    public Message<Fact> withMetaData(Map<String, ?> other) {
        return new GenericMessage<>(getIdentifier(), getPayload(), other);
    }

    @Override
    public Message<Fact> andMetaData(Map<String, ?> more) {
        return withMetaData(getMetaData().mergedWith(more));
    }

    @Override
    public <R> SerializedObject<R> serializePayload(Serializer serializer, Class<R> expectedRepresentation) {
        return serializer
                .getConverter()
                .convert(
                        new SimpleSerializedObject<>(payload, byte[].class, serializer.typeForClass(getPayloadType())),
                        expectedRepresentation);
    }

    @Override
    public <R> SerializedObject<R> serializeMetaData(Serializer serializer, Class<R> expectedRepresentation) {
        return serializer
                .getConverter()
                .convert(new SerializedMetaData<>(metadata, byte[].class), expectedRepresentation);
    }
}
