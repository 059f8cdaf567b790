package io.stockledger.api.openapi;

import com.google.api.FieldBehavior;
import com.google.api.FieldBehaviorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.stockledger.v1.Fact;
import io.stockledger.v1.Options;
import io.stockledger.v1.Shape;
import io.stockledger.v1.Word;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The schemas of words, enums and messages, each made when something first refers to it. */
final class GeneratedSchemas {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final FieldDescriptor FACT_PAYLOAD = Fact.getDescriptor().findFieldByName("payload");

    private final ContractComments comments;
    private final Map<String, ObjectNode> words = new LinkedHashMap<>();
    private final Map<String, ObjectNode> types = new LinkedHashMap<>();

    GeneratedSchemas(ContractComments comments) {
        this.comments = comments;
    }

    /** The words first, and then the messages and enums, in the order in which they were referred to. */
    Map<String, ObjectNode> all() {
        Map<String, ObjectNode> all = new LinkedHashMap<>(words);
        all.putAll(types);
        return all;
    }

    static ObjectNode reference(String schema) {
        return NODES.objectNode().put("$ref", "#/components/schemas/" + schema);
    }

    /**
     * @param read whether callers send it; else they are answered with it
     * @param fromPath the fields that a caller gives in the path
     */
    ObjectNode message(Descriptor message, boolean read, Set<FieldDescriptor> fromPath) {
        String name = message.getName();
        if (!types.containsKey(name)) {
            ObjectNode schema = NODES.objectNode().put("type", "object");
            types.put(name, schema);
            if (read) {
                schema.put("additionalProperties", false);
            }
            ArrayNode required = NODES.arrayNode();
            ObjectNode properties = NODES.objectNode();
            for (FieldDescriptor field : message.getFields()) {
                if (!fromPath.contains(field) && isAlwaysThere(field, read)) {
                    required.add(field.getJsonName());
                }
                properties.set(field.getJsonName(), property(field, read));
            }
            if (!required.isEmpty()) {
                schema.set("required", required);
            }
            boolean oneOfAll = message.getRealOneofs().size() == 1
                    && message.getRealOneofs().get(0).getFieldCount()
                            == message.getFields().size();
            if (oneOfAll) {
                schema.put("minProperties", 1).put("maxProperties", 1);
            }
            schema.put("description", required(name, comments.of(message.getFullName())));
            schema.set("properties", properties);
        }
        return reference(name);
    }

    private static String required(String name, String comment) {
        if (comment.isEmpty()) {
            throw new AssertionError(name + " has no comment in its .proto file (expected: one that says what it is)");
        }
        return comment;
    }

    private static boolean isAlwaysThere(FieldDescriptor field, boolean read) {
        boolean named = field.getOptions()
                .getExtension(FieldBehaviorProto.fieldBehavior)
                .contains(FieldBehavior.REQUIRED);
        boolean written = field.isRepeated()
                || (!field.hasPresence()
                        && field.getJavaType() != JavaType.STRING
                        && field.getJavaType() != JavaType.ENUM);
        return named || (!read && written && !field.isMapField());
    }

    private ObjectNode property(FieldDescriptor field, boolean read) {
        String comment = comments.of(field.getFullName());
        if (!field.isRepeated()) {
            return described(single(field, read), comment);
        }
        if (field.isMapField()) {
            return described(map(field, read), comment);
        }
        ObjectNode list = NODES.objectNode().put("type", "array");
        if (read) {
            if (isAlwaysThere(field, true)) {
                list.put("minItems", 1);
            }
            list.put("maxItems", field.getOptions().getExtension(Options.most));
        }
        described(list, comment.isEmpty() ? shape(word(field)).getMeaning() : comment);
        list.set("items", single(field, read));
        return list;
    }

    private ObjectNode map(FieldDescriptor field, boolean read) {
        ObjectNode map = NODES.objectNode().put("type", "object");
        if (read) {
            map.put("maxProperties", field.getOptions().getExtension(Options.most));
            map.set("propertyNames", word(field.getOptions().getExtension(Options.key)));
        }
        return map.set(
                "additionalProperties",
                read ? word(word(field)) : NODES.objectNode().put("type", "string"));
    }

