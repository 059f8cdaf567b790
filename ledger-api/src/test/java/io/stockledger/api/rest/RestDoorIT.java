package io.stockledger.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.api.RunningLedger;
import io.stockledger.api.RunningLedger.Answer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** REST's door before Spring: what it takes, what it hands on, and that whatever goes wrong there is told as a problem. */
class RestDoorIT {

    private static final RunningLedger SERVICE = RunningLedger.shared();

    @BeforeAll
    static void itemsWithSlashesInTheirNames() {
        assertThat(SERVICE.post("/v1/items", "{\"documentId\":\"door-i\",\"sku\":\"a/b %;ä\",\"name\":\"Slash\"}")
                        .status())
                .isEqualTo(200);
        assertThat(SERVICE.post("/v1/items", "{\"documentId\":\"door-b\",\"sku\":\"a\\\\b\",\"name\":\"Back\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_name_with_a_slash_or_any_other_character_is_one_name() {
        Answer item = SERVICE.get("/v1/items/a%2Fb%20%25%3B%C3%A4");
        assertThat(item.status()).as(item.body()).isEqualTo(200);
        assertThat(item.json().path("sku").asString()).isEqualTo("a/b %;ä");
        assertThat(SERVICE.get("/v1/availability/items?sku=a%2Fb%20%25%3B%C3%A4")
                        .json()
                        .path("sku")
                        .asString())
                .isEqualTo("a/b %;ä");
        Answer back = SERVICE.get("/v1/items/a%5Cb");
        assertThat(back.status()).as(back.body()).isEqualTo(200);
        assertThat(back.json().path("sku").asString()).isEqualTo("a\\b");
    }

    @ParameterizedTest
    @CsvSource({
        "GET /v1//items/0001,400,MALFORMED_REQUEST",
        "GET //v1/items/0001,400,MALFORMED_REQUEST",
        "GET /v1/./views,400,MALFORMED_REQUEST",
        "GET /v1/views;jsessionid=1,400,MALFORMED_REQUEST",
        "GET /v1/%2e%2e/console,400,MALFORMED_REQUEST",
        "GET /v1/../../console,400,MALFORMED_REQUEST",
        "get /v1/views,400,MALFORMED_REQUEST",
        "TRACE /v1/sales,405,METHOD_NOT_ALLOWED",
        "GET /v2/items,404,NOT_FOUND",
        "GET /nope,404,NOT_FOUND",
        "POST /v1/availability/stream,405,METHOD_NOT_ALLOWED",
    })
    void whatever_is_refused_is_a_problem(String line, int status, String reason) throws Exception {
        assertThat(raw(line + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + SERVICE.adminKey()
                        + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 " + status)
                .contains("Content-Type: application/problem+json", "\"reason\":\"" + reason + "\"");
    }

    @Test
    void a_body_that_is_no_http_ends_the_connection() throws Exception {
        String post = "POST /v1/items HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + SERVICE.adminKey()
                + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
        assertThat(raw(post + "zz\r\n")).isEmpty();
    }

    @Test
    void a_request_without_a_host_is_told_of_its_headers() throws Exception {
        assertThat(raw("GET /v1/views HTTP/1.1\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json", "one header Host");
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/v1/availability/stream,GET",
        "DELETE,/v1/views,GET",
        "GET,/v1/views/availability/rebuild,POST",
        "PUT,/v1/api-keys,'GET, POST'",
        "GET,/v1/api-keys/x,DELETE",
        "PATCH,/v1/drift/snapshots/x,'POST, PUT'",
    })
    void the_routes_beside_the_contract_tell_which_verbs_they_have(String verb, String path, String allowed)
            throws Exception {
        assertThat(raw(verb + " " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + SERVICE.adminKey()
                        + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 405")
                .contains("Allow: " + allowed + "\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/api-keys,Content-Encoding: gzip,415",
        "/v1/views,Accept: application/problem+json,200",
        "/v1/views,Accept: text/html,406",
    })
    void the_routes_beside_the_contract_take_the_same(String path, String header, int status) throws Exception {
        assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + SERVICE.adminKey() + "\r\n"
                        + header + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 " + status);
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Type: application/json; charset=iso-8859-1,415,'Content-Type application/json; charset=iso-8859-1'",
        "Content-Encoding: gzip,415,'Content-Encoding gzip'",
        "Accept: application/problem+json,422,INVALID_COMMAND",
        "Accept: text/html,406,'Accept text/html'",
        "X-Nothing: 1,415,'no Content-Type'",
    })
    void what_a_body_and_an_answer_may_be(String header, int status, String told) throws Exception {
        String type = header.startsWith("Content-Type") || header.startsWith("X-")
                ? ""
                : "Content-Type: application/json\r\n";
        assertThat(raw("POST /v1/items HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + SERVICE.adminKey() + "\r\n"
                        + type + header + "\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"))
                .startsWith("HTTP/1.1 " + status)
                .contains(told);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/v1/sales,'[POST]',POST",
        "DELETE,/v1/items,'[GET, POST]','GET, POST'",
        "OPTIONS,/v1/history,'[GET]',GET",
    })
    void a_verb_that_a_path_has_not_is_told_which_it_has(String verb, String path, String expected, String allowed) {
        Answer answer = SERVICE.send(SERVICE.request(path, SERVICE.adminKey())
                .method(verb, BodyPublishers.noBody())
                .build());
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue(allowed);
        assertThat(answer.json().path("detail").asString()).endsWith("(expected: one of " + expected + ").");
    }

    @Test
    void who_shows_nothing_is_not_told_what_there_is() {
        assertThat(SERVICE.send(SERVICE.request("/v1/sales", null).GET().build())
                        .status())
                .isEqualTo(401);
        HttpRequest basic = SERVICE.request("/v1/history", null)
                .header("Authorization", "Basic abc")
                .GET()
                .build();
        Answer answer = SERVICE.send(basic);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    }

    @Test
    void a_head_is_answered_like_a_get_without_the_body() throws Exception {
        String question = " /v1/items/a%2Fb%20%25%3B%C3%A4 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                + SERVICE.adminKey() + "\r\nConnection: close\r\n\r\n";
        String[] get = raw("GET" + question).split("\r\n\r\n", -1);
        String ofEach = "(Date|X-Request-Id): .*";
        assertThat(raw("HEAD" + question).replaceAll(ofEach, "")).isEqualTo(get[0].replaceAll(ofEach, "") + "\r\n\r\n");
    }

    @Test
    void the_permission_is_asked_for_before_the_body_is_read() throws Exception {
        String auditor = SERVICE.key(List.of("auditor"), List.of());
        String answer = raw(
                "POST /v1/sales HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + auditor
                        + "\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n",
                "NOT_PERMITTED");
        assertThat(answer).startsWith("HTTP/1.1 403").contains("NOT_PERMITTED");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/items/%zz",
        "/v1/items/%C3",
        "/v1/availability/items?sku=%zz",
        "/v1/availability/items?sku=a&sku=b",
        "/v1/items/a?sku=b",
        "/v1/availability/items?barcode=1&sku=b",
    })
    void a_path_or_question_that_cannot_be_read_is_a_problem(String path) throws Exception {
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + SERVICE.adminKey()
                + "\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("<html").doesNotContain("Apache Tomcat");
    }

    @Test
    void a_command_takes_no_parameters() {
        Answer answer = SERVICE.post("/v1/items?sku=x", "{}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("values").path("field").asString()).isEqualTo("sku");
    }

    @Test
    void an_idempotency_key_names_the_try_and_contradicts_no_other() {
        String item = "{\"documentId\":\"door-k\",\"tryId\":\"one\",\"sku\":\"door-k\",\"name\":\"K\"}";
        assertThat(keyed(item, "two").json().path("values").path("field").asString())
                .isEqualTo("tryId");
        assertThat(keyed(item, "one").status()).isEqualTo(200);
        assertThat(keyed("{\"sku\":\"door-k\",\"name\":\"K\"}", "three")
                        .json()
                        .path("values")
                        .path("field")
                        .asString())
                .isEqualTo("documentId");
        assertThat(keyed(item, "\"one\"").status()).isEqualTo(200);
        assertThat(keyed(item, "").status()).isEqualTo(400);
        assertThat(keyed(item, "\"\"").status()).isEqualTo(400);
        assertThat(keyed(item, "one", "two").json().path("values").path("field").asString())
                .isEqualTo("Idempotency-Key");
    }

    @Test
    void an_answer_is_for_those_who_asked_only() {
        Answer answer = SERVICE.get("/v1/items/a%2Fb%20%25%3B%C3%A4");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("X-Frame-Options")).hasValue("DENY");
    }

    @Test
    void requests_that_come_at_once_over_one_connection_are_answered_in_their_order() throws Exception {
        String question = "GET /v1/items/a%2Fb%20%25%3B%C3%A4 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                + SERVICE.adminKey() + "\r\n";
        String answers = raw(question + "\r\n" + question.replace("a%2Fb%20%25%3B%C3%A4", "none") + "\r\n" + question
                + "Connection: close\r\n\r\n");
        assertThat(answers.split("HTTP/1.1 ", -1))
                .hasSize(4)
                .satisfies(parts -> assertThat(parts[1]).startsWith("200"))
                .satisfies(parts -> assertThat(parts[2]).startsWith("404"))
                .satisfies(parts -> assertThat(parts[3]).startsWith("200"));
    }

    @Test
    void its_answers_are_counted_under_their_routes() {
        SERVICE.get("/v1/items/door-none");
        Answer metrics = SERVICE.get("/actuator/prometheus");
        assertThat(metrics.body())
                .contains("http_server_requests_seconds_count")
                .contains("uri=\"/v1/items/{sku}\"")
                .doesNotContain("door-none");
    }

    private static Answer keyed(String body, String... keys) {
        HttpRequest.Builder request =
                SERVICE.request("/v1/items", SERVICE.adminKey()).header("Content-Type", "application/json");
        for (String key : keys) {
            request.header("Idempotency-Key", key);
        }
        return SERVICE.send(request.POST(BodyPublishers.ofString(body)).build());
    }

    /** What an HTTP client would mend or refuse to send, and all that is answered until the service hangs up. */
    private static String raw(String request) throws Exception {
        return raw(request, "\0");
    }

    /** @param until which text is enough of an answer */
    private static String raw(String request, String until) throws Exception {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), SERVICE.uri("/").getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            StringBuilder answer = new StringBuilder();
            byte[] part = new byte[8_192];
            for (int read = in.read(part); read > 0; read = in.read(part)) {
                answer.append(new String(part, 0, read, StandardCharsets.ISO_8859_1));
                if (answer.indexOf(until) >= 0) {
                    break;
                }
            }
            return answer.toString();
        }
    }
}
