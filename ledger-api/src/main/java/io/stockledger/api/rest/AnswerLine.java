package io.stockledger.api.rest;

import io.stockledger.api.problem.Problem;
import io.stockledger.api.problem.RequestId;
import io.stockledger.api.wire.JsonForm;
import io.stockledger.v1.Accepted;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** What one line of commands is answered with, on a line: what a command by itself is answered with, and whose it is. */
final class AnswerLine {

    private static final JsonFactory FACTORY = new JsonFactory();

    private AnswerLine() {}

    static byte[] accepted(long number, @Nullable Long tag, Accepted accepted) {
        return line(number, tag, json -> {
            json.writeName("accepted");
            json.writeRawValue(new String(JsonForm.write(accepted), StandardCharsets.UTF_8));
        });
    }

    static byte[] refused(long number, @Nullable Long tag, Problem problem, RequestId request) {
        return line(number, tag, json -> {
            json.writeName("problem");
            ProblemJson.write(json, problem, request);
        });
    }

    private static byte[] line(long number, @Nullable Long tag, Consumer<JsonGenerator> outcome) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
            json.writeStartObject();
            json.writeNumberProperty("line", number);
            if (tag != null) {
                json.writeNumberProperty("tag", tag);
            }
            outcome.accept(json);
            json.writeEndObject();
        }
        bytes.write('\n');
        return bytes.toByteArray();
    }
}
