package io.stockledger.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.api.RunningLedger;
import io.stockledger.api.RunningLedger.Answer;
import io.stockledger.api.contract.Contract;
import io.stockledger.api.openapi.OpenApiDocument.Operation;
import io.stockledger.api.security.Permission;
import io.stockledger.api.security.Role;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The OpenAPI document and the running service say the same. Each answer is held against the document by {@link
 * Contract}, here and in every other test that calls the service.
 */
class OpenApiIT {

    private static final String JSON = "application/json";

    private final RunningLedger service = RunningLedger.shared();
    private final OpenApiDocument document = OpenApiDocument.get();

    @Test
    void every_route_of_the_service_is_in_the_document_and_no_other_is() {
        Set<String> routes = new TreeSet<>();
        List<HandlerMapping> mappings =
                Objects.requireNonNull(service.bean(DispatcherServlet.class).getHandlerMappings());
        for (HandlerMapping mapping : mappings) {
            if (mapping instanceof RequestMappingHandlerMapping known) {
                known.getHandlerMethods().keySet().forEach(route -> routes.addAll(underV1(route)));
            }
        }
        Contract.methods().forEach(method -> method.routes().forEach(route -> routes.add(route.toString())));
        Set<String> documented = new TreeSet<>();
        document.operations().forEach(operation -> documented.add(operation.toString()));
        assertThat(documented).isEqualTo(routes).hasSizeGreaterThan(30);
    }

