package io.stockledger.api.wire;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a message of the contract from JSON, strictly: an unknown field, a field given twice, or anything after
 * the document is refused, so that a typing error is never taken for a wish. See docs/json.md.
 */
final class JsonReader {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private static final StreamReadConstraints LIMITS = FACTORY.streamReadConstraints();

    private final JsonParser json;

    private JsonReader(JsonParser json) {
        this.json = json;
    }

    /** @throws MalformedRequest when the bytes are not such a message */
    static void read(byte[] document, Message.Builder into) {
        try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), document)) {
            JsonReader reader = new JsonReader(json);
            reader.expect(json.nextToken(), JsonToken.START_OBJECT, "", "a JSON object");
            reader.message(into, "");
            if (json.nextToken() != null) {
                throw new MalformedRequest("", "more after the JSON object (expected: one object)");
            }
        } catch (JacksonException e) {
            throw new MalformedRequest("", notJson(e));
        }
    }

    private static String notJson(JacksonException e) {
        TokenStreamLocation at = e.getLocation();
        String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        if (e instanceof UnexpectedEndOfInputException) {
            return "not JSON: it ends" + where + " (expected: all that was opened is closed)";
        }
        if (e instanceof StreamConstraintsException) {
            return "longer or deeper than is read" + where + " (expected: numbers of at most "
                    + LIMITS.getMaxNumberLength() + " digits, names of at most " + LIMITS.getMaxNameLength()
                    + " characters, at most " + LIMITS.getMaxNestingDepth() + " levels)";
        }
        return "not JSON" + where
                + " (expected: JSON in UTF-8, names and texts in double quotation marks, no comments, no NaN)";
    }

    private void message(Message.Builder into, String path) {
        Map<String, FieldDescriptor> fields = JsonFields.of(into.getDescriptorForType());
        Set<FieldDescriptor> seen = new HashSet<>();
        for (JsonToken token = json.nextToken(); token != JsonToken.END_OBJECT; token = json.nextToken()) {
            String name = json.currentName();
            FieldDescriptor field = fields.get(name);
            String at = path.isEmpty() ? name : path + "." + name;
            if (field == null) {
                throw MalformedRequest.unknown(at, "field", fields.keySet());
            }
            if (!seen.add(field)) {
                throw new MalformedRequest(at, "given twice (expected: once)");
            }
            JsonToken value = json.nextToken();
            if (value == JsonToken.VALUE_NULL) {
                continue;
            }
            if (field.getContainingOneof() != null && into.hasOneof(field.getContainingOneof())) {
                throw new MalformedRequest(
                        at,
                        "given beside "
                                + into.getOneofFieldDescriptor(field.getContainingOneof())
                                        .getJsonName()
                                + " (expected: only one of them)");
            }
            if (field.isMapField()) {
                map(into, field, value, at);
            } else if (field.isRepeated()) {
                list(into, field, value, at);
            } else {
                into.setField(field, value(into, field, value, at));
            }
        }
    }

    private void list(Message.Builder into, FieldDescriptor field, JsonToken start, String path) {
        expect(start, JsonToken.START_ARRAY, path, "a list");
        int index = 0;
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            into.addRepeatedField(field, value(into, field, token, WireFields.line(path, index++)));
        }
    }

    private void map(Message.Builder into, FieldDescriptor field, JsonToken start, String path) {
        expect(start, JsonToken.START_OBJECT, path, "an object of texts");
        FieldDescriptor key = field.getMessageType().findFieldByNumber(1);
        FieldDescriptor text = field.getMessageType().findFieldByNumber(2);
        Set<String> seen = new HashSet<>();
        for (JsonToken token = json.nextToken(); token != JsonToken.END_OBJECT; token = json.nextToken()) {
            String name = json.currentName();
            String at = path + "." + name;
            if (!seen.add(name)) {
                throw new MalformedRequest(at, "given twice (expected: once)");
            }
            into.addRepeatedField(
                    field,
                    into.newBuilderForField(field)
                            .setField(key, name)
                            .setField(text, text(text, json.nextToken(), at))
                            .build());
        }
    }

    private Object value(Message.Builder parent, FieldDescriptor field, JsonToken token, String path) {
        return switch (field.getJavaType()) {
            case STRING -> text(field, token, path);
            case BOOLEAN -> flag(token, path);
            case INT -> (int) whole(token, path, Integer.MAX_VALUE);
            case LONG -> whole(token, path, Long.MAX_VALUE);
            case ENUM -> enumValue(field, token, path);
            case MESSAGE -> nested(parent.newBuilderForField(field), token, path);
            default -> throw new AssertionError("the contract has no field of type " + field.getJavaType());
        };
    }

    private boolean flag(JsonToken token, String path) {
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            throw found(token, path, "true or false");
        }
        return token == JsonToken.VALUE_TRUE;
    }

    private String text(FieldDescriptor field, JsonToken token, String path) {
        boolean number = token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT;
        if (token == JsonToken.VALUE_STRING || (number && JsonFields.isDecimal(field))) {
            return json.getString();
        }
        throw found(token, path, JsonFields.isDecimal(field) ? "a decimal number" : "text in quotation marks");
    }

    private long whole(JsonToken token, String path, long most) {
        if (token == JsonToken.VALUE_NUMBER_INT && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            long value = json.getLongValue();
            if (value >= 0 && value <= most) {
                return value;
            }
        }
        throw found(token, path, "a whole number from 0 to " + most);
    }

    private EnumValueDescriptor enumValue(FieldDescriptor field, JsonToken token, String path) {
        @Nullable EnumValueDescriptor value =
                token == JsonToken.VALUE_STRING ? JsonFields.value(field.getEnumType(), json.getString()) : null;
        if (value == null) {
            throw found(
                    token,
                    path,
                    "one of "
                            + new TreeSet<>(
                                    JsonFields.values(field.getEnumType()).keySet()));
        }
        return value;
    }

    private Message nested(Message.Builder into, JsonToken token, String path) {
        String type = into.getDescriptorForType().getFullName();
        if (type.equals(Timestamp.getDescriptor().getFullName())) {
            return JsonForm.timestamp(path, text(token, path, JsonForm.AN_INSTANT));
        }
        if (type.equals(Duration.getDescriptor().getFullName())) {
            return JsonForm.duration(path, text(token, path, JsonForm.A_DURATION));
        }
        expect(token, JsonToken.START_OBJECT, path, "an object");
        message(into, path);
        return into.build();
    }

    private String text(JsonToken token, String path, String description) {
        expect(token, JsonToken.VALUE_STRING, path, description);
        return json.getString();
    }

    private void expect(@Nullable JsonToken found, JsonToken expected, String path, String description) {
        if (found != expected) {
            throw found(found, path, description);
        }
    }

    private MalformedRequest found(@Nullable JsonToken token, String path, String expected) {
        if (token == null) {
            return new MalformedRequest(path, "nothing (expected: " + expected + ")");
        }
        String text = switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            default -> JsonForm.quoted(json.getString());
        };
        return new MalformedRequest(path, text + " (expected: " + expected + ")");
    }
}
