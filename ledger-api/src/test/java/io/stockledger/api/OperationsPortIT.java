package io.stockledger.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockledger.postgres.TestPostgres;
import io.stockledger.v1.AvailabilityGrpc;
import io.stockledger.v1.GetItemRequest;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.Environment;

/** Health and metrics on a port of their own, which load of REST does not reach. */
class OperationsPortIT {

    private static final RunningLedger SERVICE =
            RunningLedger.start(TestPostgres.freshDatabase(), "stockledger.operations-port=0");
    private static final int PORT =
            Objects.requireNonNull(SERVICE.bean(Environment.class).getProperty("local.management.port", Integer.class));

    @AfterAll
    static void close() {
        SERVICE.close();
    }

    @Test
    void health_is_there_and_nowhere_else() throws Exception {
        assertThat(PORT).isNotEqualTo(SERVICE.uri("/").getPort());
        for (String path : List.of("/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness")) {
            HttpResponse<String> health = get(path, null);
            assertThat(health.statusCode()).as(path).isEqualTo(200);
            assertThat(health.body()).contains("\"status\":\"UP\"");
            assertThat(SERVICE.get(path).status()).as(path).isEqualTo(404);
        }
    }

    /** The whole of 127/8 is this machine's, but only what listens on every address answers at 127.0.0.2. */
    @Test
    void it_is_open_on_the_address_of_the_other_ports_alone() {
        assertThatThrownBy(() -> new Socket("127.0.0.2", PORT)).isInstanceOf(ConnectException.class);
    }

    @Test
    void what_is_well_and_what_it_was_made_of_is_told_there() throws Exception {
        String auditor = SERVICE.key(List.of("auditor"), List.of());

        assertThat(get("/actuator/health", auditor).body()).contains("\"facts\":{\"status\":\"UP\"}");
        assertThat(get("/actuator/info", auditor).body())
                .containsPattern("\"build\":\\{\"version\":\"\\d+\\.\\d+")
                .containsPattern("\"commit\":\\{\"id\":\"[0-9a-f]{7}");
        assertThat(get("/actuator/info", null).statusCode()).isEqualTo(401);
    }

    @Test
    void calls_are_counted_and_timed_on_both_wires() throws Exception {
        SERVICE.get("/v1/availability/items/none");
        AvailabilityGrpc.AvailabilityBlockingStub stub =
                RunningLedger.as(SERVICE.adminKey(), AvailabilityGrpc.newBlockingStub(SERVICE.channel()));
        assertThatThrownBy(() -> stub.getAvailability(
                        GetItemRequest.newBuilder().setSku("none").build()))
                .hasMessageContaining("NOT_FOUND");

        Awaitility.await()
                .untilAsserted(() -> assertThat(get("/actuator/prometheus", SERVICE.key(List.of("auditor"), List.of()))
                                .body())
                        .containsPattern("http_server_requests_seconds_bucket\\{[^}]*status=\"404\"[^}]*le=\"0.005\"")
                        .containsPattern(
                                "grpc_server_processing_duration_seconds_bucket\\{[^}]*method=\"GetAvailability\""
                                        + "[^}]*statusCode=\"NOT_FOUND\"[^}]*le=\"0.005\""));
    }

    @Test
    void metrics_need_a_key_there_too() throws Exception {
        assertThat(get("/actuator/prometheus", null).statusCode()).isEqualTo(401);
        assertThat(get("/actuator/prometheus", SERVICE.key(List.of("pos"), List.of()))
                        .statusCode())
                .isEqualTo(403);
        HttpResponse<String> metrics = get("/actuator/prometheus", SERVICE.key(List.of("auditor"), List.of()));
        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.body()).contains("stockledger_commands_waiting");
    }

    @Test
    void nothing_else_is_there() throws Exception {
        for (String path : List.of("/v1/views", "/v1/history", "/console/stock", "/openapi.yaml")) {
            assertThat(get(path, SERVICE.adminKey()).statusCode()).as(path).isNotEqualTo(200);
        }
    }

    private static HttpResponse<String> get(String path, @Nullable String key)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + path));
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        return HttpClient.newHttpClient().send(request.GET().build(), BodyHandlers.ofString());
    }
}
