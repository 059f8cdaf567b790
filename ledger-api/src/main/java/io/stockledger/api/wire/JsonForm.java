package io.stockledger.api.wire;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.TreeSet;

/**
 * The contract's messages as JSON, in both directions: lowerCamelCase names, quantities as numbers or text and
 * answered as text, enums in lower-kebab-case, ISO 8601 instants and durations. Exact: no number passes a double.
 */
public final class JsonForm {

    static final String AN_INSTANT = "an instant such as 2026-01-31T09:30:00Z";
    static final String A_DURATION = "an ISO 8601 duration such as PT15M";

    private static final int LONGEST_QUOTED = 60;

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

    /** @throws MalformedRequest when the text is not an instant as ISO 8601 writes it */
    public static Timestamp timestamp(String field, String text) {
        try {
            return WireFields.timestamp(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            throw new MalformedRequest(field, quoted(text) + " (expected: " + AN_INSTANT + ")");
        }
    }

    /** @throws MalformedRequest when the text is not a duration as ISO 8601 writes it */
    public static Duration duration(String field, String text) {
        try {
            return WireFields.duration(java.time.Duration.parse(text));
        } catch (DateTimeException e) {
            throw new MalformedRequest(field, quoted(text) + " (expected: " + A_DURATION + ")");
        }
    }

    static String quoted(String text) {
        return "'" + (text.length() > LONGEST_QUOTED ? text.substring(0, LONGEST_QUOTED) + "…" : text) + "'";
    }

    public static byte[] write(Message message) {
        return JsonWriter.write(message);
    }
}
