package io.stockledger.api.rest;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.stockledger.api.wire.JsonForm;
import io.stockledger.api.wire.MalformedRequest;
import io.stockledger.v1.Freshness;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Reads a question from a query string, as strictly as JSON is read: {@code pageSize=50&channels=web&channels=pos}.
 * The fields of {@code freshness} stand by themselves: {@code atLeastPosition=17&wait=PT5S}.
 */
final class QueryParameters {

    private static final String FRESHNESS = "freshness";

    private QueryParameters() {}

    /**
     * @param known gives what the path says; its fields can't be given again
     * @throws MalformedRequest when a parameter is unknown, doubled, or of another type
     */
    @SuppressWarnings("unchecked") // a message's builder builds that message
    static <M extends Message> M read(HttpServletRequest request, M known) {
        Message.Builder builder = known.toBuilder();
        Map<String, FieldDescriptor> fields = new java.util.HashMap<>();
        for (FieldDescriptor field : known.getDescriptorForType().getFields()) {
            boolean fromPath = !field.isRepeated() && known.getAllFields().containsKey(field);
            if (!fromPath && (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE || isText(field))) {
                fields.put(field.getJsonName(), field);
            }
        }
        FieldDescriptor freshnessField = known.getDescriptorForType().findFieldByName(FRESHNESS);
        Freshness.Builder freshness = Freshness.newBuilder();
        for (Map.Entry<String, String[]> parameter : of(request).entrySet()) {
            String name = parameter.getKey();
            List<String> values = List.of(parameter.getValue());
            FieldDescriptor field = fields.get(name);
            if (field != null) {
                set(builder, field, values);
            } else if (freshnessField != null && name.equals("atLeastPosition")) {
                freshness.setAtLeastPosition(number(name, one(name, values)));
            } else if (freshnessField != null && name.equals("wait")) {
                freshness.setWait(JsonForm.duration(name, one(name, values)));
            } else {
                TreeSet<String> expected = new TreeSet<>(fields.keySet());
                if (freshnessField != null) {
                    expected.addAll(List.of("atLeastPosition", "wait"));
                }
                throw MalformedRequest.unknown(name, "parameter", expected);
            }
        }
        if (freshnessField != null) {
            builder.setField(freshnessField, freshness.build());
        }
        return (M) builder.build();
    }

    /** @throws MalformedRequest when the query string cannot be read */
    static Map<String, String[]> of(HttpServletRequest request) {
        try {
            return request.getParameterMap();
        } catch (IllegalStateException e) {
            throw new MalformedRequest("", "the query string is not percent-encoded UTF-8");
        }
    }

    private static void set(Message.Builder builder, FieldDescriptor field, List<String> values) {
        if (field.isRepeated()) {
            values.forEach(value -> builder.addRepeatedField(
                    field,
                    field.getJavaType() == FieldDescriptor.JavaType.ENUM ? JsonForm.enumValue(field, value) : value));
            return;
        }
        String name = field.getJsonName();
        String value = one(name, values);
        if (field.getContainingOneof() != null && builder.hasOneof(field.getContainingOneof())) {
            throw new MalformedRequest(name, "given beside another (expected: only one of them)");
        }
        builder.setField(
                field,
                switch (field.getJavaType()) {
                    case STRING -> value;
                    case INT -> Math.toIntExact(Math.min(number(name, value), Integer.MAX_VALUE));
                    case LONG -> number(name, value);
                    case ENUM -> JsonForm.enumValue(field, value);
                    case MESSAGE ->
                        isDuration(field) ? JsonForm.duration(name, value) : JsonForm.timestamp(name, value);
                    case BOOLEAN -> flag(name, value);
                    default -> throw new AssertionError("no question has a parameter of type " + field.getJavaType());
                });
    }

    /** Whether JSON writes it as a text. */
    private static boolean isText(FieldDescriptor field) {
        return isDuration(field) || field.getMessageType().equals(Timestamp.getDescriptor());
    }

    private static boolean isDuration(FieldDescriptor field) {
        return field.getMessageType().equals(Duration.getDescriptor());
    }

    private static String one(String name, List<String> values) {
        if (values.size() != 1) {
            throw new MalformedRequest(name, "given " + values.size() + " times (expected: once)");
        }
        return values.get(0);
    }

    private static boolean flag(String name, String value) {
        if (!value.equals("true") && !value.equals("false")) {
            throw new MalformedRequest(name, "'" + value + "' (expected: true or false)");
        }
        return value.equals("true");
    }

    private static long number(String name, String value) {
        boolean digits =
                !value.isEmpty() && value.length() <= 18 && value.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits) {
            throw new MalformedRequest(name, "'" + value + "' (expected: a whole number, 0 or more)");
        }
        return Long.parseLong(value);
    }
}
