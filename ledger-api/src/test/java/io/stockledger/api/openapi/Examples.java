package io.stockledger.api.openapi;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.stockledger.api.contract.ContractMethod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A method's examples: named requests, an answer, and values for what stands in a path or query string. One file for
 * each method; what one example makes, a later one uses.
 */
public record Examples(JsonNode file) {

    static final Path FOLDER = Path.of("src/test/resources/examples");
    private static final YAMLMapper YAML = new YAMLMapper();

    public static Examples of(ContractMethod method) {
        Path file = FOLDER.resolve(
                method.name().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT) + ".yaml");
        if (!Files.exists(file)) {
            throw new AssertionError(file + " is missing (expected: examples of " + method.name() + ")");
        }
        return new Examples(YAML.readTree(file.toFile()));
    }

    /** By name: each has a summary and a value. */
    public JsonNode requests() {
        return file.path("requests");
    }

    public JsonNode parameter(FieldDescriptor field) {
        return file.path("parameters").path(field.getJsonName());
    }

    JsonNode answer() {
        return file.path("answer");
    }

    JsonNode links() {
        return file.path("links");
    }
}
