package io.stockledger.api.openapi;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import io.stockledger.api.contract.ContractMethod;
import io.stockledger.api.contract.Route;
import io.stockledger.api.problem.Failures;
import io.stockledger.api.problem.ProblemType;
import io.stockledger.api.problem.Refusals;
import io.stockledger.api.security.Permission;
import io.stockledger.api.security.Role;
import io.stockledger.v1.AsOf;
import io.stockledger.v1.Freshness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The operations of the contract's methods, one for each route. */
final class GeneratedOperations {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int LINE = 105;

    private final ContractComments comments;
    private final GeneratedSchemas schemas;
    private final JsonNode frame;

    GeneratedOperations(ContractComments comments, GeneratedSchemas schemas, JsonNode frame) {
        this.comments = comments;
        this.schemas = schemas;
        this.frame = frame;
    }

    ObjectNode operation(ContractMethod method, Route route) {
        Examples examples = Examples.of(method);
        String comment = comments.of(method.descriptor().getFullName());
        int end = comment.indexOf(". ");
        String summary = end < 0 ? comment.replaceAll("\\.$", "") : comment.substring(0, end);
        ObjectNode operation = NODES.objectNode().put("operationId", id(method, route));
        operation.set("tags", GeneratedSchemas.array(method.operation().getHeading()));
        operation.put("summary", summary);
        operation.put("description", description(method, end < 0 ? "" : comment.substring(end + 2)));
        operation.set("security", security(method.operation().getPermission()));
        ArrayNode parameters = parameters(method, route, examples);
        if (!parameters.isEmpty()) {
            operation.set("parameters", parameters);
        }
        if (route.hasBody()) {
            ObjectNode content = NODES.objectNode();
            content.set(
                    "schema",
                    schemas.message(method.descriptor().getInputType(), true, new LinkedHashSet<>(route.variables())));
            content.set("examples", examples.requests());
            ObjectNode body = NODES.objectNode().put("required", true);
            body.set("content", NODES.objectNode().set("application/json", content));
            operation.set("requestBody", body);
        }
        operation.set("responses", responses(method, route, examples));
        return operation;
    }

    /** The method's name; a route that names the thing in its path beside one that does not says by what. */
    private static String id(ContractMethod method, Route route) {
        String name = method.name().substring(0, 1).toLowerCase(Locale.ROOT)
                + method.name().substring(1);
        if (method.routes().size() == 1 || route.variables().isEmpty()) {
            return name;
        }
        String by = route.variables().get(0).getJsonName();
        return name + "By" + by.substring(0, 1).toUpperCase(Locale.ROOT) + by.substring(1);
    }

    private static String description(ContractMethod method, String rest) {
        StringBuilder text = new StringBuilder();
        for (String paragraph : rest.isEmpty() ? new String[0] : rest.split("\n\n", -1)) {
            text.append(wrapped(paragraph)).append("\n\n");
        }
        String permission = method.operation().getPermission();
        if (permission.isEmpty()) {
            return text.toString().strip() + "\n";
        }
        Permission needed = Permission.ofCode(permission);
        String roles = Arrays.stream(Role.values())
                .filter(needed.roles()::contains)
                .map(Role::code)
                .collect(Collectors.joining(", "));
        return text + "Permission: `" + permission + "` (roles: " + roles + ").\n";
    }

    private static String wrapped(String paragraph) {
        StringBuilder text = new StringBuilder();
        int length = 0;
        for (String word : paragraph.split(" ", -1)) {
            if (length + word.length() > LINE) {
                text.append('\n');
                length = 0;
            } else if (length > 0) {
                text.append(' ');
            }
            text.append(word);
            length += word.length() + 1;
        }
        return text.toString();
    }

    private static ArrayNode security(String permission) {
        ArrayNode security = NODES.arrayNode();
        if (!permission.isEmpty()) {
            for (String scheme : List.of("apiKey", "token")) {
                security.add(NODES.objectNode().set(scheme, GeneratedSchemas.array(permission)));
            }
        }
        return security;
    }

