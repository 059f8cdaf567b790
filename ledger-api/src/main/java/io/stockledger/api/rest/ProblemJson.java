package io.stockledger.api.rest;

import io.stockledger.api.problem.Problem;
import io.stockledger.api.problem.RequestId;
import io.stockledger.v1.RefusedLine;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.TreeMap;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** A problem as REST tells it: RFC 9457, with the reason, the values and the lines as further members. */
final class ProblemJson {

    private static final JsonFactory FACTORY = new JsonFactory();

    private ProblemJson() {}

    static HttpAnswer answer(Problem problem, RequestId request) {
        return new HttpAnswer(
                problem.type().httpStatus(),
                MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                headers(problem).toSingleValueMap(),
                body(problem, request));
    }

    static ResponseEntity<byte[]> response(Problem problem, RequestId request) {
        return ResponseEntity.status(problem.type().httpStatus())
                .headers(headers(problem))
                .body(body(problem, request));
    }

    /** With one header more. */
    static ResponseEntity<byte[]> response(Problem problem, RequestId request, String name, String value) {
        return ResponseEntity.status(problem.type().httpStatus())
                .headers(headers(problem))
                .header(name, value)
                .body(body(problem, request));
    }

    /** For those who refuse a request before it reaches a controller. */
    static void send(Problem problem, HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpAnswer answer = answer(problem, RequestIds.of(request));
        answer.head(response);
        response.getOutputStream().write(answer.body());
    }

    private static HttpHeaders headers(Problem problem) {
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        headers.setCacheControl("no-store");
        problem.retryAfter().ifPresent(wait -> headers.set(HttpHeaders.RETRY_AFTER, wholeSeconds(wait)));
        if (problem.type().httpStatus() == 401) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        return headers;
    }

    /** HTTP knows no shorter wait than a second. */
    private static String wholeSeconds(Duration wait) {
        return String.valueOf(Math.max(1, wait.plusMillis(999).toSeconds()));
    }

    private static byte[] body(Problem problem, RequestId request) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
            write(json, problem, request);
        }
        return bytes.toByteArray();
    }

    /** The problem as one object. */
    static void write(JsonGenerator json, Problem problem, RequestId request) {
        json.writeStartObject();
        json.writeStringProperty("type", problem.type().uri());
        json.writeStringProperty("title", problem.type().title());
        json.writeNumberProperty("status", problem.type().httpStatus());
        json.writeStringProperty("detail", problem.message());
        json.writeStringProperty("reason", problem.type().reason());
        json.writeObjectPropertyStart("values");
        new TreeMap<>(problem.values()).forEach(json::writeStringProperty);
        json.writeEndObject();
        json.writeArrayPropertyStart("lines");
        for (RefusedLine line : problem.lines()) {
            json.writeStartObject();
            json.writeStringProperty("sku", line.getSku());
            json.writeStringProperty("location", line.getLocation());
            json.writeStringProperty("requested", line.getRequested());
            json.writeStringProperty("available", line.getAvailable());
            json.writeEndObject();
        }
        json.writeEndArray();
        problem.retryAfter().ifPresent(wait -> json.writeStringProperty("retryAfter", wait.toString()));
        json.writeStringProperty("requestId", request.id());
        json.writeEndObject();
    }
}
