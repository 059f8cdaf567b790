package io.stockledger.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.stockledger.api.BothWires.Told;
import io.stockledger.api.RunningLedger.Answer;
import io.stockledger.api.contract.Contract;
import io.stockledger.api.security.Permission;
import io.stockledger.api.security.Role;
import io.stockledger.api.wire.CommandWire;
import io.stockledger.api.wire.CommandWires;
import io.stockledger.postgres.TestPostgres;
import io.stockledger.v1.AvailabilityGrpc;
import io.stockledger.v1.Disposition;
import io.stockledger.v1.GetItemRequest;
import io.stockledger.v1.ItemAvailability;
import io.stockledger.v1.ItemRef;
import io.stockledger.v1.LedgerGrpc;
import io.stockledger.v1.LocationKind;
import io.stockledger.v1.OpenLocation;
import io.stockledger.v1.ProcessReturn;
import io.stockledger.v1.ReceiptLine;
import io.stockledger.v1.ReceiveGoods;
import io.stockledger.v1.RecordSale;
import io.stockledger.v1.RegisterItem;
import io.stockledger.v1.ReturnLine;
import io.stockledger.v1.SaleLine;
import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing is open but health, and each role may do what its row says and nothing else. */
class SecurityIT {

    private final RunningLedger service = RunningLedger.shared();

    @ParameterizedTest
    @EnumSource(Role.class)
    void each_role_may_send_the_commands_of_its_row_on_both_wires(Role role) {
        BothWires wires = new BothWires(service, service.key(List.of(role.code()), List.of()));
        for (CommandWire<?> wire : CommandWires.all()) {
            // Without content it is invalid; who may not send it is not even told that.
            String expected = permission(wire).roles().contains(role) ? "INVALID_COMMAND" : "NOT_PERMITTED";
            Message empty = named(wire.empty());
            assertThat(wires.overRest(empty).reason())
                    .as("%s over REST", wire.name())
                    .isEqualTo(expected);
            assertThat(wires.overGrpc(empty).reason())
                    .as("%s over gRPC", wire.name())
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POS,RETURN_BLIND",
        "WEBSHOP,RETURN_BLIND",
        "DEVICE,",
        "STOCK_CONTROLLER,",
        "ADMIN,",
    })
    void a_blind_return_needs_its_own_permission(Role role, Permission missing) {
        ProcessReturn blind = ProcessReturn.newBuilder()
                .setDocumentId("blind-" + role)
                .setChannel("pos")
                .setLocation("nowhere")
                .addLines(ReturnLine.newBuilder()
                        .setItem(ItemRef.newBuilder().setSku("x"))
                        .setQuantity("1")
                        .setDisposition(Disposition.DISPOSITION_SELLABLE))
                .build();
        expect(role, blind, missing, "UNKNOWN_LOCATION");
    }

