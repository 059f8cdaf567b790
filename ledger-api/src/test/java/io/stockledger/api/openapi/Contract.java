package io.stockledger.api.openapi;

import io.stockledger.api.openapi.OpenApiDocument.Operation;
import io.stockledger.api.wire.OneForm;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds every call over REST against the OpenAPI document: what was asked and accepted, and what was answered. */
public final class Contract {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final OpenApiDocument DOCUMENT = OpenApiDocument.get();
    private static final String PROBLEM = "application/problem+json";

    private Contract() {}

    /** @throws AssertionError when the call is not as the document says */
    public static void requireKept(HttpRequest request, int status, HttpHeaders headers, String body) {
        if (!request.uri().getPath().startsWith("/v1")) {
            return;
        }
        List<String> faults = faults(request, status, headers, body);
        if (!faults.isEmpty()) {
            throw new AssertionError(request.method() + " " + request.uri() + " answered " + status + " " + body
                    + "\nwhich the OpenAPI document does not say:\n" + String.join("\n", faults));
        }
    }

    private static List<String> faults(HttpRequest request, int status, HttpHeaders headers, String body) {
        String type = headers.firstValue("Content-Type")
                .orElse("")
                .replaceAll(";.*", "")
                .strip();
        Optional<Operation> found =
                DOCUMENT.operation(request.method(), request.uri().getRawPath());
        if (found.isEmpty()) {
            return unlisted(status, type, body);
        }
        Operation operation = found.get();
        String answer = DOCUMENT.resolved(operation.at() + "/responses/" + status);
        if (DOCUMENT.root().at(answer).isMissingNode()) {
            return List.of(operation + " has no response " + status);
        }
        List<String> faults = new ArrayList<>(headerFaults(answer, headers));
        JsonNode content = DOCUMENT.root().at(answer).path("content");
        if (content.isMissingNode()) {
            if (!body.isEmpty()) {
                faults.add("a body (expected: none)");
            }
        } else if (!content.has(type)) {
            faults.add("content type '" + type + "' (expected: one of " + content.propertyNames() + ")");
        } else if (type.endsWith("json")) {
            String schema = answer + "/content/" + OpenApiDocument.escaped(type) + "/schema";
            List<String> documents = type.endsWith("x-ndjson") ? body.lines().toList() : List.of(body);
            documents.forEach(one -> {
                faults.addAll(DOCUMENT.faults(schema, JSON.readTree(one)));
                faults.addAll(OneForm.faults(JSON.readTree(one)));
            });
        } else if (type.equals("text/csv")) {
            faults.addAll(OneForm.faultsOfCsv(body));
        }
        if (status < 300) {
            faults.addAll(requestFaults(operation, request));
        }
        return faults;
    }

    /** A path or method that the document does not list: the service must not know it either. */
    private static List<String> unlisted(int status, String type, String body) {
        String schema = switch (status) {
            case 401 -> "UnauthenticatedProblem";
            case 404 -> "NotFoundProblem";
            case 405 -> "MethodNotAllowedProblem";
            default -> "";
        };
        if (schema.isEmpty() || !type.equals(PROBLEM)) {
            return List.of("no such path and method (expected: 401, 404 or 405 as " + PROBLEM + ")");
        }
        return DOCUMENT.faults("/components/schemas/" + schema, JSON.readTree(body));
    }

    private static List<String> headerFaults(String answer, HttpHeaders headers) {
        List<String> faults = new ArrayList<>();
        DOCUMENT.root().at(answer).path("headers").propertyStream().forEach(named -> {
            String at = DOCUMENT.resolved(answer + "/headers/" + named.getKey());
            Optional<String> value = headers.firstValue(named.getKey());
            if (value.isPresent()) {
                DOCUMENT.faults(at + "/schema", parsed(value.get()))
                        .forEach(fault -> faults.add("header " + named.getKey() + fault));
            } else if (DOCUMENT.root().at(at).path("required").asBoolean()) {
                faults.add("header " + named.getKey() + " is missing");
            }
        });
        return faults;
    }

    private static JsonNode parsed(String header) {
        return header.matches("-?\\d+")
                ? JSON.getNodeFactory().numberNode(Long.parseLong(header))
                : JSON.getNodeFactory().stringNode(header);
    }

    /** What the service accepts, the document has to allow. */
    private static List<String> requestFaults(Operation operation, HttpRequest request) {
        JsonNode json = operation.node().path("requestBody").path("content").path("application/json");
        String body = request.bodyPublisher().map(Contract::text).orElse("");
        if (json.isMissingNode() || body.isEmpty()) {
            return List.of();
        }
        try {
            return DOCUMENT.faults(
                    operation.at() + "/requestBody/content/application~1json/schema", JSON.readTree(body));
        } catch (JacksonException e) {
            return List.of("accepted a request that is not JSON: " + body);
        }
    }

    private static String text(HttpRequest.BodyPublisher publisher) {
        StringBuilder text = new StringBuilder();
        publisher.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(ByteBuffer bytes) {
                text.append(StandardCharsets.UTF_8.decode(bytes));
            }

            @Override
            public void onError(Throwable failure) {
                throw new AssertionError(failure);
            }

            @Override
            public void onComplete() {}
        });
        return text.toString();
    }
}