    private static ObjectNode described(ObjectNode schema, String comment) {
        return comment.isEmpty() ? schema : schema.put("description", comment);
    }

    /** The schema of one value of a field, without what the field says of itself. */
    ObjectNode single(FieldDescriptor field, boolean read) {
        if (field.equals(FACT_PAYLOAD)) {
            return NODES.objectNode().put("type", "object").put("additionalProperties", true);
        }
        return switch (field.getJavaType()) {
            case STRING ->
                word(field) == Word.WORD_UNSPECIFIED ? NODES.objectNode().put("type", "string") : word(word(field));
            case BOOLEAN -> NODES.objectNode().put("type", "boolean");
            case INT ->
                NODES.objectNode().put("type", "integer").put("format", "int32").put("minimum", 0);
            case LONG ->
                NODES.objectNode().put("type", "integer").put("format", "int64").put("minimum", 0);
            case ENUM -> enumeration(field.getEnumType());
            case MESSAGE -> nested(field.getMessageType(), read);
            default -> throw new AssertionError("the contract has no field of type " + field.getJavaType());
        };
    }

    private ObjectNode nested(Descriptor message, boolean read) {
        if (message.equals(Timestamp.getDescriptor())) {
            return reference("Instant");
        }
        return message.equals(Duration.getDescriptor()) ? reference("Duration") : message(message, read, Set.of());
    }

    private ObjectNode enumeration(EnumDescriptor type) {
        types.computeIfAbsent(type.getName(), name -> {
            ArrayNode values = NODES.arrayNode();
            String prefix = upperSnake(name) + "_";
            type.getValues().stream()
                    .filter(value -> value.getNumber() != 0)
                    .forEach(value -> values.add(value.getName()
                            .substring(prefix.length())
                            .toLowerCase(Locale.ROOT)
                            .replace('_', '-')));
            ObjectNode schema = NODES.objectNode();
            schema.set("enum", values);
            return schema.put("description", required(name, comments.of(type.getFullName())));
        });
        return reference(type.getName());
    }

    private static String upperSnake(String camel) {
        return camel.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    }

    static Word word(FieldDescriptor field) {
        return field.getOptions().getExtension(Options.word);
    }

    static Shape shape(Word word) {
        return word.getValueDescriptor().getOptions().getExtension(Options.shape);
    }

    ObjectNode word(Word word) {
        String name = Arrays.stream(word.name().substring("WORD_".length()).split("_", -1))
                .map(part -> part.charAt(0) + part.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
        words.computeIfAbsent(name, made -> of(shape(word)));
        return reference(name);
    }

    private static ObjectNode of(Shape shape) {
        ObjectNode schema = NODES.objectNode();
        if (shape.getDecimal()) {
            schema.set("type", NODES.arrayNode().add("string").add("number"));
        } else {
            schema.put("type", "string");
        }
        if (!shape.getPattern().endsWith("*")) {
            schema.put("minLength", 1);
        }
        schema.put("maxLength", shape.getLongest());
        if (!shape.getPattern().isEmpty()) {
            schema.put("pattern", "^(" + shape.getPattern() + ")$");
        }
        if (shape.hasAbove()) {
            schema.put("exclusiveMinimum", shape.getAbove());
        }
        if (shape.hasAtLeast()) {
            schema.put("minimum", shape.getAtLeast());
        }
        String form = shape.getDecimal()
                ? " As a number or as text, at most 6 decimals."
                : shape.getPattern().isEmpty() ? " Printable, no blank at either end." : "";
        return schema.put("description", shape.getMeaning() + form);
    }

    /** What the .proto file says of a field, or of its word. */
    String meaning(FieldDescriptor field) {
        String comment = comments.of(field.getFullName());
        return comment.isEmpty() ? shape(word(field)).getMeaning() : comment;
    }

    static JsonNode array(String... values) {
        ArrayNode array = NODES.arrayNode();
        Arrays.stream(values).forEach(array::add);
        return array;
    }
}
