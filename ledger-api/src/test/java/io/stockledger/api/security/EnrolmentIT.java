package io.stockledger.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.stockledger.api.BothWires;
import io.stockledger.api.BothWires.Told;
import io.stockledger.api.RunningLedger;
import io.stockledger.api.RunningLedger.Answer;
import io.stockledger.postgres.TestPostgres;
import io.stockledger.v1.CreateEnrolmentCodeRequest;
import io.stockledger.v1.Disposition;
import io.stockledger.v1.EnrolRequest;
import io.stockledger.v1.Enrolled;
import io.stockledger.v1.EnrolmentGrpc;
import io.stockledger.v1.ItemRef;
import io.stockledger.v1.ProcessReturn;
import io.stockledger.v1.ReceiptLine;
import io.stockledger.v1.ReceiveGoods;
import io.stockledger.v1.ReturnLine;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A one-time code ends in a key of the role device that is tied to one location, and in nothing else. */
class EnrolmentIT {

    private static final RunningLedger SERVICE = RunningLedger.start(TestPostgres.freshDatabase());
    private static final JdbcClient DATABASE = SERVICE.bean("keyDatabase", JdbcClient.class);

    @BeforeAll
    static void two_docks_and_an_item() {
        for (String location : List.of("dock-1", "dock-2")) {
            post(
                    "/v1/locations",
                    "{'documentId':'%1$s','location':'%1$s','name':'D','kind':'shop'}".formatted(location));
        }
        post("/v1/items", "{'documentId':'i','sku':'box','name':'Box'}");
    }

    @AfterAll
    static void stop() {
        SERVICE.close();
    }

    @Test
    void a_code_is_traded_once_for_a_devices_key_tied_to_its_location() {
        String code = SERVICE.post("/v1/enrolment-codes", "{\"location\":\"dock-1\",\"validFor\":\"PT2M\"}")
                .json()
                .get("code")
                .asString();
        Enrolled enrolled = enrol(code.toLowerCase(java.util.Locale.ROOT) + " ", "scanner-1");
        assertThat(enrolled.getKeyName()).isEqualTo("device-scanner-1");
        assertThat(enrolled.getLocation()).isEqualTo("dock-1");
        assertThat(refusedOverGrpc(code, "scanner-2")).isEqualTo("UNAUTHENTICATED");
        assertThat(enrolOverRest(code, "scanner-2").status()).isEqualTo(401);

        BothWires device = new BothWires(SERVICE, enrolled.getApiKey());
        assertThat(device.overGrpc(receipt("r1", "dock-1")).accepted()).isPresent();
        assertThat(device.overRest(receipt("r2", "dock-2")).reason()).isEqualTo("LOCATION_NOT_ALLOWED");
        assertThat(device.overGrpc(blindReturn("b1")).accepted()).isPresent();
        assertThat(SERVICE.send(SERVICE.request("/v1/api-keys", enrolled.getApiKey())
                                .GET()
                                .build())
                        .status())
                .isEqualTo(403);
    }

