package io.stockledger.api.wire;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.Timestamp;
import io.stockledger.v1.Fact;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes a message of the contract as JSON. Lists, numbers and booleans are always there; text, instants and
 * objects without a value are left out. See docs/json.md.
 */
final class JsonWriter {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final FieldDescriptor FACT_PAYLOAD = Fact.getDescriptor().findFieldByName("payload");

    private JsonWriter() {}

    static byte[] write(Message message) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
            message(json, message);
        }
        return bytes.toByteArray();
    }

    private static void message(JsonGenerator json, MessageOrBuilder message) {
        json.writeStartObject();
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            if (field.isMapField()) {
                if (message.getRepeatedFieldCount(field) > 0) {
                    json.writeName(field.getJsonName());
                    map(json, (List<?>) message.getField(field));
                }
            } else if (field.isRepeated()) {
                json.writeName(field.getJsonName());
                json.writeStartArray();
                for (Object value : (List<?>) message.getField(field)) {
                    value(json, field, value);
                }
                json.writeEndArray();
            } else if (isThere(message, field)) {
                json.writeName(field.getJsonName());
                value(json, field, message.getField(field));
            }
        }
        json.writeEndObject();
    }

    private static boolean isThere(MessageOrBuilder message, FieldDescriptor field) {
        if (field.hasPresence()) {
            return message.hasField(field);
        }
        return switch (field.getJavaType()) {
            case STRING -> !((String) message.getField(field)).isEmpty();
            case ENUM -> ((EnumValueDescriptor) message.getField(field)).getNumber() != 0;
            default -> true;
        };
    }

    private static void value(JsonGenerator json, FieldDescriptor field, Object value) {
        if (field.equals(FACT_PAYLOAD)) {
            json.writeRawValue((String) value);
            return;
        }
        switch (field.getJavaType()) {
            case STRING -> json.writeString((String) value);
            case BOOLEAN -> json.writeBoolean((Boolean) value);
            case INT -> json.writeNumber((Integer) value);
            case LONG -> json.writeNumber((Long) value);
            case ENUM -> json.writeString(JsonFields.name((EnumValueDescriptor) value));
            case MESSAGE -> nested(json, value);
            default -> throw new AssertionError("the contract has no field of type " + field.getJavaType());
        }
    }

    private static void nested(JsonGenerator json, Object value) {
        if (value instanceof Timestamp timestamp) {
            json.writeString(Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos())
                    .toString());
        } else if (value instanceof Duration duration) {
            json.writeString(java.time.Duration.ofSeconds(duration.getSeconds(), duration.getNanos())
                    .toString());
        } else {
            message(json, (MessageOrBuilder) value);
        }
    }

    private static void map(JsonGenerator json, List<?> entries) {
        json.writeStartObject();
        for (Object entry : entries) {
            MapEntry<?, ?> pair = (MapEntry<?, ?>) entry;
            json.writeStringProperty(String.valueOf(pair.getKey()), String.valueOf(pair.getValue()));
        }
        json.writeEndObject();
    }
}
