package io.stockledger.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.api.RunningLedger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of a site that was named may call the API from a browser, and no others; never with a cookie. */
class OtherSitesIT {

    private static final RunningLedger SERVICE = RunningLedger.shared();
    private static final String PREFLIGHT = String.join(
            "\r\n",
            "Access-Control-Request-Method: %s",
            "Access-Control-Request-Headers: authorization, content-type, x-request-id",
            "");

    @ParameterizedTest
    @ValueSource(strings = {"/v1/sales", "/v1/commands", "/v1/api-keys", "/v1/reservations/a%2Fb/release"})
    void a_browser_is_told_without_credentials_what_it_may(String path) throws IOException {
        assertThat(raw("OPTIONS " + path, "https://shop.example", PREFLIGHT.formatted("POST")))
                .startsWith("HTTP/1.1 200")
                .contains("Access-Control-Allow-Origin: https://shop.example\r\n")
                .contains("Access-Control-Allow-Headers: authorization, content-type, x-request-id\r\n")
                .doesNotContain("Allow-Credentials", "Allow-Origin: *");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/history", "/v1/views"})
    void an_answer_is_for_the_site_that_was_named(String path) throws IOException {
        String key = "Authorization: Bearer " + SERVICE.adminKey() + "\r\n";
        assertThat(raw("GET " + path, "https://shop.example", key))
                .startsWith("HTTP/1.1 200")
                .contains("Access-Control-Allow-Origin: https://shop.example\r\n", "Vary: Origin")
                .containsPattern("Access-Control-Expose-Headers: .*X-Request-Id")
                .doesNotContain("Allow-Credentials");
        String own = SERVICE.uri("").toString();
        assertThat(raw("GET " + path, own, key)).startsWith("HTTP/1.1 200").doesNotContain("Access-Control-Allow");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "https://shop.example.evil.example", "http://shop.example", "null"})
    void another_site_is_refused_with_a_problem(String origin) throws IOException {
        String key = "Authorization: Bearer " + SERVICE.adminKey() + "\r\n";
        for (String answer : new String[] {
            raw("OPTIONS /v1/sales", origin, PREFLIGHT.formatted("POST")), raw("GET /v1/views", origin, key)
        }) {
            assertThat(answer)
                    .startsWith("HTTP/1.1 403")
                    .contains("Content-Type: application/problem+json", "\"reason\":\"NOT_PERMITTED\"")
                    .doesNotContain("Access-Control-Allow");
        }
    }

    @Test
    void it_is_the_apis_alone() throws IOException {
        for (String path : new String[] {"/console/login", "/actuator/health", "/openapi.json"}) {
            assertThat(raw("GET " + path, "https://shop.example", "")).as(path).doesNotContain("Access-Control-Allow");
        }
    }

    private static String raw(String line, String origin, String headers) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), SERVICE.uri("/").getPort())) {
            String host = "127.0.0.1:" + SERVICE.uri("/").getPort();
            socket.getOutputStream()
                    .write((line + " HTTP/1.1\r\nHost: " + host + "\r\nOrigin: " + origin + "\r\n" + headers
                                    + "Connection: close\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
