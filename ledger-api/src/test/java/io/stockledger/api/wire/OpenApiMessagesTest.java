package io.stockledger.api.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.stockledger.api.openapi.OpenApiDocument;
import io.stockledger.api.openapi.OpenApiDocument.Operation;
import io.stockledger.api.security.Permission;
import io.stockledger.v1.Accepted;
import io.stockledger.v1.AvailabilityChange;
import io.stockledger.v1.BatchAvailability;
import io.stockledger.v1.BatchGetRequest;
import io.stockledger.v1.CatalogItem;
import io.stockledger.v1.FactPage;
import io.stockledger.v1.Freshness;
import io.stockledger.v1.GetCatalogItemRequest;
import io.stockledger.v1.GetItemRequest;
import io.stockledger.v1.ItemAvailability;
import io.stockledger.v1.ListFactsRequest;
import io.stockledger.v1.ListLocationRequest;
import io.stockledger.v1.LocationAvailability;
import io.stockledger.v1.WatchRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The OpenAPI document's schemas have exactly the fields of the contract's messages, in their JSON form. */
class OpenApiMessagesTest {

    private static final OpenApiDocument DOCUMENT = OpenApiDocument.get();

    @Test
    void commands_have_the_contracts_fields_and_no_other_is_read() {
        Set<Descriptor> read = withNested(Stream.concat(
                CommandWires.all().stream().map(wire -> wire.empty().getDescriptorForType()),
                Stream.of(BatchGetRequest.getDescriptor())));
        assertThat(read).allSatisfy(message -> {
            JsonNode schema = like(message, true);
            assertThat(schema.path("additionalProperties").asBoolean(true))
                    .as(message.getName())
                    .isFalse();
        });
        assertThat(read).hasSizeGreaterThan(25);
    }

    @Test
    void answers_have_the_contracts_fields_and_say_which_are_always_there() {
        Set<Descriptor> answered = withNested(Stream.of(
                Accepted.getDescriptor(),
                ItemAvailability.getDescriptor(),
                LocationAvailability.getDescriptor(),
                BatchAvailability.getDescriptor(),
                AvailabilityChange.getDescriptor(),
                CatalogItem.getDescriptor(),
                FactPage.getDescriptor()));
        assertThat(answered).allSatisfy(message -> {
            JsonNode schema = like(message, false);
            Set<String> always = message.getFields().stream()
                    .filter(field -> field.isRepeated()
                            || (!field.hasPresence()
                                    && field.getJavaType() != FieldDescriptor.JavaType.STRING
                                    && field.getJavaType() != FieldDescriptor.JavaType.ENUM))
                    .map(FieldDescriptor::getJsonName)
                    .collect(Collectors.toSet());
            assertThat(texts(schema.path("required"))).as(message.getName()).containsAll(always);
        });
    }

    @Test
    void every_command_is_posted_under_its_permission_and_answers_accepted() {
        for (CommandWire<?> wire : CommandWires.all()) {
            String name = wire.empty().getDescriptorForType().getName();
            Operation operation =
                    DOCUMENT.operation(name.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + name.substring(1));
            assertThat(operation.method()).isEqualTo("POST");
            assertThat(operation
                            .node()
                            .path("security")
                            .path(0)
                            .path("apiKey")
                            .path(0)
                            .asString())
                    .isEqualTo(Permission.toSend(wire.name()).code());
            assertThat(DOCUMENT.resolved(operation.at() + "/requestBody/content/application~1json/schema"))
                    .isEqualTo("/components/schemas/" + name);
            assertThat(DOCUMENT.resolved(operation.at() + "/responses/200/content/application~1json/schema"))
                    .isEqualTo("/components/schemas/Accepted");
        }
    }

