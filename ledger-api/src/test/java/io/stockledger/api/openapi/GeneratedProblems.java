package io.stockledger.api.openapi;

import io.stockledger.api.problem.ProblemType;
import io.stockledger.api.problem.Refusals;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The problem documents of the ledger's refusals, as the catalogue has them. */
final class GeneratedProblems {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private GeneratedProblems() {}

    /** What the schema of a problem is called: of {@code ID_REUSED}, {@code IdReusedProblem}. */
    static String schema(String reason) {
        return Arrays.stream(reason.split("_", -1))
                        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining())
                + "Problem";
    }

    /** In the catalogue's order. */
    static Map<String, ObjectNode> all() {
        Map<String, ObjectNode> schemas = new LinkedHashMap<>();
        Refusals.types().forEach((refusal, type) -> schemas.put(schema(type.reason()), of(refusal, type)));
        return schemas;
    }

    private static ObjectNode of(Class<?> refusal, ProblemType type) {
        ObjectNode properties = NODES.objectNode();
        properties.set("type", constant(type.uri()));
        properties.set("title", constant(type.title()));
        properties.set("status", NODES.objectNode().put("const", type.httpStatus()));
        properties.set("reason", constant(type.reason()));
        ArrayNode named = NODES.arrayNode();
        ObjectNode values = NODES.objectNode();
        boolean hasLines = false;
        for (RecordComponent component : refusal.getRecordComponents()) {
            if (Refusals.holdsLines(component)) {
                hasLines = true;
            } else {
                named.add(component.getName());
                values.put(component.getName(), true);
            }
        }
        ObjectNode shape = NODES.objectNode();
        shape.set("required", named);
        shape.set("properties", values);
        properties.set("values", shape);
        properties.set(
                "lines",
                hasLines
                        ? NODES.objectNode().put("minItems", 1)
                        : NODES.objectNode().put("maxItems", 0));
        properties.put("retryAfter", false);
        ObjectNode schema = NODES.objectNode();
        schema.set("allOf", NODES.arrayNode().add(GeneratedSchemas.reference("Problem")));
        schema.put("description", type.meaning());
        schema.set("properties", properties);
        return schema;
    }

    private static ObjectNode constant(String value) {
        return NODES.objectNode().put("const", value);
    }
}