    @Test
    void a_code_made_over_gRPC_is_traded_over_REST() {
        var admin = RunningLedger.as(SERVICE.adminKey(), EnrolmentGrpc.newBlockingStub(SERVICE.channel()));
        String code = admin.createEnrolmentCode(CreateEnrolmentCodeRequest.newBuilder()
                        .setLocation("dock-2")
                        .setValidFor(Duration.newBuilder().setSeconds(60))
                        .build())
                .getCode();
        Answer enrolled = enrolOverRest(code, "scanner-3");
        assertThat(enrolled.status()).isEqualTo(201);
        assertThat(enrolled.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(enrolled.json().get("location").asString()).isEqualTo("dock-2");
        String secret = enrolled.json().get("apiKey").asString();
        assertThat(new BothWires(SERVICE, secret)
                        .overRest(receipt("r3", "dock-2"))
                        .accepted())
                .isPresent();
        String everything = DATABASE.sql("SELECT string_agg(c::text, '') || (SELECT string_agg(k::text, '') FROM"
                        + " access.api_key k) FROM access.enrolment_code c")
                .query(String.class)
                .single();
        assertThat(everything).contains("scanner-3").doesNotContain(code, secret, secret.substring(20));
    }

    @Test
    void a_revoked_key_stops_at_once_on_both_wires() {
        Enrolled enrolled = enrol(code(), "scanner-4");
        BothWires device = new BothWires(SERVICE, enrolled.getApiKey());
        assertThat(device.overGrpc(receipt("r4", "dock-1")).accepted()).isPresent();
        String id = enrolled.getApiKey().substring(4, 16);
        assertThat(SERVICE.send(SERVICE.request("/v1/api-keys/" + id, SERVICE.adminKey())
                                .DELETE()
                                .build())
                        .status())
                .isEqualTo(204);
        for (Told told : List.of(device.overGrpc(receipt("r5", "dock-1")), device.overRest(receipt("r5", "dock-1")))) {
            assertThat(told.reason()).isEqualTo("UNAUTHENTICATED");
        }
    }

    @Test
    void a_code_that_has_expired_is_good_for_nothing() {
        assertThat(enrol(madeAgo(50), "scanner-6").getKeyName()).isEqualTo("device-scanner-6");
        String code = madeAgo(61);
        assertThat(refusedOverGrpc(code, "scanner-5")).isEqualTo("UNAUTHENTICATED");
    }

    private static String madeAgo(int minutes) {
        return new EnrolmentCodes(
                        DATABASE,
                        SERVICE.bean(ApiKeys.class),
                        new Seal(Base64.getDecoder().decode(RunningLedger.SEAL_KEY)),
                        SERVICE.bean(SecurityLog.class),
                        () -> Instant.now().minus(minutes, ChronoUnit.MINUTES))
                .create("dock-1", EnrolmentCodes.USUAL_VALIDITY, "admin")
                .code();
    }

    @Test
    void only_administrators_make_codes_and_only_for_minutes_to_days() {
        String pos = SERVICE.key(List.of("pos", "device", "stock-controller"), List.of());
        assertThat(SERVICE.send(SERVICE.request("/v1/enrolment-codes", pos)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{\"location\":\"dock-1\"}"))
                                .build())
                        .status())
                .isEqualTo(403);
        for (String validFor : List.of("PT59S", "P8D", "-PT1H")) {
            Answer refused =
                    SERVICE.post("/v1/enrolment-codes", "{\"location\":\"dock-1\",\"validFor\":\"" + validFor + "\"}");
            assertThat(refused.json().get("reason").asString()).isEqualTo("INVALID_COMMAND");
        }
    }

    @Test
    void whoever_shows_wrong_codes_has_to_wait_and_learns_nothing_meanwhile() {
        try (RunningLedger guessed = RunningLedger.start(TestPostgres.freshDatabase())) {
            String good = guessed.post("/v1/enrolment-codes", "{\"location\":\"dock-1\"}")
                    .json()
                    .get("code")
                    .asString();
            int tries = 0;
            Answer answer = enrolOverRest(guessed, "AAAA-AAAA-AAAA", "guesser");
            while (answer.status() == 401 && tries++ < 100) {
                answer = enrolOverRest(guessed, "AAAA-AAAA-AAAA", "guesser");
            }
            assertThat(answer.json().get("reason").asString()).isEqualTo("RATE_LIMITED");
            assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow())
                    .isBetween(1L, 6L);
            assertThat(tries).isLessThan(30);
            assertThat(enrolOverRest(guessed, good, "late").status()).isEqualTo(429);
        }
    }

    private static String code() {
        return SERVICE.post("/v1/enrolment-codes", "{\"location\":\"dock-1\"}")
                .json()
                .get("code")
                .asString();
    }

    private static Enrolled enrol(String code, String device) {
        return EnrolmentGrpc.newBlockingStub(SERVICE.channel())
                .enrol(EnrolRequest.newBuilder().setCode(code).setDevice(device).build());
    }

    private static String refusedOverGrpc(String code, String device) {
        StatusRuntimeException refused = catchThrowableOfType(StatusRuntimeException.class, () -> enrol(code, device));
        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        try {
            return StatusProto.fromThrowable(refused)
                    .getDetails(0)
                    .unpack(ErrorInfo.class)
                    .getReason();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static Answer enrolOverRest(String code, String device) {
        return enrolOverRest(SERVICE, code, device);
    }

    private static Answer enrolOverRest(RunningLedger service, String code, String device) {
        return service.send(service.request("/v1/enrolments", null)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"code\":\"" + code + "\",\"device\":\"" + device + "\"}"))
                .build());
    }

    private static void post(String path, String json) {
        Answer answer = SERVICE.post(path, json.replace('\'', '"'));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private static ReceiveGoods receipt(String id, String location) {
        return ReceiveGoods.newBuilder()
                .setDocumentId(id)
                .setLocation(location)
                .setSupplier("s")
                .addLines(ReceiptLine.newBuilder()
                        .setItem(ItemRef.newBuilder().setSku("box"))
                        .setQuantity("1"))
                .build();
    }

    private static ProcessReturn blindReturn(String id) {
        return ProcessReturn.newBuilder()
                .setDocumentId(id)
                .setChannel("pos")
                .setLocation("dock-1")
                .addLines(ReturnLine.newBuilder()
                        .setItem(ItemRef.newBuilder().setSku("box"))
                        .setQuantity("1")
                        .setDisposition(Disposition.DISPOSITION_QUARANTINE))
                .build();
    }
}