    private ArrayNode parameters(ContractMethod method, Route route, Examples examples) {
        ArrayNode parameters = NODES.arrayNode();
        for (FieldDescriptor field : route.variables()) {
            parameters.add(parameter(field, "path", examples.parameter(field)));
        }
        if (method.isCommand()) {
            parameters.add(shared("IdempotencyKey"));
        }
        if (isTagged(method, route)) {
            parameters.add(shared("IfNoneMatch"));
        }
        if (!route.hasBody()) {
            for (FieldDescriptor field : method.descriptor().getInputType().getFields()) {
                addFromQuery(parameters, field, method, route, examples);
            }
        }
        return parameters;
    }

    private void addFromQuery(
            ArrayNode parameters, FieldDescriptor field, ContractMethod method, Route route, Examples examples) {
        boolean otherIsInPath = field.getContainingOneof() != null
                && field.getContainingOneof().getFields().stream().anyMatch(route.variables()::contains);
        if (otherIsInPath || route.variables().contains(field)) {
            return;
        }
        String shared = field.getJsonName().substring(0, 1).toUpperCase(Locale.ROOT)
                + field.getJsonName().substring(1);
        if (isFreshness(field)) {
            parameters.add(shared("AtLeastPosition")).add(shared("Wait"));
        } else if (field.getJavaType() != JavaType.MESSAGE
                && frame.path("components").path("parameters").has(shared)) {
            parameters.add(shared(shared));
        } else {
            // Of alternatives the example takes the one that has no route of its own.
            boolean hasOwnRoute =
                    method.routes().stream().anyMatch(other -> other.variables().contains(field));
            parameters.add(parameter(field, "query", hasOwnRoute ? NODES.missingNode() : examples.parameter(field)));
        }
    }

    private static ObjectNode shared(String name) {
        return NODES.objectNode().put("$ref", "#/components/parameters/" + name);
    }

    private ObjectNode parameter(FieldDescriptor field, String where, JsonNode example) {
        ObjectNode parameter =
                NODES.objectNode().put("name", field.getJsonName()).put("in", where);
        if (where.equals("path")) {
            parameter.put("required", true);
        }
        parameter.put("description", schemas.meaning(field));
        ObjectNode schema = schemas.single(field, true);
        if (field.isRepeated()) {
            ObjectNode list = NODES.objectNode().put("type", "array");
            list.put("maxItems", field.getOptions().getExtension(io.stockledger.v1.Options.most));
            list.set("items", schema);
            schema = list;
        }
        parameter.set("schema", schema);
        if (!example.isMissingNode()) {
            parameter.set("example", example);
        }
        return parameter;
    }

    private ObjectNode responses(ContractMethod method, Route route, Examples examples) {
        Map<Integer, JsonNode> responses = new TreeMap<>();
        responses.put(method.operation().getSecret() ? 201 : 200, answer(method, examples));
        if (isTagged(method, route)) {
            responses.put(304, response("Unchanged"));
        }
        responses.put(400, response("MalformedRequest"));
        responses.put(401, response("Unauthenticated"));
        responses.put(406, response("NotAcceptable"));
        responses.put(429, response("TooMany"));
        responses.put(500, response("Internal"));
        responses.put(503, response(method.isCommand() ? "NotStored" : "Unavailable"));
        Map<Integer, Set<String>> refusals = refusals(method);
        if (!method.operation().getPermission().isEmpty()) {
            responses.put(403, response(refusals.containsKey(403) ? "NotPermittedHere" : "NotPermitted"));
        }
        if (route.hasBody()) {
            responses.put(413, response("TooLarge"));
            responses.put(415, response("UnsupportedMediaType"));
        }
        if (asksFreshness(method.descriptor().getInputType())) {
            responses.put(504, response("ViewBehind"));
        }
        refusals.forEach((status, reasons) -> responses.putIfAbsent(status, refusal(status, reasons, method)));
        ObjectNode node = NODES.objectNode();
        responses.forEach((status, response) -> node.set(String.valueOf(status), response));
        return node;
    }

    /** Whether its answer has a tag, because it does not tell of the moment at which it was given. */
    private static boolean isTagged(ContractMethod method, Route route) {
        return route.verb().equals("GET")
                && method.isUnary()
                && method.descriptor().getOutputType().getFields().stream()
                        .noneMatch(field -> field.getJavaType() == JavaType.MESSAGE
                                && field.getMessageType().equals(AsOf.getDescriptor()));
    }

