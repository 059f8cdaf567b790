package io.stockledger.api.openapi;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the check of every call finds: a service that differs from its document in any way is told so. */
class ContractTest {

    private static final String ACCEPTED =
            "{\"document\":\"order:1\",\"position\":7,\"recordedAt\":\"2026-11-21T09:30:00Z\",\"repeated\":false,\"lines\":[],\"version\":1}";
    private static final String BUSY =
            "{\"type\":\"urn:stockledger:problem:busy\",\"title\":\"Busy\",\"status\":429,\"detail\":\"Too many.\","
                    + "\"reason\":\"BUSY\",\"values\":{},\"lines\":[],\"retryAfter\":\"PT0.1S\"}";
    private static final String SALE = "{\"documentId\":\"1\",\"channel\":\"web\",\"location\":\"b\"}";
    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";

    @Test
    void a_call_that_is_as_the_document_says_passes() {
        assertThatCode(() -> call("/v1/sales", SALE, 200, JSON, ACCEPTED)).doesNotThrowAnyException();
        assertThatCode(() -> call("/v1/sales", SALE, 429, PROBLEM, BUSY, "Retry-After", "1"))
                .doesNotThrowAnyException();
        assertThatCode(() -> call("/console/stock", "", 418, "text/html", "tea"))
                .doesNotThrowAnyException();
    }

    @Test
    void a_field_that_is_not_described_is_found() {
        refused("surprise", "/v1/sales", SALE, 200, JSON, ACCEPTED.replace("\"lines\"", "\"surprise\":1,\"lines\""));
    }

    @Test
    void a_field_that_is_missing_or_of_another_type_is_found() {
        refused("repeated", "/v1/sales", SALE, 200, JSON, ACCEPTED.replace("\"repeated\":false,", ""));
        refused("position", "/v1/sales", SALE, 200, JSON, ACCEPTED.replace(":7", ":\"7\""));
        refused("recordedAt", "/v1/sales", SALE, 200, JSON, ACCEPTED.replace("T09:30:00Z", ""));
    }

    @Test
    void a_status_a_media_type_or_a_path_that_is_not_described_is_found() {
        refused("no response 201", "/v1/sales", SALE, 201, JSON, ACCEPTED);
        refused("content type", "/v1/sales", SALE, 200, "text/plain", ACCEPTED);
        refused("no such path", "/v1/sails", SALE, 200, JSON, ACCEPTED);
        refused("no such path", "/v1/sails", SALE, 404, "text/html", "not here");
    }

    @Test
    void a_problem_of_another_operation_or_without_its_header_is_found() {
        refused("Retry-After", "/v1/sales", SALE, 429, PROBLEM, BUSY);
        refused("Retry-After", "/v1/sales", SALE, 429, PROBLEM, BUSY, "Retry-After", "soon");
        String ended = BUSY.replace("429", "409").replace("BUSY", "LOCATION_IS_OPEN");
        refused("", "/v1/sales", SALE, 409, PROBLEM, ended);
    }

    @Test
    void a_request_that_is_accepted_although_the_document_forbids_it_is_found() {
        refused("surprise", "/v1/sales", SALE.replace("}", ",\"surprise\":1}"), 200, JSON, ACCEPTED);
        refused("channel", "/v1/sales", "{\"location\":\"b\"}", 200, JSON, ACCEPTED);
    }

    private static void refused(
            String expected, String path, String sent, int status, String type, String body, String... headers) {
        assertThatThrownBy(() -> call(path, sent, status, type, body, headers))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("which the OpenAPI document does not say")
                .hasMessageContaining(expected);
    }

    private static void call(String path, String sent, int status, String type, String body, String... headers) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1" + path))
                .header("Content-Type", JSON)
                .POST(BodyPublishers.ofString(sent))
                .build();
        Map<String, List<String>> answered = new HashMap<>(Map.of("Content-Type", List.of(type)));
        for (int i = 0; i < headers.length; i += 2) {
            answered.put(headers[i], List.of(headers[i + 1]));
        }
        Contract.requireKept(request, status, HttpHeaders.of(answered, (name, value) -> true), body);
    }
}
