package io.stockledger.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.health.v1.HealthGrpc;
import io.micrometer.core.instrument.MeterRegistry;
import io.stockledger.api.RunningLedger;
import io.stockledger.api.gate.AvailabilityWatches;
import io.stockledger.api.gate.FactFollowing;
import io.stockledger.postgres.TestPostgres;
import io.stockledger.v1.AvailabilityGrpc;
import io.stockledger.v1.HistoryGrpc;
import io.stockledger.v1.LedgerGrpc;
import io.stockledger.v1.RegisterItem;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each attack of the hostile half hour ({@code benchmarks/run hostile}) for a moment: it takes nothing, and the honest are answered. */
class HostileCallersIT {

    private static final int LARGE = 40_000_000;
    private static final int MANY = 30;

    /** Of a gRPC message. */
    private static final int MOST_BYTES = 1024 * 1024;

    private static final Pattern FORM_TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private static final RunningLedger SERVICE = RunningLedger.start(TestPostgres.freshDatabase());
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final ExecutorService attackers = Executors.newFixedThreadPool(MANY);
    private Growth growth = Growth.sinceNow();

    @BeforeEach
    void measure() throws Exception {
        requireHonestAreAnswered();
        growth = Growth.sinceNow();
    }

    @AfterEach
    void nothing_is_taken() throws Exception {
        requireHonestAreAnswered();
        attackers.shutdownNow();
        growth.requireLittle();
        assertThat(SERVICE.bean(MeterRegistry.class)
                        .get("tomcat.sessions.active.current")
                        .gauge()
                        .value())
                .isZero();
    }

    @AfterAll
    static void close() {
        SERVICE.close();
    }

    @Test
    void large_bodies_without_a_key() throws Exception {
        assertThat(all(() -> sentLarge("POST /v1/enrolments", "Content-Type: application/json\r\n")))
                .allMatch(status -> status.equals("413") || status.isEmpty());
        assertThat(all(() -> sentLarge("POST /v1/api-keys", "Content-Type: application/json\r\n")))
                .allMatch(status -> status.equals("401") || status.isEmpty());
    }

    @Test
    void large_uploads_of_a_stranger_and_of_a_device() throws Exception {
        String device = "Authorization: Bearer " + SERVICE.key(List.of("device"), List.of()) + "\r\n";
        String type = "Content-Type: text/csv\r\n";
        assertThat(all(() -> sentLarge("PUT /v1/drift/snapshots/x", type)))
                .allMatch(status -> status.equals("401") || status.isEmpty());
        assertThat(all(() -> sentLarge("PUT /v1/drift/snapshots/x", device + type)))
                .allMatch(status -> status.equals("403") || status.isEmpty());
    }