    private static boolean asksFreshness(Descriptor message) {
        return message.getFields().stream().anyMatch(GeneratedOperations::isFreshness);
    }

    private static boolean isFreshness(FieldDescriptor field) {
        return field.getJavaType() == JavaType.MESSAGE && field.getMessageType().equals(Freshness.getDescriptor());
    }

    private static Map<Integer, Set<String>> refusals(ContractMethod method) {
        Map<Integer, Set<String>> byStatus = new TreeMap<>();
        byStatus.computeIfAbsent(422, status -> new LinkedHashSet<>()).add("INVALID_COMMAND");
        for (String reason : reasons(method)) {
            byStatus.computeIfAbsent(statusOf(reason, method), status -> new LinkedHashSet<>())
                    .add(reason);
        }
        return byStatus;
    }

    private static List<String> reasons(ContractMethod method) {
        List<String> reasons = new ArrayList<>(method.operation().getRefusalsList());
        reasons.addAll(method.operation().getFailuresList());
        return reasons;
    }

    private static int statusOf(String reason, ContractMethod method) {
        return Stream.concat(Refusals.types().values().stream(), Failures.types().stream())
                .filter(type -> type.reason().equals(reason))
                .mapToInt(ProblemType::httpStatus)
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        method.name() + " names " + reason + " (expected: a reason of the catalogues)"));
    }

    private static ObjectNode refusal(int status, Set<String> reasons, ContractMethod method) {
        String what = switch (status) {
            case 404 ->
                reasons.contains(Failures.NOT_FOUND.reason())
                        ? "Something that is named here is not there."
                        : "Something that is named here is not in the ledger.";
            case 409 -> "The state of the ledger does not allow it. The numbers say why.";
            case 412 -> "It is not as the caller saw it. The numbers say how it is.";
            default ->
                method.isCommand()
                        ? "The command could never be valid, or its document id stands for other content."
                        : "A value could never be valid.";
        };
        List<String> named = reasons.stream().map(reason -> "`" + reason + "`").toList();
        String list = named.size() == 1
                ? named.get(0)
                : String.join(", ", named.subList(0, named.size() - 1)) + " or " + named.get(named.size() - 1);
        List<ObjectNode> problems = reasons.stream()
                .map(reason -> GeneratedSchemas.reference(GeneratedProblems.schema(reason)))
                .toList();
        ObjectNode content = NODES.objectNode();
        if (problems.size() == 1) {
            content.set("schema", problems.get(0));
        } else {
            ArrayNode oneOf = NODES.arrayNode();
            problems.forEach(oneOf::add);
            content.set("schema", NODES.objectNode().set("oneOf", oneOf));
        }
        ObjectNode response = NODES.objectNode().put("description", what + " " + list + ".");
        response.set("content", NODES.objectNode().set("application/problem+json", content));
        return response;
    }

    private ObjectNode answer(ContractMethod method, Examples examples) {
        Descriptor message = method.descriptor().getOutputType();
        ObjectNode schema = schemas.message(message, false, Set.of());
        ObjectNode content = NODES.objectNode();
        if (method.isUnary()) {
            content.set("schema", schema);
        } else {
            content.set(
                    "schema",
                    NODES.objectNode()
                            .put("type", "string")
                            .put("description", "Each event's data is an `" + message.getName() + "` as JSON."));
            message.getFields().stream()
                    .filter(field -> field.getJavaType() == JavaType.MESSAGE)
                    .forEach(field ->
                            content.set("x-event-data", NODES.objectNode().set(field.getJsonName(), schema)));
        }
        content.set("example", examples.answer());
        ObjectNode response = NODES.objectNode()
                .put(
                        "description",
                        method.isCommand()
                                ? "Accepted; the facts are in the store."
                                : method.isUnary() ? "The answer." : "The events.");
        response.set(
                "content",
                NODES.objectNode().set(method.isUnary() ? "application/json" : "text/event-stream", content));
        if (!examples.links().isMissingNode()) {
            response.set("links", examples.links());
        }
        return response;
    }

    private static ObjectNode response(String name) {
        return NODES.objectNode().put("$ref", "#/components/responses/" + name);
    }
}
