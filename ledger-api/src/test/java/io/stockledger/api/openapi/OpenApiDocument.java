package io.stockledger.api.openapi;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The OpenAPI document as it is in the repository, with its operations and schemas at hand. */
public final class OpenApiDocument {

    public static final Path FILE = Path.of("src/main/resources/io/stockledger/api/openapi.yaml");

    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch", "head", "options");
    private static final String ID = "https://stockledger.example/openapi";
    private static final OpenApiDocument INSTANCE = new OpenApiDocument(new YAMLMapper().readTree(FILE.toFile()));

    private final JsonNode root;
    private final List<Operation> operations = new ArrayList<>();
    private final SchemaRegistry schemas;

    /** @param at where the document has it, as a JSON pointer */
    public record Operation(String method, String path, String at, JsonNode node) {

        public String id() {
            return node.path("operationId").asString();
        }

        /** The permission that it needs; empty when it needs no credentials. */
        public String permission() {
            return node.path("security").path(0).path("apiKey").path(0).asString("");
        }

        /** Whether it is the one that a request for this path means, other things being equal. */
        boolean matches(String requested) {
            String segments = path.replaceAll("\\{[^}]+}", "\\\\E[^/]+\\\\Q");
            return Pattern.matches("\\Q" + segments + "\\E", requested);
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private OpenApiDocument(JsonNode root) {
        this.root = root;
        root.path("paths")
                .propertyStream()
                .forEach(path -> METHODS.forEach(method -> {
                    JsonNode node = path.getValue().path(method);
                    if (node.isObject()) {
                        String at = "/paths/" + escaped(path.getKey()) + "/" + method;
                        operations.add(
                                new Operation(method.toUpperCase(java.util.Locale.ROOT), path.getKey(), at, node));
                    }
                }));
        JsonNode strict = root.deepCopy();
        strict.path("components").path("schemas").forEach(OpenApiDocument::close);
        // The library reads the whole document as a schema, whose own words it would call unknown keywords.
        Dialect.Builder dialect = Dialect.builder(Dialects.getOpenApi31());
        root.propertyNames().forEach(word -> dialect.keyword(new NonValidationKeyword(word)));
        this.schemas = SchemaRegistry.withDialect(
                dialect.build(),
                builder -> builder.schemas(Map.of(ID, strict.toString()))
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build()));
    }

    public static OpenApiDocument get() {
        return INSTANCE;
    }

    /** Clients may expect new fields in answers; here a field that is not described is a fault. */
    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object
                && object.path("type").asString("").equals("object")
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
    }

    public JsonNode root() {
        return root;
    }

    /** In the order of the document. */
    public List<Operation> operations() {
        return List.copyOf(operations);
    }

    public Operation operation(String id) {
        return operations.stream()
                .filter(operation -> operation.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no operation " + id));
    }

    /** A path without variables wins over one with them. */
    public Optional<Operation> operation(String method, String requestedPath) {
        List<Operation> found = operations.stream()
                .filter(operation -> operation.method().equals(method) && operation.matches(requestedPath))
                .toList();
        return found.stream()
                .filter(operation -> operation.path().equals(requestedPath))
                .findFirst()
                .or(() -> found.stream().findFirst());
    }

    public JsonNode schema(String name) {
        JsonNode schema = root.path("components").path("schemas").path(name);
        if (schema.isMissingNode()) {
            throw new AssertionError("the document has no schema " + name);
        }
        return schema;
    }

    /** The place itself, or the one that it refers to. */
    public String resolved(String at) {
        String target = root.at(at).path("$ref").asString("");
        return target.isEmpty() ? at : resolved(target.substring(1));
    }

    public JsonNode at(String pointer) {
        return root.at(resolved(pointer));
    }

    /** What is wrong with a value by the schema at this place; empty when nothing is. */
    public List<String> faults(String schemaAt, JsonNode value) {
        return schemas
                .getSchema(SchemaLocation.of(
                        ID + "#" + schemaAt.replace("{", "%7B").replace("}", "%7D")))
                .validate(value)
                .stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }

    static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }
}