    @ParameterizedTest
    @CsvSource({"POS,", "DEVICE,", "ADMIN,", "WEBSHOP,HAND_OVER_GOODS"})
    void goods_handed_over_need_their_own_permission(Role role, Permission missing) {
        RecordSale sale = RecordSale.newBuilder()
                .setDocumentId("handed-" + role)
                .setChannel("pos")
                .setLocation("nowhere")
                .addLines(SaleLine.newBuilder()
                        .setItem(ItemRef.newBuilder().setSku("x"))
                        .setQuantity("1"))
                .setGoodsHandedOver(true)
                .build();
        expect(role, sale, missing, "UNKNOWN_LOCATION");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/v1/availability/items/x,READ_AVAILABILITY",
        "GET,/v1/items/x,READ_CATALOG",
        "GET,/v1/views,READ_OPERATIONS",
        "GET,/v1/views/availability/parked,READ_OPERATIONS",
        "POST,/v1/views/nothing/rebuild,OPERATE_VIEWS",
        "GET,/v1/api-keys,MANAGE_API_KEYS",
        "DELETE,/v1/api-keys/none,MANAGE_API_KEYS",
        "GET,/actuator/prometheus,READ_METRICS",
        "GET,/actuator/metrics,READ_METRICS",
        "GET,/actuator/sbom,READ_METRICS",
    })
    void each_role_may_ask_what_its_row_says(String method, String path, Permission permission) {
        for (Role role : Role.values()) {
            Answer answer = service.send(service.request(path, service.key(List.of(role.code()), List.of()))
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .build());
            boolean permitted = permission.roles().contains(role);
            assertThat(answer.status() != 403)
                    .as("%s %s as %s: %s", method, path, role, answer)
                    .isEqualTo(permitted);
            if (!permitted) {
                assertThat(answer.json().get("reason").asString()).isEqualTo("NOT_PERMITTED");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/v1/views",
        "GET,/v1/nothing",
        "POST,/v1/sales",
        "GET,/v1/availability/stream",
        "GET,/actuator/prometheus",
        "GET,/actuator",
        "GET,/error",
    })
    void without_credentials_nothing_is_told(String method, String path) {
        for (String key : new String[] {null, "slk_wrong", "slk_" + "A".repeat(55), "x.y.z"}) {
            Answer answer = service.send(service.request(path, key)
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .build());
            assertThat(answer.status()).as("%s %s with %s", method, path, key).isEqualTo(401);
            assertThat(answer.contentType()).isEqualTo("application/problem+json");
            assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
            assertThat(answer.json().get("reason").asString()).isEqualTo("UNAUTHENTICATED");
        }
    }

    @Test
    void health_is_told_to_everybody_on_both_wires() {
        assertThat(service.send(service.request("/actuator/health", null).GET().build())
                        .body())
                .contains("UP")
                .doesNotContain("components");
        assertThat(HealthGrpc.newBlockingStub(service.channel())
                        .check(HealthCheckRequest.getDefaultInstance())
                        .getStatus())
                .isEqualTo(ServingStatus.SERVING);
    }

    @Test
    void without_credentials_gRPC_answers_nothing_else() {
        var stub = LedgerGrpc.newBlockingStub(service.channel());
        Executable call = () -> {
            var unused = stub.openLocation(OpenLocation.getDefaultInstance());
        };
        assertThat(code(call)).isEqualTo(Status.Code.UNAUTHENTICATED);
        var wrong = RunningLedger.as("slk_wrong", stub);
        assertThat(code(() -> {
                    var unused = wrong.openLocation(OpenLocation.getDefaultInstance());
                }))
                .isEqualTo(Status.Code.UNAUTHENTICATED);
    }

    @Test
    void a_revoked_key_is_refused_at_once() {
        Answer created = service.post("/v1/api-keys", "{\"name\":\"short-lived\",\"roles\":[\"auditor\"]}");
        assertThat(created.status()).isEqualTo(201);
        String secret = created.json().get("secret").asString();
        String id = created.json().get("key").get("id").asString();
        assertThat(service.send(service.request("/v1/views", secret).GET().build())
                        .status())
                .isEqualTo(200);
        assertThat(service.send(service.request("/v1/api-keys/" + id, service.adminKey())
                                .DELETE()
                                .build())
                        .status())
                .isEqualTo(204);
        assertThat(service.send(service.request("/v1/views", secret).GET().build())
                        .status())
                .isEqualTo(401);
        assertThat(service.get("/v1/api-keys").body()).contains("short-lived").doesNotContain(secret);
    }

    @Test
    void a_key_tied_to_a_location_sees_and_changes_only_that() {
        BothWires admin = new BothWires(service, service.adminKey());
        for (String location : List.of("tied-here", "tied-there")) {
            admin.overRest(OpenLocation.newBuilder()
                    .setDocumentId(location)
                    .setLocation(location)
                    .setName(location)
                    .setKind(LocationKind.LOCATION_KIND_SHOP)
                    .build());
        }
        admin.overRest(RegisterItem.newBuilder()
                .setDocumentId("tied-item")
                .setSku("tied-item")
                .setName("Tied")
                .build());
        String key = service.key(List.of("stock-controller"), List.of("tied-here"));
        BothWires tied = new BothWires(service, key);
        Told here = tied.overGrpc(receipt("tied-here"));
        assertThat(here.accepted()).isPresent();
        assertThat(tied.overGrpc(receipt("tied-there")).reason()).isEqualTo("LOCATION_NOT_ALLOWED");
        assertThat(tied.overRest(receipt("tied-there")).reason()).isEqualTo("LOCATION_NOT_ALLOWED");
        Told there = admin.overGrpc(receipt("tied-there"));
        long position = there.accepted().orElseThrow().getPosition();

        GetItemRequest question = GetItemRequest.newBuilder()
                .setSku("tied-item")
                .setFreshness(io.stockledger.v1.Freshness.newBuilder().setAtLeastPosition(position))
                .build();
        ItemAvailability seen = RunningLedger.as(key, AvailabilityGrpc.newBlockingStub(service.channel()))
                .getAvailability(question);
        assertThat(seen.getLevelsList())
                .extracting(level -> level.getLocation())
                .containsExactly("tied-here");
        assertThat(service.get("/v1/availability/items/tied-item").json().get("levels"))
                .hasSize(2);
        Answer forbidden = service.send(service.request("/v1/availability/locations/tied-there", key)
                .GET()
                .build());
        assertThat(forbidden.status()).isEqualTo(403);
        assertThat(forbidden.json().get("reason").asString()).isEqualTo("LOCATION_NOT_ALLOWED");
        assertThat(forbidden.json().get("detail").asString())
                .isEqualTo("These credentials may not see location 'tied-there' (expected: one of [tied-here]).");
    }

    @Test
    void who_sends_more_than_the_limit_is_told_how_long_to_wait() {
        try (RunningLedger limited = RunningLedger.start(
                TestPostgres.freshDatabase(),
                "stockledger.rate-limit.per-second=1",
                "stockledger.rate-limit.burst=3")) {
            String key = limited.key(List.of("admin"), List.of());
            HttpRequest request = limited.request("/v1/views", key).GET().build();
            for (int i = 0; i < 3; i++) {
                assertThat(limited.send(request).status()).isEqualTo(200);
            }
            Answer refused = limited.send(request);
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.json().get("reason").asString()).isEqualTo("RATE_LIMITED");
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(new BothWires(limited, key)
                            .overGrpc(OpenLocation.getDefaultInstance())
                            .reason())
                    .isEqualTo("RATE_LIMITED");
        }
    }

    private void expect(Role role, Message command, Permission missing, String otherwise) {
        BothWires wires = new BothWires(service, service.key(List.of(role.code()), List.of()));
        for (Told told : List.of(wires.overRest(command), wires.overGrpc(command))) {
            assertThat(told.reason()).isEqualTo(missing == null ? otherwise : "NOT_PERMITTED");
            if (missing != null) {
                assertThat(told.values()).containsEntry("permission", missing.code());
            }
        }
    }

    /** REST needs a reservation's id for the path; it is still no valid command. */
    private static Message named(Message empty) {
        FieldDescriptor reservation = empty.getDescriptorForType().findFieldByName("reservation_id");
        return reservation == null
                ? empty
                : empty.toBuilder().setField(reservation, "none").build();
    }

    private static ReceiveGoods receipt(String location) {
        return ReceiveGoods.newBuilder()
                .setDocumentId("tied-receipt-" + location)
                .setLocation(location)
                .setSupplier("s")
                .addLines(ReceiptLine.newBuilder()
                        .setItem(ItemRef.newBuilder().setSku("tied-item"))
                        .setQuantity("1"))
                .build();
    }

    private static Status.Code code(Executable call) {
        try {
            call.execute();
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static Permission permission(CommandWire<?> wire) {
        return Permission.ofCode(Contract.ofCommand(wire.empty().getDescriptorForType())
                .operation()
                .getPermission());
    }
}
