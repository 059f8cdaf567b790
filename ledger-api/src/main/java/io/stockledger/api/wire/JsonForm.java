package io.stockledger.api.wire;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.TreeSet;

/**
 * The contract's messages as JSON, in both directions: lowerCamelCase names, quantities as numbers or text and
 * answered as text, enums in lower-kebab-case, ISO 8601 instants and durations. Exact: no number passes a double.
 */
public final class JsonForm {

    private JsonForm() {}

    /** @throws MalformedRequest when the document is not such a message */
    @SuppressWarnings("unchecked") // a message's builder builds that message
    public static <M extends Message> M read(byte[] document, M empty) {
        Message.Builder builder = empty.newBuilderForType();
        JsonReader.read(document, builder);
        return (M) builder.build();
    }

    /** @throws MalformedRequest when the enum has no value of that name */
    public static EnumValueDescriptor enumValue(FieldDescriptor field, String name) {
        EnumValueDescriptor value = JsonFields.value(field.getEnumType(), name);
        if (value == null) {
            throw new MalformedRequest(
                    field.getJsonName(),
                    "'" + name + "' (expected: one of "
                            + new TreeSet<>(
                                    JsonFields.values(field.getEnumType()).keySet()) + ")");
        }
        return value;
    }

    public static byte[] write(Message message) {
        return JsonWriter.write(message);
    }
}
