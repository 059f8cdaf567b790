package io.stockledger.eventstore;

import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;

/** Writes and reads facts under our own names, never under those of classes. */
public final class FactSerializer extends Jackson3Serializer {

    private FactSerializer(Builder builder) {
        super(builder);
    }

    public static FactSerializer create() {
        return new FactSerializer(Jackson3Serializer.builder().jsonMapperBuilderCustomizer(FactJson::customise));
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public SerializedType typeForClass(Class type) {
        if (!FactNames.isNamed(type)) {
            return super.typeForClass(type);
        }
        FactNames.StoredName stored = FactNames.of(type);
        return new SimpleSerializedType(stored.name(), Integer.toString(stored.revision()));
    }

    @Override
    public Class<?> classForType(SerializedType type) {
        return type.getRevision() == null ? super.classForType(type) : FactNames.classOf(type.getName());
    }
}
