package io.stockledger.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.stockledger.api.RunningLedger.Answer;
import io.stockledger.postgres.TestPostgres;
import io.stockledger.v1.Accepted;
import io.stockledger.v1.LedgerGrpc;
import io.stockledger.v1.LocationKind;
import io.stockledger.v1.OpenLocation;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers are told when there is too much of something, or no store, and that it passes by itself. */
class TroubleIT {

    private static final int MOST_WAITING = 4;
    /** In the queue, being decided, decided, and being appended. */
    private static final int MOST_TAKEN = 4 * MOST_WAITING;

    private static final int MEBIBYTE = 1024 * 1024;
    /** What appends of all nodes take turns by. */
    private static final long APPEND_LOCK =
            ByteBuffer.wrap("STOCKLED".getBytes(StandardCharsets.US_ASCII)).getLong();

    private static final TestPostgres.Database DATABASE = TestPostgres.freshDatabase();
    private static final RunningLedger SERVICE = RunningLedger.start(
            DATABASE,
            "stockledger.limits.commands-waiting=" + MOST_WAITING,
            "stockledger.limits.commands-per-batch=" + MOST_WAITING);

    @AfterAll
    static void stop() {
        SERVICE.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {4 * MEBIBYTE + 1, 7 * MEBIBYTE, 20 * MEBIBYTE})
    void a_body_with_more_bytes_than_are_read_is_refused_over_REST(int bytes) {
        Answer answer = SERVICE.post("/v1/locations", "{\"name\":\"" + "x".repeat(bytes) + "\"}");
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().get("reason").asString()).isEqualTo("TOO_LARGE");
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
    }

    @Test
    void a_snapshot_with_more_bytes_than_are_read_is_refused() {
        Answer answer = SERVICE.send(SERVICE.request("/v1/drift/snapshots/large", SERVICE.adminKey())
                .header("Content-Type", "text/csv")
                .PUT(BodyPublishers.ofString("x".repeat(33 * MEBIBYTE)))
                .build());
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().get("reason").asString()).isEqualTo("TOO_LARGE");
    }

    @Test
    void a_message_with_more_bytes_than_are_read_is_refused_over_gRPC_and_the_connection_lives_on() {
        OpenLocation large =
                location("large").toBuilder().setName("x".repeat(5 * MEBIBYTE)).build();
        StatusRuntimeException refused = refused(() -> blocking().openLocation(large));
        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(blocking().openLocation(location("after-large")).getPosition())
                .isPositive();
    }

    @Test
    void a_full_queue_is_told_at_once_and_empties_by_itself() throws Exception {
        List<ListenableFuture<Accepted>> sent = new ArrayList<>();
        Answer overRest;
        try (Connection holder = DATABASE.dataSource().getConnection()) {
            execute(holder, "SELECT pg_advisory_lock(" + APPEND_LOCK + ")");
            // Until it stays full while the writer has time to take from it.
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                sent.add(RunningLedger.as(SERVICE.adminKey(), LedgerGrpc.newFutureStub(SERVICE.channel()))
                        .openLocation(location("queue-" + sent.size())));
                return sent.size() > MOST_TAKEN
                        && sent.subList(sent.size() - 4, sent.size() - 1).stream()
                                .allMatch(ListenableFuture::isDone);
            });
            overRest = SERVICE.post("/v1/locations", json("queue-rest"));
            execute(holder, "SELECT pg_advisory_unlock(" + APPEND_LOCK + ")");
        }
        assertThat(overRest.status()).isEqualTo(429);
        assertThat(overRest.json().get("reason").asString()).isEqualTo("BUSY");
        assertThat(overRest.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(overRest.json().get("retryAfter").asString()).isEqualTo("PT0.1S");
        int turnedAway = 0;
        for (ListenableFuture<Accepted> one : sent) {
            try {
                assertThat(one.get(60, TimeUnit.SECONDS).getPosition()).isPositive();
            } catch (ExecutionException e) {
                StatusRuntimeException refused = (StatusRuntimeException) Objects.requireNonNull(e.getCause());
                assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
                assertThat(detail(refused, ErrorInfo.class).getReason()).isEqualTo("BUSY");
                assertThat(detail(refused, RetryInfo.class).getRetryDelay())
                        .isEqualTo(com.google.protobuf.Duration.newBuilder()
                                .setNanos(100_000_000)
                                .build());
                turnedAway++;
            }
        }
        assertThat(sent.size() - turnedAway).isBetween(2 * MOST_WAITING + 1, MOST_TAKEN);
        assertThat(SERVICE.post("/v1/locations", json("queue-rest")).status()).isEqualTo(200);
    }

    @Test
    void a_lost_store_is_told_and_work_goes_on_unaided_once_it_is_back() throws Exception {
        String unseen = SERVICE.key(List.of("admin"), List.of());
        try (Connection owner = beside(DATABASE.ownerUser(), DATABASE.ownerPassword());
                Connection service = beside(DATABASE.user(), DATABASE.password())) {
            execute(owner, "ALTER DATABASE " + DATABASE.name() + " WITH ALLOW_CONNECTIONS false");
            execute(
                    service,
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '" + DATABASE.name()
                            + "'");
            try {
                expectAway(SERVICE.post("/v1/locations", json("lost-1")));
                StatusRuntimeException refused = refused(() -> blocking().openLocation(location("lost-2")));
                assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
                assertThat(detail(refused, RetryInfo.class).getRetryDelay())
                        .isEqualTo(com.google.protobuf.Duration.newBuilder()
                                .setSeconds(1)
                                .build());
                expectAway(SERVICE.get("/v1/availability/items/none"));
                // Whose key it is can't be told either.
                expectAway(
                        SERVICE.send(SERVICE.request("/v1/views", unseen).GET().build()));
            } finally {
                execute(owner, "ALTER DATABASE " + DATABASE.name() + " WITH ALLOW_CONNECTIONS true");
            }
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> SERVICE.post("/v1/locations", json("lost-1")).status() == 200);
        assertThat(blocking().openLocation(location("lost-2")).getPosition()).isPositive();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> SERVICE.get("/v1/history?principal=none").status() == 200);
    }

    private static Connection beside(String role, String password) throws SQLException {
        return DriverManager.getConnection(DATABASE.url().replace("/" + DATABASE.name(), "/postgres"), role, password);
    }

    private static void expectAway(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(503);
        assertThat(answer.json().get("reason").asString()).isIn("STORE_UNAVAILABLE", "OUTCOME_UNKNOWN");
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
    }

    private static LedgerGrpc.LedgerBlockingStub blocking() {
        return RunningLedger.as(SERVICE.adminKey(), LedgerGrpc.newBlockingStub(SERVICE.channel()));
    }

    private static StatusRuntimeException refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(StatusRuntimeException.class, call);
    }

    private static <M extends com.google.protobuf.Message> M detail(StatusRuntimeException refused, Class<M> type)
            throws InvalidProtocolBufferException {
        for (Any detail : StatusProto.fromThrowable(refused).getDetailsList()) {
            if (detail.is(type)) {
                return detail.unpack(type);
            }
        }
        throw new AssertionError("no " + type.getSimpleName() + " in " + refused);
    }

    private static OpenLocation location(String code) {
        return OpenLocation.newBuilder()
                .setDocumentId(code)
                .setLocation(code)
                .setName(code)
                .setKind(LocationKind.LOCATION_KIND_SHOP)
                .build();
    }

    private static String json(String code) {
        return "{\"documentId\":\"%1$s\",\"location\":\"%1$s\",\"name\":\"%1$s\",\"kind\":\"shop\"}".formatted(code);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
