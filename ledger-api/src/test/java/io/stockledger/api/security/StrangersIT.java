package io.stockledger.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.stockledger.api.RunningLedger;
import io.stockledger.api.RunningLedger.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who has no key, or not the right one, can neither fill memory nor take the threads of those who have. */
class StrangersIT {

    private static final RunningLedger SERVICE = RunningLedger.shared();
    private static final int MORE_THAN_ALL_THREADS = 60;

    @ParameterizedTest
    @ValueSource(strings = {"/v1/enrolments", "/v1/sales", "/console/login", "/v1/api-keys"})
    void bodies_that_come_slowly_keep_nobody_waiting(String path) throws Exception {
        String key = path.equals("/v1/sales") || path.equals("/v1/api-keys")
                ? "Authorization: Bearer " + SERVICE.adminKey() + "\r\n"
                : "";
        String type = path.startsWith("/console") ? "application/x-www-form-urlencoded" : "application/json";
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < MORE_THAN_ALL_THREADS; i++) {
                slow.add(sent("POST " + path + " HTTP/1.1\r\nHost: x\r\n" + key + "Content-Type: " + type
                        + "\r\nContent-Length: 1000\r\n\r\n{"));
            }
            long began = System.nanoTime();
            assertThat(health().statusCode()).isEqualTo(200);
            assertThat(SERVICE.get("/v1/views").status()).isEqualTo(200);
            Answer accepted = SERVICE.post(
                    "/v1/items",
                    "{\"documentId\":\"slow" + path.replace('/', '-') + "\",\"sku\":\"slow\",\"name\":\"Slow\"}");
            assertThat(accepted.status()).as(accepted.body()).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void a_body_that_does_not_come_to_its_end_is_answered_and_the_connection_closed() throws Exception {
        try (Socket socket = sent("POST /v1/enrolments HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Content-Length: 1000\r\n\r\n{")) {
            assertThat(rest(socket))
                    .startsWith("HTTP/1.1 400")
                    .contains("application/problem+json", "did not come to its end within 10 s");
        }
    }

    @Test
    void a_body_that_comes_in_pieces_is_read() throws Exception {
        String body = "{\"documentId\":\"pieces\",\"sku\":\"pieces\",\"name\":\"Pieces\"}";
        try (Socket socket = sent("POST /v1/items HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
                + SERVICE.adminKey() + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\n\r\n")) {
            for (int i = 0; i < body.length(); i++) {
                socket.getOutputStream().write(body.charAt(i));
                socket.getOutputStream().flush();
            }
            assertThat(rest(socket)).startsWith("HTTP/1.1 200").contains("\"repeated\":false");
        }
    }

    @Test
    void a_stranger_sends_no_more_than_a_stranger_needs() throws Exception {
        String post = "POST /v1/enrolments HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
        try (Socket socket = sent(post + "Content-Length: 40000000\r\n\r\n")) {
            assertThat(rest(socket)).startsWith("HTTP/1.1 413").contains("\"reason\":\"TOO_LARGE\"");
        }
        String blanks = " ".repeat(0x8000);
        try (Socket socket = sent(post + "Transfer-Encoding: chunked\r\n\r\n8000\r\n" + blanks + "\r\n")) {
            assertThat(rest(socket)).startsWith("HTTP/1.1 413").contains("\"reason\":\"TOO_LARGE\"");
        }
    }

    @Test
    void permission_comes_before_the_body() throws Exception {
        String device = SERVICE.key(List.of("device"), List.of());
        try (Socket socket = sent("PUT /v1/drift/snapshots/x HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + device
                + "\r\nContent-Type: text/csv\r\nContent-Length: 31000000\r\nConnection: close\r\n\r\n")) {
            assertThat(rest(socket)).startsWith("HTTP/1.1 403").contains("\"reason\":\"NOT_PERMITTED\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console/stock?text=a", "/console/login", "/console/nope", "/", "/api-docs"})
    void no_session_begins_before_a_login(String path) throws Exception {
        HttpResponse<String> page = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(SERVICE.uri(path))
                                .header("Accept", "text/html")
                                .build(),
                        BodyHandlers.ofString());

        assertThat(page.headers().allValues("Set-Cookie")).noneMatch(cookie -> cookie.startsWith("JSESSIONID"));
    }

    @Test
    void grpc_tells_its_health_and_lets_nobody_watch_it() {
        var health = HealthGrpc.newBlockingStub(SERVICE.channel()).withDeadlineAfter(20, TimeUnit.SECONDS);

        assertThat(health.check(HealthCheckRequest.getDefaultInstance()).getStatus())
                .isEqualTo(ServingStatus.SERVING);
        assertThat(health.check(HealthCheckRequest.newBuilder()
                                .setService("stockledger.v1.Ledger")
                                .build())
                        .getStatus())
                .isEqualTo(ServingStatus.SERVING);
        assertThatThrownBy(() -> health.check(
                        HealthCheckRequest.newBuilder().setService("x").build()))
                .satisfies(failure -> assertThat(code(failure)).isEqualTo(Status.Code.NOT_FOUND));
        assertThatThrownBy(() -> health.watch(HealthCheckRequest.newBuilder()
                                .setService("x".repeat(1_000_000))
                                .build())
                        .hasNext())
                .satisfies(failure -> assertThat(code(failure)).isEqualTo(Status.Code.UNIMPLEMENTED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"a\",\"roles\":[\"pos\"],\"roles\":[\"admin\"]}",
                "{\"name\":5,\"roles\":[\"pos\"]}",
                "{\"name\":true,\"roles\":[\"pos\"]}",
                "{\"name\":\"a\",\"roles\":[1]}",
                "{\"name\":\"a\",\"roles\":\"pos\"}",
                "{\"name\":\"token:dora\",\"roles\":[\"pos\"]}",
                "{\"name\":\"a\\u202eb\",\"roles\":[\"pos\"]}",
                "{\"name\":\"a\\u200bb\",\"roles\":[\"pos\"]}",
            })
    void a_key_is_made_of_what_was_said_and_nothing_else(String wanted) {
        Answer refused = SERVICE.post("/v1/api-keys", wanted);

        assertThat(refused.status()).as(refused.body()).isBetween(400, 422);
    }

    private static HttpResponse<String> health() throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(SERVICE.uri("/actuator/health")).build(), BodyHandlers.ofString());
    }

    private static Socket sent(String beginning) throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), SERVICE.uri("/").getPort());
        socket.setSoTimeout(30_000);
        socket.setTcpNoDelay(true);
        socket.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        return socket;
    }

    /** Until the server closes the connection, or has said all of a problem. */
    private static String rest(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder answer = new StringBuilder();
        byte[] part = new byte[8_192];
        for (int read = in.read(part); read > 0; read = in.read(part)) {
            answer.append(new String(part, 0, read, StandardCharsets.UTF_8));
            if (answer.indexOf("\"reason\"") > 0) {
                break;
            }
        }
        return answer.toString();
    }

    private static Status.Code code(Throwable failure) {
        assertThat(failure).isInstanceOf(StatusRuntimeException.class);
        return ((StatusRuntimeException) failure).getStatus().getCode();
    }
}
