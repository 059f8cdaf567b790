package io.stockledger.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.api.openapi.OpenApiDocument;
import io.stockledger.ledger.RefusalCatalogue;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every problem type of the catalogues is in the OpenAPI document, with its status and members, and no other is. */
class OpenApiProblemsTest {

    private final OpenApiDocument document = OpenApiDocument.get();

    @Test
    void the_document_has_exactly_the_problem_types_of_the_catalogues_in_their_order() {
        List<String> expected = Stream.concat(Refusals.inOrder().stream(), Failures.types().stream())
                .map(OpenApiProblemsTest::schema)
                .toList();
        List<String> found = document.root().path("components").path("schemas").propertyNames().stream()
                .filter(name -> name.endsWith("Problem") && !name.equals("Problem"))
                .toList();
        assertThat(found).containsExactlyElementsOf(expected);
    }

    @Test
    void each_says_what_its_catalogue_says() {
        Stream.concat(Refusals.inOrder().stream(), Failures.types().stream()).forEach(type -> {
            JsonNode schema = document.schema(schema(type));
            JsonNode properties = schema.path("properties");
            assertThat(constant(properties, "type")).isEqualTo(type.uri());
            assertThat(constant(properties, "title")).isEqualTo(type.title());
            assertThat(constant(properties, "status")).isEqualTo(String.valueOf(type.httpStatus()));
            assertThat(constant(properties, "reason")).isEqualTo(type.reason());
            assertThat(schema.path("description").asString()).isEqualTo(type.meaning());
        });
    }

    @Test
    void each_refusal_has_its_values_and_lines() {
        Refusals.types().forEach((refusal, type) -> {
            JsonNode properties = document.schema(schema(type)).path("properties");
            List<String> values = new ArrayList<>();
            boolean lines = false;
            for (RecordComponent component : refusal.getRecordComponents()) {
                if (Refusals.holdsLines(component)) {
                    lines = true;
                } else {
                    values.add(component.getName());
                }
            }
            assertThat(properties.path("values").path("required").valueStream().map(JsonNode::asString))
                    .as(type.reason())
                    .containsExactlyElementsOf(values);
            assertThat(properties.path("values").path("properties").propertyNames())
                    .containsAll(values);
            assertThat(properties.path("lines").path("minItems").asInt(0)).isEqualTo(lines ? 1 : 0);
            assertThat(properties.path("lines").path("maxItems").asInt(-1)).isEqualTo(lines ? -1 : 0);
        });
        assertThat(Refusals.types()).hasSameSizeAs(RefusalCatalogue.entries());
    }

    @Test
    void each_stands_under_its_own_status_and_is_named_there() {
        List<String> wrong = new ArrayList<>();
        document.operations()
                .forEach(operation -> operation
                        .node()
                        .path("responses")
                        .propertyNames()
                        .forEach(status -> {
                            JsonNode response = document.at(operation.at() + "/responses/" + status);
                            String description = response.path("description").asString();
                            JsonNode schema = response.path("content")
                                    .path("application/problem+json")
                                    .path("schema");
                            references(schema).forEach(name -> {
                                JsonNode properties = document.schema(name).path("properties");
                                boolean named = description.contains("`" + constant(properties, "reason") + "`");
                                if (!constant(properties, "status").equals(status) || !named) {
                                    wrong.add(operation + " " + status + ": " + name);
                                }
                            });
                        }));
        assertThat(wrong).isEmpty();
    }

    private static Stream<String> references(JsonNode schema) {
        return Stream.concat(
                        Stream.of(schema.path("$ref").asString("")).filter(reference -> !reference.isEmpty()),
                        schema.path("oneOf")
                                .valueStream()
                                .map(one -> one.path("$ref").asString()))
                .map(reference -> reference.substring(reference.lastIndexOf('/') + 1));
    }

    private static String constant(JsonNode properties, String name) {
        return properties.path(name).path("const").asString();
    }

    /** {@code INSUFFICIENT_STOCK} is {@code InsufficientStockProblem}. */
    private static String schema(ProblemType type) {
        return Arrays.stream(type.reason().split("_", -1))
                        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining())
                + "Problem";
    }
}
