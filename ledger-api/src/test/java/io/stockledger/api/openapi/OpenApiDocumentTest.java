package io.stockledger.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.api.openapi.OpenApiDocument.Operation;
import io.stockledger.api.security.Permission;
import io.stockledger.api.security.Role;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The document by itself: valid, complete, and with examples that are what they say. */
class OpenApiDocumentTest {

    /** A keyword that is misspelt would be passed over in silence. */
    private static final Set<String> KEYWORDS = Set.of(
            "$ref",
            "additionalProperties",
            "allOf",
            "anyOf",
            "const",
            "default",
            "description",
            "enum",
            "examples",
            "exclusiveMinimum",
            "format",
            "items",
            "maxItems",
            "maxLength",
            "maxProperties",
            "maximum",
            "minItems",
            "minLength",
            "minProperties",
            "minimum",
            "oneOf",
            "pattern",
            "patternProperties",
            "properties",
            "propertyNames",
            "required",
            "type",
            "uniqueItems");

    private final OpenApiDocument document = OpenApiDocument.get();

    @Test
    void the_parser_of_client_generators_takes_it_without_a_complaint() {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        SwaggerParseResult read = new OpenAPIV3Parser().readLocation(OpenApiDocument.FILE.toString(), null, options);
        assertThat(read.getMessages()).isEmpty();
        assertThat(read.getOpenAPI().getPaths()).hasSameSizeAs(document.root().path("paths"));
    }

    @Test
    void every_reference_leads_somewhere_and_every_component_is_used() {
        List<String> references = new ArrayList<>();
        everywhere(document.root(), node -> {
            if (node.path("$ref").isString()) {
                references.add(node.path("$ref").asString().substring(1));
            }
        });
        assertThat(references)
                .allSatisfy(
                        reference -> assertThat(document.root().at(reference).isMissingNode())
                                .as(reference)
                                .isFalse());
        List<String> components = new ArrayList<>();
        document.root()
                .path("components")
                .propertyStream()
                .forEach(kind -> kind.getValue()
                        .propertyNames()
                        .forEach(name -> components.add("/components/" + kind.getKey() + "/" + name)));
        // No operation is at fault when a method is wrong.
        components.remove("/components/schemas/MethodNotAllowedProblem");
        components.removeIf(component -> component.startsWith("/components/securitySchemes/"));
        assertThat(references).containsAll(components);
    }

    @Test
    void schemas_use_only_keywords_that_there_are() {
        List<String> unknown = new ArrayList<>();
        document.root()
                .path("components")
                .path("schemas")
                .propertyStream()
                .forEach(schema -> keywords(schema.getValue(), schema.getKey(), unknown));
        assertThat(unknown).isEmpty();
    }

    @Test
    void every_operation_says_what_it_does_and_who_may() {
        Set<String> tags = document.root()
                .path("tags")
                .valueStream()
                .map(tag -> tag.path("name").asString())
                .collect(Collectors.toSet());
        assertThat(document.operations()).extracting(Operation::id).doesNotHaveDuplicates();
        assertThat(document.operations()).allSatisfy(operation -> {
            JsonNode node = operation.node();
            assertThat(tags).contains(node.path("tags").path(0).asString());
            assertThat(node.path("summary").asString("")).isNotBlank().doesNotEndWith(".");
            String description = node.path("description").asString("");
            String needed = operation.permission();
            if (operation.id().equals("executeCommands")) {
                assertThat(node.path("security").path(0).has("apiKey")).isTrue();
                assertThat(description).contains("Each command needs the permission of its own operation.");
            } else if (needed.isEmpty()) {
                assertThat(operation.id()).isEqualTo("enrol");
                assertThat(node.path("security").isArray()).isTrue();
                assertThat(description).contains("No credentials but the code.");
            } else {
                assertThat(node.path("security").path(1).path("token").path(0).asString(""))
                        .isEqualTo(needed);
                assertThat(description).as("%s", operation).contains("Permission: `" + needed + "` (roles: ");
            }
        });
    }

    @Test
    void every_permission_that_is_named_is_given_by_the_roles_beside_it() {
        Pattern named = Pattern.compile("`([a-z-]+)`(?: as well)? \\(roles: ([^)]*)\\)");
        List<String> seen = new ArrayList<>();
        assertThat(document.operations()).allSatisfy(operation -> {
            String description = operation.node().path("description").asString().replaceAll("\\s+", " ");
            named.matcher(description).results().forEach(match -> {
                Permission permission = Permission.ofCode(match.group(1));
                String roles = Arrays.stream(Role.values())
                        .filter(permission.roles()::contains)
                        .map(Role::code)
                        .collect(Collectors.joining(", "));
                assertThat(match.group(2)).as(match.group(1)).isEqualTo(roles);
                seen.add(match.group(1));
            });
        });
        assertThat(seen).contains("hand-over-goods", "return-blind", "read-drift");
    }

