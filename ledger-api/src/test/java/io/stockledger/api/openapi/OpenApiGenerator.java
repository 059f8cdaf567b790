package io.stockledger.api.openapi;

import io.stockledger.api.contract.Contract;
import io.stockledger.api.contract.ContractMethod;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * Makes openapi.yaml of the contract, the catalogue of refusals, the examples, and a frame that has what those do not
 * know. It is no part of the service.
 */
final class OpenApiGenerator {

    private static final Path FRAME = Path.of("src/test/resources/openapi/frame.yaml");
    private static final String TITLE = """
            # Generated from the .proto files, the catalogue of refusals, ledger-api/src/test/resources/examples and
            # ledger-api/src/test/resources/openapi/frame.yaml. Change those; OpenApiIsGeneratedTest writes this anew.
            """;

    private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
            .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLWriteFeature.INDENT_ARRAYS_WITH_INDICATOR)
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
            .disable(YAMLWriteFeature.SPLIT_LINES)
            .build());

    private final ObjectNode document = (ObjectNode) YAML.readTree(FRAME.toFile());
    private final ContractComments comments = ContractComments.ofTheBuild();
    private final GeneratedSchemas schemas = new GeneratedSchemas(comments);
    private final List<Placed> operations = new ArrayList<>();

    private record Placed(int heading, String path, String verb, JsonNode operation) {}

    private OpenApiGenerator() {}

    /** The whole document as YAML. */
    static String document() {
        OpenApiGenerator generator = new OpenApiGenerator();
        generator.addPaths();
        generator.addSchemas();
        String text = TITLE + YAML.writeValueAsString(generator.document);
        if (!YAML.readTree(text).equals(YAML.readTree(YAML.writeValueAsString(YAML.readTree(text))))) {
            throw new AssertionError("the document does not read back as it was written");
        }
        return text;
    }

    private void addPaths() {
        ObjectNode paths = (ObjectNode) document.path("paths");
        paths.propertyStream()
                .forEach(path -> path.getValue()
                        .propertyStream()
                        .forEach(verb -> place(path.getKey(), verb.getKey(), verb.getValue())));
        GeneratedOperations generated = new GeneratedOperations(comments, schemas, document);
        for (ContractMethod method : Contract.methods()) {
            method.routes()
                    .forEach(route -> place(
                            route.path(),
                            route.verb().toLowerCase(java.util.Locale.ROOT),
                            generated.operation(method, route)));
        }
        operations.sort(Comparator.comparingInt(Placed::heading));
        paths.removeAll();
        operations.forEach(placed -> paths.withObjectProperty(placed.path()).set(placed.verb(), placed.operation()));
    }

    private void place(String path, String verb, JsonNode operation) {
        String tag = operation.path("tags").path(0).asString();
        List<String> tags = document.path("tags")
                .valueStream()
                .map(known -> known.path("name").asString())
                .toList();
        if (!tags.contains(tag)) {
            throw new AssertionError("heading '" + tag + "' of " + path + " (expected: one of " + tags + ")");
        }
        operations.add(new Placed(tags.indexOf(tag), path, verb, operation));
    }

    /** Words and messages first, then the frame's own, and the problems last: refusals before other failures. */
    private void addSchemas() {
        ObjectNode all = (ObjectNode) document.path("components").path("schemas");
        Map<String, JsonNode> framed = new java.util.LinkedHashMap<>();
        all.propertyStream().forEach(schema -> framed.put(schema.getKey(), schema.getValue()));
        all.removeAll();
        schemas.all().forEach(all::set);
        framed.forEach((name, schema) -> {
            if (!isOneProblem(name)) {
                all.set(name, schema);
            }
        });
        GeneratedProblems.all().forEach(all::set);
        framed.forEach((name, schema) -> {
            if (isOneProblem(name)) {
                all.set(name, schema);
            }
        });
    }

    private static boolean isOneProblem(String schema) {
        return schema.endsWith("Problem") && !schema.equals("Problem");
    }
}