    @Test
    void every_example_is_accepted_in_the_order_of_the_document() throws IOException, InterruptedException {
        ExampleCalls calls = new ExampleCalls(service);
        List<Operation> inOrder = new ArrayList<>(document.operations());
        // A path has its methods side by side; what one removes, those of longer paths still use.
        inOrder.sort(Comparator.comparing(operation -> operation.method().equals("DELETE")));
        for (Operation operation : inOrder) {
            for (HttpRequest request : calls.requests(operation)) {
                if (operation.id().equals("listDeliveries")) {
                    // The endpoint of the example before is caught up behind the answer's back.
                    Awaitility.await()
                            .atMost(Duration.ofSeconds(60))
                            .until(() -> service.send(request)
                                    .json()
                                    .at("/deliveries/0")
                                    .isObject());
                }
                if (operation.id().equals("watchAvailability")) {
                    watch(request);
                } else {
                    calls.send(operation, request);
                }
            }
        }
        // Others ask for rebuilds too, and would be answered with this one.
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> service.get("/v1/views")
                        .json()
                        .path("views")
                        .valueStream()
                        .noneMatch(view ->
                                view.has("rebuild") && !view.path("rebuild").has("endedAt")));
    }

    @Test
    void an_unknown_field_is_refused_by_the_document_and_by_the_service() {
        List<String> tried = new ArrayList<>();
        ExampleCalls calls = new ExampleCalls(service);
        for (Operation operation : document.operations()) {
            JsonNode content =
                    operation.node().path("requestBody").path("content").path(JSON);
            if (!content.isMissingNode()) {
                ExampleCalls.eachExample(content, example -> {
                    ObjectNode body = (ObjectNode) JsonMapper.shared().readTree(example);
                    body.put("surprise", 1);
                    String schema = operation.at() + "/requestBody/content/application~1json/schema";
                    assertThat(document.faults(schema, body))
                            .as("%s", operation)
                            .hasSize(1);
                    Answer answer = service.send(service.request(calls.uri(operation), service.adminKey())
                            .header("Content-Type", JSON)
                            .method(operation.method(), BodyPublishers.ofString(body.toString()))
                            .build());
                    assertThat(answer.status())
                            .as("%s: %s", operation, answer.body())
                            .isEqualTo(400);
                    assertThat(answer.json().path("values").path("field").asString())
                            .isEqualTo("surprise");
                    tried.add(operation.id());
                });
            }
        }
        assertThat(tried).contains("reserveStock", "queryAvailability", "createApiKey", "resumeParkedFacts");
    }

    @Test
    void an_unknown_parameter_is_refused() {
        for (Operation operation : document.operations()) {
            if (operation.method().equals("GET")) {
                Answer answer = service.get(operation.path().replaceAll("\\{[^}]+}", "none") + "?surprise=1");
                assertThat(answer.status())
                        .as("%s: %s", operation, answer.body())
                        .isEqualTo(400);
                assertThat(answer.json().path("values").path("field").asString())
                        .as("%s: %s", operation, answer.body())
                        .isEqualTo("surprise");
            }
        }
    }

    @Test
    void without_credentials_or_permission_every_operation_refuses_as_the_document_says() {
        Map<Role, String> keys = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            keys.put(role, keyOf(role.code()));
        }
        for (Operation operation : document.operations()) {
            String needed = operation.permission();
            if (needed.isEmpty()) {
                continue;
            }
            String path = operation.path().replaceAll("\\{[^}]+}", "none");
            assertThat(call(operation, path, null).status()).as("%s", operation).isEqualTo(401);
            keys.forEach((role, key) -> {
                if (!Permission.ofCode(needed).roles().contains(role)) {
                    Answer answer = call(operation, path, key);
                    assertThat(answer.json().path("reason").asString())
                            .as("%s as %s: %s", operation, role, answer.body())
                            .isEqualTo("NOT_PERMITTED");
                    assertThat(answer.json().path("values").path("permission").asString())
                            .isEqualTo(needed);
                }
            });
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | /v1/sales                            | application/json | {\"a\"                   | 400 | MALFORMED_REQUEST",
                "POST | /v1/api-keys                         | application/json | {\"a\"                   | 400 | MALFORMED_REQUEST",
                "POST | /v1/api-keys                         | application/json | {\"name\":7,\"roles\":{}} | 400 | MALFORMED_REQUEST",
                "PUT  | /v1/drift/snapshots/x?takenAt=never  | text/csv         | a                         | 400 | MALFORMED_REQUEST",
                "GET  | /v1/history?pageSize=many            |                  |                           | 400 | MALFORMED_REQUEST",
                "GET  | /v1/nothing                          |                  |                           | 404 | NOT_FOUND",
                "GET  | /v1/availability/items/no-such-item  |                  |                           | 404 | UNKNOWN_ITEM",
                "GET  | /v1/barcodes/no-such                 |                  |                           | 404 | UNKNOWN_BARCODE",
                "GET  | /v1/availability/locations/nowhere   |                  |                           | 404 | UNKNOWN_LOCATION",
                "GET  | /v1/drift/snapshots/none/report      |                  |                           | 404 | NOT_FOUND",
                "GET  | /v1/views/none/parked                |                  |                           | 404 | NOT_FOUND",
                "GET  | /v1/webhook-endpoints/none           |                  |                           | 404 | NOT_FOUND",
                "DELETE | /v1/webhook-endpoints/none         |                  |                           | 404 | NOT_FOUND",
                "PATCH | /v1/webhook-endpoints/none          | application/json | {}                        | 404 | NOT_FOUND",
                "POST | /v1/webhook-endpoints/none/resend-parked |              |                           | 404 | NOT_FOUND",
                "GET  | /v1/webhook-endpoints/none/deliveries?state=lost |      |                           | 400 | MALFORMED_REQUEST",
                "POST | /v1/webhook-endpoints                | application/json | {\"url\":\"ftp://x\"}    | 422 | INVALID_COMMAND",
                "POST | /v1/webhook-endpoints                | application/json | {\"url\":\"https://u@shop.example/x\"} | 422 | INVALID_COMMAND",
                "POST | /v1/webhook-endpoints                | application/json | {\"url\":\"https://10.0.0.1/x\"} | 422 | INVALID_COMMAND",
                "GET  | /v1/facts?names=no-such-fact         |                  |                           | 422 | INVALID_COMMAND",
                "GET  | /v1/facts?wait=PT31S                 |                  |                           | 422 | INVALID_COMMAND",
                "GET  | /v1/facts?wait=soon                  |                  |                           | 400 | MALFORMED_REQUEST",
                "POST | /v1/views/webhooks/rebuild           |                  |                           | 409 | NOT_REBUILDABLE",
                "DELETE | /v1/api-keys/none                  |                  |                           | 404 | NOT_FOUND",
                "GET  | /v1/sales                            |                  |                           | 405 | METHOD_NOT_ALLOWED",
                "POST | /v1/sales                            | text/plain       | {}                        | 415 | UNSUPPORTED_MEDIA_TYPE",
                "POST | /v1/sales                            | application/json | {}                        | 422 | INVALID_COMMAND",
                "GET  | /v1/history?pageSize=1001            |                  |                           | 422 | INVALID_COMMAND",
                "GET  | /v1/availability/items               |                  |                           | 422 | INVALID_COMMAND",
                "GET  | /v1/availability/stream?skus=%20x    |                  |                           | 422 | INVALID_COMMAND",
                "POST | /v1/api-keys                         | application/json | {\"name\":\"x\"}          | 422 | INVALID_COMMAND",
                "PUT  | /v1/drift/snapshots/x                | text/csv         | a                         | 422 | UNREADABLE_SNAPSHOT",
                "GET  | /v1/history?atLeastPosition=99999999&wait=PT0S | |                                  | 504 | VIEW_BEHIND",
            })
    void what_is_wrong_with_a_request_is_told_as_the_document_says(
            String method, String path, @Nullable String type, @Nullable String body, int status, String reason) {
        HttpRequest.Builder request = service.request(path, service.adminKey());
        if (type != null) {
            request.header("Content-Type", type);
        }
        Answer answer = service.send(
                request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build());
        assertThat(answer.json().path("reason").asString()).as(answer.body()).isEqualTo(reason);
        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void an_answer_in_another_media_type_is_refused_by_every_operation_that_has_a_body() {
        for (Operation operation : document.operations()) {
            HttpRequest.Builder request = service.request(
                            operation.path().replaceAll("\\{[^}]+}", "none"), service.adminKey())
                    .header("Accept", "image/png");
            String type = operation.node().path("requestBody").path("content").propertyNames().stream()
                    .findFirst()
                    .orElse("");
            if (!type.isEmpty()) {
                request.header("Content-Type", type);
            }
            if (!operation.id().equals("revokeApiKey")) {
                Answer answer = service.send(request.method(operation.method(), BodyPublishers.ofString("{}"))
                        .build());
                assertThat(answer.status())
                        .as("%s: %s", operation, answer.body())
                        .isEqualTo(406);
            }
        }
    }

    @Test
    void a_body_that_is_too_large_is_refused() {
        String large = "{\"documentId\":\"" + "x".repeat(4 * 1024 * 1024) + "\"}";
        Answer answer = service.post("/v1/sales", large);
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().path("reason").asString()).isEqualTo("TOO_LARGE");
    }

    @Test
    void the_service_serves_the_document_to_whoever_shows_a_key() throws IOException {
        for (String role : List.of("device", "auditor", "admin")) {
            Answer served = service.send(
                    service.request("/openapi.yaml", keyOf(role)).GET().build());
            assertThat(served.status()).isEqualTo(200);
            assertThat(served.contentType()).startsWith("application/yaml");
            assertThat(served.body()).isEqualTo(Files.readString(OpenApiDocument.FILE));
        }
        Answer json = service.get("/openapi.json");
        assertThat(json.contentType()).startsWith("application/json");
        assertThat(json.json()).isEqualTo(document.root());
        Answer closed =
                service.send(service.request("/openapi.yaml", null).GET().build());
        assertThat(closed.status()).isEqualTo(401);
        assertThat(closed.contentType()).isEqualTo("application/problem+json");
    }

    @Test
    void the_page_leads_to_the_login_and_the_login_back_to_the_page() {
        Answer page = service.send(service.request("/api-docs", null)
                .header("Accept", "text/html")
                .GET()
                .build());
        assertThat(page.status()).isEqualTo(302);
        assertThat(page.headers().firstValue("Location").orElseThrow()).endsWith("/console/login");
    }

    private static List<String> underV1(RequestMappingInfo route) {
        return route.getPatternValues().stream()
                .filter(path -> path.startsWith("/v1"))
                .flatMap(path -> {
                    assertThat(route.getMethodsCondition().getMethods())
                            .as(path)
                            .isNotEmpty();
                    return route.getMethodsCondition().getMethods().stream().map(method -> method + " " + path);
                })
                .toList();
    }

    private void watch(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<java.io.InputStream> events =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(events.statusCode()).isEqualTo(200);
        assertThat(events.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (!line.startsWith("data:")) {
                line = lines.readLine();
            }
            JsonNode change = JsonMapper.shared().readTree(line.substring("data:".length()));
            assertThat(document.faults("/components/schemas/AvailabilityChange", change))
                    .isEmpty();
        }
    }

    private Answer call(Operation operation, String path, @Nullable String key) {
        HttpRequest.Builder request = service.request(path, key);
        String type = operation.node().path("requestBody").path("content").propertyNames().stream()
                .findFirst()
                .orElse("");
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        return service.send(request.method(
                        operation.method(), type.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString("{}"))
                .build());
    }

    private String keyOf(String role) {
        return service.key(List.of(role), List.of());
    }
}
