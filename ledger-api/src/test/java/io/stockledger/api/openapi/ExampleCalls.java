package io.stockledger.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.api.RunningLedger;
import io.stockledger.api.RunningLedger.Answer;
import io.stockledger.api.openapi.OpenApiDocument.Operation;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Makes the calls that the OpenAPI document gives as examples, in its order, which tells a story: what one example
 * makes, a later one uses.
 */
final class ExampleCalls {

    private static final OpenApiDocument DOCUMENT = OpenApiDocument.get();
    private static final Pattern EMBEDDED = Pattern.compile("\\{\\$response\\.body#([^}]+)}");

    private final RunningLedger service;
    private final Map<String, String> linked = new HashMap<>();
    private final Map<String, String> linkedBodies = new HashMap<>();
    private long position;

    ExampleCalls(RunningLedger service) {
        this.service = service;
    }

    /** The requests of an operation: one for each example of a body, and for each media type of its answer. */
    List<HttpRequest> requests(Operation operation) {
        String uri = uri(operation);
        List<HttpRequest> requests = new ArrayList<>();
        for (String accepted : answered(operation)) {
            eachBody(operation, (type, body) -> {
                HttpRequest.Builder request =
                        service.request(uri, service.adminKey()).method(operation.method(), body);
                request.setHeader("Accept", accepted + ", application/problem+json");
                if (!type.isEmpty()) {
                    request.setHeader("Content-Type", type);
                }
                requests.add(request.build());
            });
        }
        return requests;
    }

    /** Sends it, and keeps what later calls need of the answer. */
    Answer send(Operation operation, HttpRequest request) {
        Answer answer = service.send(request);
        assertThat(answer.status()).as("%s: %s", operation, answer.body()).isBetween(200, 299);
        if (answer.contentType().startsWith("application/json")) {
            position = Math.max(position, answer.json().path("position").asLong(0));
        }
        String at = DOCUMENT.resolved(operation.at() + "/responses/" + answer.status());
        for (JsonNode link : DOCUMENT.root().at(at).path("links")) {
            link.path("parameters").propertyStream().forEach(parameter -> {
                String pointer = parameter.getValue().asString().replace("$response.body#", "");
                linked.put(
                        link.path("operationId").asString() + " " + parameter.getKey(),
                        answer.json().at(pointer).asString());
            });
            if (link.has("requestBody")) {
                String body = EMBEDDED.matcher(link.path("requestBody").asString())
                        .replaceAll(found -> answer.json().at(found.group(1)).asString());
                linkedBodies.put(link.path("operationId").asString(), body);
            }
        }
        return answer;
    }

    /** The path with its variables filled in, and each query parameter that has an example. */
    String uri(Operation operation) {
        String path = operation.path();
        List<String> query = new ArrayList<>();
        for (int i = 0; i < operation.node().path("parameters").size(); i++) {
            JsonNode parameter = DOCUMENT.at(operation.at() + "/parameters/" + i);
            String name = parameter.path("name").asString();
            JsonNode example = parameter.path("example");
            if (parameter.path("in").asString().equals("path")) {
                String value = linked.getOrDefault(operation.id() + " " + name, example.asString(""));
                assertThat(value).as("%s: an example for {%s}", operation, name).isNotEmpty();
                path = path.replace("{" + name + "}", encoded(value));
            } else if (name.equals("atLeastPosition")) {
                query.add("atLeastPosition=" + position + "&wait=PT10S");
            } else if (example.isArray()) {
                example.forEach(one -> query.add(name + "=" + encoded(one.asString())));
            } else if (!example.isMissingNode()) {
                query.add(name + "=" + encoded(example.asString()));
            }
        }
        return query.isEmpty() ? path : path + "?" + String.join("&", query);
    }

    private static List<String> answered(Operation operation) {
        List<String> types = new ArrayList<>();
        operation.node().path("responses").propertyStream().forEach(response -> {
            if (response.getKey().startsWith("2")) {
                types.addAll(response.getValue().path("content").propertyNames());
            }
        });
        return types.isEmpty() ? List.of("*/*") : types;
    }

    private interface Body {
        void use(String type, BodyPublisher body);
    }

    private void eachBody(Operation operation, Body use) {
        String linkedBody = linkedBodies.get(operation.id());
        if (linkedBody != null) {
            use.use("application/json", BodyPublishers.ofString(linkedBody));
            return;
        }
        JsonNode content = operation.node().path("requestBody").path("content");
        if (content.isMissingNode()) {
            use.use("", BodyPublishers.noBody());
        }
        content.propertyStream()
                .forEach(type -> eachExample(
                        type.getValue(), example -> use.use(type.getKey(), BodyPublishers.ofString(example))));
    }

    static void eachExample(JsonNode content, Consumer<String> use) {
        assertThat(content.path("examples")).isNotEmpty();
        content.path("examples").forEach(example -> {
            JsonNode value = example.path("value");
            use.accept(value.isString() ? value.asString() : value.toString());
        });
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