    @Test
    void heads_and_bodies_that_do_not_come_to_their_end() throws Exception {
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 2 * MANY; i++) {
            slow.add(begun("GET /v1/facts", "X-Slow: a"));
            slow.add(begun("POST /v1/enrolments", "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"));
        }
        requireHonestAreAnswered();
        for (Socket socket : slow) {
            socket.close();
        }
    }

    @Test
    void heads_that_are_too_large() throws Exception {
        assertThat(all(() -> {
                    try (Socket socket = begun("GET /v1/facts", "X-Large: " + "x".repeat(200_000) + "\r\n\r\n")) {
                        return status(socket);
                    } catch (SocketException closed) {
                        return "";
                    }
                }))
                .allMatch(status -> status.equals("400") || status.isEmpty());
    }

    @Test
    void pages_without_a_cookie() throws Exception {
        for (int round = 0; round < 10; round++) {
            String text = "/console/stock?text=" + round;
            assertThat(all(() -> asked(text, "").statusCode())).containsOnly(302);
        }
    }

    @Test
    void keys_guessed_at_the_login() throws Exception {
        assertThat(all(() -> {
                    HttpResponse<String> page = asked("/console/login", "");
                    String cookie = page.headers()
                            .firstValue("Set-Cookie")
                            .orElseThrow()
                            .split(";", 2)[0];
                    Matcher token = FORM_TOKEN.matcher(page.body());
                    assertThat(token.find()).isTrue();
                    return HTTP.send(
                                    HttpRequest.newBuilder(SERVICE.uri("/console/login"))
                                            .header("Cookie", cookie)
                                            .header("Content-Type", "application/x-www-form-urlencoded")
                                            .POST(BodyPublishers.ofString(
                                                    "name=key&key=slk_guess&_csrf=" + token.group(1)))
                                            .build(),
                                    BodyHandlers.ofString())
                            .headers()
                            .firstValue("Location")
                            .orElse("");
                }))
                .allMatch(location -> location.endsWith("/console/login?error") || location.isEmpty())
                .anyMatch(location -> !location.isEmpty());
    }

    @Test
    void keys_tokens_codes_and_page_tokens_guessed() throws Exception {
        String device = SERVICE.key(List.of("auditor"), List.of());
        assertThat(all(() -> asked("/v1/facts", "slk_guess").statusCode())).containsOnly(401);
        assertThat(all(() -> asked("/v1/facts", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.")
                        .statusCode()))
                .containsOnly(401);
        assertThat(all(() -> asked("/v1/facts?pageToken=LTE", device).statusCode()))
                .containsOnly(400);
        assertThat(all(() -> HTTP.send(
                                HttpRequest.newBuilder(SERVICE.uri("/v1/enrolments"))
                                        .header("Content-Type", "application/json")
                                        .POST(BodyPublishers.ofString(
                                                "{\"code\":\"7KQ2-M9XT-0VHC\",\"device\":\"dock\"}"))
                                        .build(),
                                BodyHandlers.discarding())
                        .statusCode()))
                .isSubsetOf(401, 429)
                .contains(429);
    }

    @Test
    void health_watched_over_grpc() throws Exception {
        assertThat(all(() -> code("", HealthGrpc.getWatchMethod(), manyFields(1_000_000))))
                .containsOnly(Status.Code.UNIMPLEMENTED);
    }

    @Test
    void messages_about_the_cap_and_none_over_grpc() throws Exception {
        String device = SERVICE.key(List.of("device"), List.of());
        assertThat(all(() -> code(device, LedgerGrpc.getRecordSaleMethod(), manyFields(MOST_BYTES))))
                .containsOnly(Status.Code.INVALID_ARGUMENT);
        assertThat(all(() -> code(device, LedgerGrpc.getRecordSaleMethod(), manyFields(MOST_BYTES + 2))))
                .containsOnly(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(all(() -> code(device, LedgerGrpc.getRecordSaleMethod(), new byte[] {-1})))
                .containsOnly(Status.Code.INVALID_ARGUMENT);
        assertThat(all(() -> code("slk_guess", LedgerGrpc.getRecordSaleMethod(), manyFields(MOST_BYTES))))
                .containsOnly(Status.Code.UNAUTHENTICATED);
    }

    @Test
    void watchers_and_streams_of_one_key() throws Exception {
        String thief = SERVICE.key(List.of("auditor"), List.of());
        List<BytesCall> open = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            open.add(new BytesCall(
                            SERVICE.channel(), BytesCall.of(HistoryGrpc.getFollowFactsMethod()), CallOptions.DEFAULT)
                    .begin(thief));
            open.add(new BytesCall(
                            SERVICE.channel(),
                            BytesCall.of(AvailabilityGrpc.getWatchAvailabilityMethod()),
                            CallOptions.DEFAULT)
                    .begin(thief));
            open.add(new BytesCall(SERVICE.channel(), BytesCall.of(LedgerGrpc.getExecuteMethod()), CallOptions.DEFAULT)
                    .begin(thief));
        }
        requireHonestAreAnswered();
        assertThat(SERVICE.bean(AvailabilityWatches.class).watching()).isLessThanOrEqualTo(200 / 16);
        assertThat(SERVICE.bean(FactFollowing.class).following()).isLessThanOrEqualTo(200 / 16);
        open.forEach(BytesCall::cancel);
    }

    private void requireHonestAreAnswered() {
        assertThat(SERVICE.get("/actuator/health").status()).isEqualTo(200);
        assertThat(SERVICE.post("/v1/items", "{\"documentId\":\"honest\",\"sku\":\"honest\",\"name\":\"Honest\"}")
                        .status())
                .isEqualTo(200);
        RunningLedger.as(SERVICE.adminKey(), LedgerGrpc.newBlockingStub(SERVICE.channel()))
                .registerItem(RegisterItem.newBuilder()
                        .setDocumentId("honest")
                        .setSku("honest")
                        .setName("Honest")
                        .build());
    }

    /** What many get who do the same at once. */
    private <A> List<A> all(Callable<A> attack) throws Exception {
        List<A> answers = new ArrayList<>();
        for (Future<A> one : attackers.invokeAll(Collections.nCopies(MANY, attack))) {
            answers.add(one.get());
        }
        return answers;
    }

    private static Status.Code code(String key, MethodDescriptor<?, ?> method, byte[] message) throws Exception {
        return new BytesCall(SERVICE.channel(), BytesCall.of(method), CallOptions.DEFAULT)
                .send(key, message)
                .status()
                .getCode();
    }

    /** A message of nothing but fields that nobody knows. */
    private static byte[] manyFields(int length) {
        byte[] message = new byte[length];
        for (int i = 0; i < length; i += 2) {
            message[i] = 0x78;
        }
        return message;
    }

    private static HttpResponse<String> asked(String path, String key) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(SERVICE.uri(path));
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    /** The status; empty when the connection was closed while all of it was still being sent. */
    private static String sentLarge(String request, String headers) throws IOException {
        try (Socket socket = begun(request, headers + "Content-Length: " + LARGE + "\r\n\r\n")) {
            byte[] some = new byte[16 * 1024];
            OutputStream out = socket.getOutputStream();
            try {
                for (int sent = 0; sent < LARGE; sent += some.length) {
                    out.write(some);
                }
            } catch (SocketException closed) {
                return "";
            }
            return status(socket);
        }
    }

    private static Socket begun(String request, String then) throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), SERVICE.uri("/").getPort());
        socket.setSoTimeout(30_000);
        socket.getOutputStream()
                .write((request + " HTTP/1.1\r\nHost: x\r\n" + then).getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Empty when the connection was closed without. */
    private static String status(Socket socket) throws IOException {
        try {
            String line = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            return line.isEmpty() ? "" : line.split(" ", 3)[1];
        } catch (SocketException closed) {
            return "";
        }
    }
}
