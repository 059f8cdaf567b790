package io.stockledger.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.api.RunningLedger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Paths that no client would make: REST answers a problem, the console a page, and the web server nothing of its own. */
class OddPathsIT {

    private static final RunningLedger SERVICE = RunningLedger.shared();

    private static final List<String> ODD = List.of(
            "%00",
            "%FF",
            "%C0%AE%C0%AE",
            "%2F",
            "%5C",
            "%2e%2e",
            "%2E%2E%2F%2e%2e%2f",
            "..",
            "../..",
            "./x",
            "..;/x",
            ";",
            ";jsessionid=1",
            "x;a=b",
            "//x",
            "%",
            "%zz",
            "%25%30%30",
            "%u0041",
            "%0d%0aX-Odd:%201",
            "%E2%80%AE",
            "%F0%9F%8D%B5",
            "x".repeat(7_000));

    /** With these a request has no path at all. */
    private static final List<String> NO_HTTP =
            List.of("\u00ff", "<b>", "\"", "`|^{}", "\\", "..\\..", "x".repeat(20_000));

    private static Stream<String> underRest() {
        return Stream.of(
                        "/v1/",
                        "/v1/items/",
                        "/v1/availability/items/x/",
                        "/v1/drift/snapshots/",
                        "/v1/views/x/",
                        "/",
                        "/actuator/")
                .flatMap(root -> Stream.concat(ODD.stream(), NO_HTTP.stream()).map(odd -> root + odd));
    }

    private static Stream<String> underTheConsole() {
        return Stream.of("/console/", "/console/stock/", "/console/item?sku=", "/console/assets/", "/console/login/")
                .flatMap(root -> ODD.stream().map(odd -> root + odd));
    }

    @ParameterizedTest
    @MethodSource("underRest")
    void rest_answers_a_problem(String path) throws IOException {
        String answer = answer(path, "Authorization: Bearer " + SERVICE.adminKey() + "\r\n");

        assertThat(answer)
                .matches("(?s)HTTP/1.1 4.*")
                .contains("Content-Type: application/problem+json", "\"reason\":");
    }

    @ParameterizedTest
    @MethodSource("underTheConsole")
    void the_console_answers_a_page_of_its_own_or_leads_to_the_login(String path) throws IOException {
        String answer = answer(path, "Accept: text/html\r\n");

        assertThat(answer).matches("(?s)HTTP/1.1 [34].*").doesNotContain("Tomcat", "HTTP Status");
        if (answer.startsWith("HTTP/1.1 3")) {
            assertThat(answer).containsPattern("Location: (http://x)?/console/login\r\n");
        } else {
            assertThat(answer).contains("Content-Type: text/html", "Stockledger");
        }
    }

    private static String answer(String path, String headers) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), SERVICE.uri("/").getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: x\r\n" + headers + "Connection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
