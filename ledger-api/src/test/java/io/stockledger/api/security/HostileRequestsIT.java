package io.stockledger.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.stockledger.api.RunningLedger;
import io.stockledger.api.contract.Contract;
import io.stockledger.api.contract.ContractMethod;
import io.stockledger.api.contract.Route;
import io.stockledger.api.openapi.Examples;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every route with values that nobody should send, by a seed. Whatever is sent, it is the sender's mistake or it is taken;
 * the service fails at none. For the long run: {@code -Dhostile.requests=200000 -Dhostile.seed=…}.
 */
class HostileRequestsIT {

    private static final int REQUESTS = Integer.getInteger("hostile.requests", 5_000);
    private static final long SEED = Long.getLong("hostile.seed", 20_261_130L);

    /** Longer than a question may wait for what it asks. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final RunningLedger SERVICE = RunningLedger.shared();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.shared();

    static final List<String> TEXTS = List.of(
            "",
            " ",
            "a",
            "AA",
            "LTE",
            "-1",
            "0",
            "1e999",
            "NaN",
            "null",
            "true",
            "9223372036854775808",
            "18446744073709551615",
            "999999999999999999.999999",
            "0.0000001",
            "PT-1S",
            "P999999999D",
            "+999999999-12-31T23:59:59Z",
            "order:4711",
            "stock:0001@berlin-1",
            "' OR 1=1 --",
            "%s%n${x}#{x}",
            "../../etc/passwd",
            "</script><script>",
            "=cmd()",
            "\0",
            "\r\nX: y",
            "\u202e",
            "\u200b",
            "\ufffe",
            "ä\u0308",
            "\ud83c\udf75",
            "a".repeat(201),
            "9".repeat(500));

    /** As they are, in a path or a query string. */
    private static final List<String> ENCODED =
            List.of("%00", "%FF", "%C3", "%2F", "%5C", "%25", "%F0%9F%8D%B5", "+", ";", "@");

    /** A route with holes. */
    private record Target(
            String verb, List<String> path, List<String> parameters, List<JsonNode> bodies, String type) {}

    private final Random random = new Random(SEED);

    @Test
    void the_service_fails_at_nothing_that_is_sent() throws Exception {
        List<Target> targets = Stream.concat(contract(), beside()).toList();
        List<String> failed = new ArrayList<>();
        int refused = 0;
        for (int i = 0; i < REQUESTS; i++) {
            Target target = targets.get(i % targets.size());
            HttpRequest request = request(target);
            HttpResponse<String> answer;
            try {
                answer = HTTP.send(request, BodyHandlers.ofString());
            } catch (HttpTimeoutException e) {
                failed.add(i + ": " + request.method() + " " + request.uri() + " is not answered");
                continue;
            }
            if (answer.statusCode() >= 500) {
                failed.add(i + ": " + request.method() + " " + request.uri() + " " + answer.statusCode() + " "
                        + answer.body());
            }
            refused += answer.statusCode() >= 400 ? 1 : 0;
        }

        assertThat(failed).isEmpty();
        assertThat(refused).isGreaterThan(REQUESTS / 2);
        assertThat(SERVICE.get("/v1/views").status()).isEqualTo(200);
    }

    private static Stream<Target> contract() {
        return Contract.methods().stream()
                .filter(ContractMethod::isUnary)
                .flatMap(method -> method.routes().stream().map(route -> target(method, route)));
    }

    private static Target target(ContractMethod method, Route route) {
        List<JsonNode> bodies = new ArrayList<>();
        if (route.hasBody()) {
            Examples.of(method).requests().forEach(example -> bodies.add(example.path("value")));
        }
        List<String> parameters = new ArrayList<>();
        for (FieldDescriptor field : method.empty().getDescriptorForType().getFields()) {
            parameters.add(field.getJsonName());
        }
        parameters.addAll(List.of("atLeastPosition", "nobodyKnows"));
        return new Target(
                route.verb(),
                route.segments().stream().map(Object::toString).toList(),
                route.hasBody() ? List.of() : parameters,
                bodies,
                "application/json");
    }