    @Test
    void questions_have_the_parameters_that_are_read() {
        Map<String, Descriptor> questions = Map.of(
                "getAvailabilityBySku", GetItemRequest.getDescriptor(),
                "getAvailability", GetItemRequest.getDescriptor(),
                "listAvailabilityOfLocation", ListLocationRequest.getDescriptor(),
                "watchAvailability", WatchRequest.getDescriptor(),
                "getItemBySku", GetCatalogItemRequest.getDescriptor(),
                "getItem", GetCatalogItemRequest.getDescriptor(),
                "listFacts", ListFactsRequest.getDescriptor());
        questions.forEach((id, message) -> {
            Set<String> expected = new TreeSet<>();
            for (FieldDescriptor field : message.getFields()) {
                if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
                    expected.add(field.getJsonName());
                } else {
                    Freshness.getDescriptor().getFields().forEach(inner -> expected.add(inner.getJsonName()));
                }
            }
            Operation operation = DOCUMENT.operation(id);
            if (operation.path().endsWith("{sku}")) {
                expected.remove("barcode");
            }
            Set<String> found = new TreeSet<>();
            for (int i = 0; i < operation.node().path("parameters").size(); i++) {
                found.add(DOCUMENT.at(operation.at() + "/parameters/" + i)
                        .path("name")
                        .asString());
            }
            assertThat(found).as(id).isEqualTo(expected);
        });
    }

    private static JsonNode like(Descriptor message, boolean read) {
        JsonNode schema = DOCUMENT.schema(message.getName());
        assertThat(schema.path("properties").propertyNames())
                .as(message.getName())
                .containsExactlyElementsOf(JsonFields.of(message).keySet());
        for (FieldDescriptor field : message.getFields()) {
            String at = "/components/schemas/" + message.getName() + "/properties/" + field.getJsonName();
            JsonNode property = DOCUMENT.at(at);
            if (field.isRepeated()) {
                assertThat(property.path("type").asString()).as(at).isEqualTo("array");
                typed(field, DOCUMENT.resolved(at) + "/items", read);
            } else {
                typed(field, at, read);
            }
        }
        return schema;
    }

    private static void typed(FieldDescriptor field, String at, boolean read) {
        String resolved = DOCUMENT.resolved(at);
        JsonNode schema = DOCUMENT.root().at(resolved);
        switch (field.getJavaType()) {
            case INT, LONG -> assertThat(schema.path("type").asString()).as(at).isEqualTo("integer");
            case BOOLEAN -> assertThat(schema.path("type").asString()).as(at).isEqualTo("boolean");
            case ENUM ->
                assertThat(texts(schema.path("enum"))).as(at).containsExactlyElementsOf(values(field.getEnumType()));
            case MESSAGE -> {
                String name = field.getMessageType().getFullName();
                String expected = name.equals(Timestamp.getDescriptor().getFullName())
                        ? "Instant"
                        : field.getMessageType().getName();
                assertThat(resolved)
                        .as(at)
                        .isEqualTo("/components/schemas/"
                                + (name.equals(Duration.getDescriptor().getFullName()) ? "Duration" : expected));
            }
            default -> {
                if (field.getFullName().equals("stockledger.v1.Fact.payload")) {
                    assertThat(schema.path("type").asString()).isEqualTo("object");
                } else if (read && JsonFields.isDecimal(field)) {
                    assertThat(texts(schema.path("type"))).as(at).containsExactly("string", "number");
                } else {
                    boolean text = schema.path("type").asString("").equals("string") || schema.has("enum");
                    assertThat(text).as("%s is text", at).isTrue();
                }
            }
        }
    }

    private static List<String> values(EnumDescriptor type) {
        return type.getValues().stream()
                .filter(value -> value.getNumber() != 0)
                .map(JsonFields::name)
                .toList();
    }

    private static Set<Descriptor> withNested(Stream<Descriptor> messages) {
        Set<Descriptor> all = new LinkedHashSet<>();
        messages.forEach(message -> add(message, all));
        return all;
    }

    private static void add(Descriptor message, Set<Descriptor> all) {
        boolean ours = message.getFile().getPackage().equals("stockledger.v1");
        if (ours && all.add(message)) {
            message.getFields().stream()
                    .filter(field -> field.getJavaType() == FieldDescriptor.JavaType.MESSAGE)
                    .forEach(field -> add(field.getMessageType(), all));
        }
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }
}