    @Test
    void every_operation_has_the_answers_that_any_may_get() {
        assertThat(document.operations()).allSatisfy(operation -> {
            Set<String> statuses =
                    new TreeSet<>(operation.node().path("responses").propertyNames());
            assertThat(statuses).as("%s", operation).contains("400", "401", "406", "429", "500", "503");
            assertThat(statuses.contains("403"))
                    .isNotEqualTo(operation.permission().isEmpty());
            assertThat(statuses).filteredOn(status -> status.startsWith("2")).hasSize(1);
            assertThat(statuses.contains("415")).isEqualTo(operation.node().has("requestBody"));
            assertThat(statuses.contains("504"))
                    .as("%s", operation)
                    .isEqualTo(operation.node().toString().contains("AtLeastPosition")
                            || operation.id().equals("queryAvailability"));
        });
    }

    @Test
    void every_variable_of_a_path_is_a_required_parameter_with_an_example_or_a_link() {
        assertThat(document.operations()).allSatisfy(operation -> {
            List<String> declared = parameters(operation).stream()
                    .filter(parameter -> parameter.path("in").asString().equals("path"))
                    .filter(parameter -> parameter.path("required").asBoolean())
                    .map(parameter -> parameter.path("name").asString())
                    .toList();
            List<String> variables = Pattern.compile("\\{([^}]+)}")
                    .matcher(operation.path())
                    .results()
                    .map(match -> match.group(1))
                    .toList();
            assertThat(declared).as("%s", operation).containsExactlyElementsOf(variables);
        });
    }

    @Test
    void every_example_is_of_its_schema() {
        List<String> faults = new ArrayList<>();
        int seen = contents(document.root(), "", faults) + schemaExamples(faults);
        assertThat(faults).isEmpty();
        assertThat(seen).isGreaterThan(80);
    }

    @Test
    void everything_that_is_sent_or_answered_is_described() {
        List<String> mute = new ArrayList<>();
        document.root().path("components").path("schemas").propertyStream().forEach(schema -> {
            if (schema.getValue().path("description").asString("").isBlank()) {
                mute.add(schema.getKey());
            }
            boolean refined = schema.getValue().has("allOf");
            schema.getValue().path("properties").propertyStream().forEach(property -> {
                JsonNode node = property.getValue();
                if (!refined && !node.has("$ref") && !node.has("description")) {
                    mute.add(schema.getKey() + "." + property.getKey());
                }
            });
        });
        assertThat(mute).isEmpty();
    }

    private List<JsonNode> parameters(Operation operation) {
        List<JsonNode> parameters = new ArrayList<>();
        for (int i = 0; i < operation.node().path("parameters").size(); i++) {
            parameters.add(document.at(operation.at() + "/parameters/" + i));
        }
        return parameters;
    }

    /** Examples beside a schema, wherever the document has them. */
    private int contents(JsonNode node, String at, List<String> faults) {
        int seen = 0;
        if (node.has("schema") && !at.endsWith("/properties")) {
            String schema = at + "/schema";
            if (node.has("example")) {
                seen++;
                faults(schema, node.path("example"), at, faults);
            }
            for (JsonNode example : node.path("examples")) {
                seen++;
                faults(schema, example.path("value"), at, faults);
            }
        }
        if (node.isObject()) {
            for (var property : node.properties()) {
                seen += contents(property.getValue(), at + "/" + OpenApiDocument.escaped(property.getKey()), faults);
            }
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            seen += contents(node.path(i), at + "/" + i, faults);
        }
        return seen;
    }

    private int schemaExamples(List<String> faults) {
        int seen = 0;
        for (var schema : document.root().path("components").path("schemas").properties()) {
            for (JsonNode example : schema.getValue().path("examples")) {
                seen++;
                faults("/components/schemas/" + schema.getKey(), example, schema.getKey(), faults);
            }
        }
        return seen;
    }

    private void faults(String schema, JsonNode example, String at, List<String> faults) {
        document.faults(schema, example).forEach(fault -> faults.add(at + " " + fault));
    }

    private static void keywords(JsonNode schema, String at, List<String> unknown) {
        if (schema.isArray()) {
            schema.forEach(one -> keywords(one, at, unknown));
        }
        schema.propertyStream().forEach(keyword -> {
            String name = keyword.getKey();
            if (!KEYWORDS.contains(name)) {
                unknown.add(at + ": " + name);
            } else if (Set.of("properties", "patternProperties").contains(name)) {
                keyword.getValue()
                        .propertyStream()
                        .forEach(property -> keywords(property.getValue(), at + "." + property.getKey(), unknown));
            } else if (Set.of("items", "additionalProperties", "propertyNames", "allOf", "anyOf", "oneOf")
                    .contains(name)) {
                keywords(keyword.getValue(), at, unknown);
            }
        });
    }

    private static void everywhere(JsonNode node, java.util.function.Consumer<JsonNode> use) {
        use.accept(node);
        node.forEach(child -> everywhere(child, use));
    }
}