    private static Stream<Target> beside() {
        return Stream.of(
                plain("GET", "/v1/api-keys/{id}", ""),
                plain("DELETE", "/v1/api-keys/{id}", ""),
                plain("POST", "/v1/api-keys", "{\"name\":\"x\",\"roles\":[\"pos\"],\"locations\":[\"berlin-1\"]}"),
                plain("POST", "/v1/views/{view}/rebuild", "{}"),
                plain("GET", "/v1/views/{view}/parked", ""),
                plain("POST", "/v1/views/{view}/parked/resume", "{\"key\":\"x\"}"),
                new Target(
                        "PUT", List.of("v1", "drift", "snapshots", "{id}"), List.of("takenAt"), List.of(), "text/csv"),
                plain("GET", "/v1/drift/snapshots/{id}/report", ""),
                plain("GET", "/openapi.yaml", ""),
                plain("GET", "/actuator/{x}", ""),
                plain("GET", "/console/{x}", ""),
                plain("GET", "/{x}", ""));
    }

    private static Target plain(String verb, String path, String body) {
        List<JsonNode> bodies = body.isEmpty() ? List.of() : List.of(JSON.readTree(body));
        return new Target(
                verb,
                List.of(path.substring(1).split("/", -1)),
                List.of("pageToken", "pageSize", "atLeastPosition"),
                bodies,
                "application/json");
    }

    private HttpRequest request(Target target) {
        StringBuilder path = new StringBuilder();
        for (String segment : target.path()) {
            path.append('/').append(segment.startsWith("{") ? encoded() : segment);
        }
        if (!target.parameters().isEmpty() && random.nextInt(4) > 0) {
            path.append('?');
            int count = 1 + random.nextInt(3);
            for (int i = 0; i < count; i++) {
                path.append(i == 0 ? "" : "&")
                        .append(any(target.parameters()))
                        .append('=')
                        .append(encoded());
            }
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(SERVICE.uri("/").resolve("/") + path.substring(1)))
                .header("Authorization", "Bearer " + SERVICE.adminKey())
                .header("Content-Type", target.type())
                .timeout(PATIENCE);
        String verb = random.nextInt(50) == 0 ? any(List.of("GET", "POST", "PUT", "PATCH", "DELETE")) : target.verb();
        String body = body(target);
        return request.method(verb, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
    }

    private String body(Target target) {
        if (target.type().equals("text/csv")) {
            return "location,sku,quantity\n" + any(TEXTS) + "," + any(TEXTS) + "," + any(TEXTS) + "\n";
        }
        if (target.bodies().isEmpty()) {
            return "";
        }
        JsonNode body = any(target.bodies()).deepCopy();
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            change(body);
        }
        String text = body.toString();
        return switch (random.nextInt(20)) {
            case 0 -> text.substring(0, random.nextInt(text.length() + 1));
            case 1 -> "[".repeat(2_000) + text;
            case 2 -> text.replace(':', ',');
            default -> text;
        };
    }

    private void change(JsonNode node) {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>(object.propertyNames());
            if (names.isEmpty() || random.nextInt(10) == 0) {
                object.set(any(TEXTS), value());
                return;
            }
            String name = any(names);
            JsonNode inside = object.get(name);
            if (inside.isContainer() && random.nextInt(3) > 0) {
                change(inside);
            } else {
                object.set(name, value());
            }
        } else if (node instanceof ArrayNode array) {
            if (!array.isEmpty() && random.nextInt(3) > 0) {
                change(array.get(random.nextInt(array.size())));
            } else {
                array.add(value());
            }
        }
    }

    private JsonNode value() {
        return switch (random.nextInt(8)) {
            case 0 -> JSON.getNodeFactory().nullNode();
            case 1 -> JSON.getNodeFactory().numberNode(random.nextLong());
            case 2 -> JSON.getNodeFactory().numberNode(random.nextGaussian() * 1e300);
            case 3 -> JSON.getNodeFactory().booleanNode(random.nextBoolean());
            case 4 -> JSON.createObjectNode();
            case 5 -> JSON.createArrayNode();
            default -> JSON.getNodeFactory().stringNode(any(TEXTS));
        };
    }

    private String encoded() {
        if (random.nextInt(6) == 0) {
            return any(ENCODED);
        }
        String text = any(TEXTS);
        return URLEncoder.encode(text.isEmpty() ? "x" : text, StandardCharsets.UTF_8)
                .replace("+", "%20");
    }

    private <T> T any(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }
}
