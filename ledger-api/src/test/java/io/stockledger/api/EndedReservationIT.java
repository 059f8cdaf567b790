package io.stockledger.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.util.Timestamps;
import io.stockledger.api.BothWires.Told;
import io.stockledger.v1.Accepted;
import io.stockledger.v1.DocumentState;
import io.stockledger.v1.ItemRef;
import io.stockledger.v1.ReleaseReservation;
import io.stockledger.v1.ReserveLine;
import io.stockledger.v1.ReserveStock;
import org.junit.jupiter.api.Test;

/** A cart that was released and is reserved again under its id is told that it has ended, on both wires. */
class EndedReservationIT {

    private static final RunningLedger SERVICE = RunningLedger.shared();

    private final BothWires wires = new BothWires(SERVICE, SERVICE.adminKey());

    @Test
    void a_released_cart_is_told_that_it_has_ended() {
        SERVICE.post(
                "/v1/locations", "{\"documentId\":\"end-l\",\"location\":\"end-1\",\"name\":\"S\",\"kind\":\"shop\"}");
        SERVICE.post("/v1/items", "{\"documentId\":\"end-i\",\"sku\":\"end-cup\",\"name\":\"Cup\"}");
        SERVICE.post(
                "/v1/receipts",
                "{\"documentId\":\"end-r\",\"location\":\"end-1\",\"supplier\":\"S\",\"lines\":[{\"item\":{\"sku\":\"end-cup\"},"
                        + "\"quantity\":5}]}");
        ReserveStock cart = ReserveStock.newBuilder()
                .setDocumentId("end-cart")
                .setChannel("web")
                .setLocation("end-1")
                .setTimeToLive(Duration.newBuilder().setSeconds(900))
                .addLines(ReserveLine.newBuilder()
                        .setItem(ItemRef.newBuilder().setSku("end-cup"))
                        .setQuantity("1"))
                .build();
        Accepted living = accepted(wires.overGrpc(cart));
        assertThat(living.getReservationState()).isEqualTo(DocumentState.DOCUMENT_STATE_LIVING);
        assertThat(accepted(wires.overRest(cart)).toBuilder().clearRepeated().build())
                .isEqualTo(living.toBuilder().clearRepeated().build());
        Message release = ReleaseReservation.newBuilder()
                .setDocumentId("end-release")
                .setReservationId("end-cart")
                .build();
        Accepted released = accepted(wires.overRest(release));
        assertThat(released.getReservationState()).isEqualTo(DocumentState.DOCUMENT_STATE_RELEASED);

        for (Told told : new Told[] {wires.overRest(cart), wires.overGrpc(cart)}) {
            Accepted again = accepted(told);
            assertThat(again.getRepeated()).isTrue();
            assertThat(again.getReservationState()).isEqualTo(DocumentState.DOCUMENT_STATE_RELEASED);
            assertThat(Timestamps.compare(again.getEndsAt(), living.getEndsAt()))
                    .isNegative();
            assertThat(again.getEndsAt()).isEqualTo(released.getRecordedAt());
        }
    }

    private static Accepted accepted(Told told) {
        return told.accepted().orElseThrow(() -> new AssertionError(told));
    }
}
