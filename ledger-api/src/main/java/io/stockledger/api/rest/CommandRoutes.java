package io.stockledger.api.rest;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.stockledger.api.gate.CommandGate;
import io.stockledger.api.security.Caller;
import io.stockledger.api.wire.CommandWire;
import io.stockledger.api.wire.CommandWires;
import io.stockledger.api.wire.MalformedRequest;
import io.stockledger.v1.Accepted;
import io.stockledger.v1.AdjustStock;
import io.stockledger.v1.ReclassifyStock;
import io.stockledger.v1.ConfirmReservation;
import io.stockledger.v1.OpenLocation;
import io.stockledger.v1.ProcessReturn;
import io.stockledger.v1.ReceiveGoods;
import io.stockledger.v1.RecordCount;
import io.stockledger.v1.RecordSale;
import io.stockledger.v1.RegisterItem;
import io.stockledger.v1.ReleaseReservation;
import io.stockledger.v1.ReserveStock;
import io.stockledger.v1.SetChannelProtection;
import io.stockledger.v1.SetSafetyStock;
import io.stockledger.v1.TransferStock;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Commands over REST: the contract's messages as JSON. No thread waits for an answer. */
@RestController
@RequestMapping(path = "/v1", consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
final class CommandRoutes {

    private static final String KEY = "Idempotency-Key";

    private final CommandGate gate;

    CommandRoutes(CommandGate gate) {
        this.gate = gate;
    }

    @PostMapping("/reservations")
    CompletableFuture<Accepted> reserveStock(
            @RequestBody ReserveStock message,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @AuthenticationPrincipal Caller caller) {
        return send(CommandWires.RESERVE_STOCK, message, key, caller);
    }

    @PostMapping("/reservations/{id}/release")
    CompletableFuture<Accepted> releaseReservation(
            @PathVariable String id,
            @RequestBody ReleaseReservation message,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @AuthenticationPrincipal Caller caller) {
        return send(CommandWires.RELEASE_RESERVATION, named(message, "reservation_id", id), key, caller);
    }

    @PostMapping("/reservations/{id}/confirm")
    CompletableFuture<Accepted> confirmReservation(
            @PathVariable String id,
            @RequestBody ConfirmReservation message,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @AuthenticationPrincipal Caller caller) {
        return send(CommandWires.CONFIRM_RESERVATION, named(message, "reservation_id", id), key, caller);
    }

    @PostMapping("/sales")
    CompletableFuture<Accepted> recordSale(
            @RequestBody RecordSale message,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @AuthenticationPrincipal Caller caller) {
        return send(CommandWires.RECORD_SALE, message, key, caller);
    }

    @PostMapping("/receipts")
    CompletableFuture<Accepted> receiveGoods(
            @RequestBody ReceiveGoods message,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @AuthenticationPrincipal Caller caller) {
        return send(CommandWires.RECEIVE_GOODS, message, key, caller);
    }

    @PostMapping("/returns")
    CompletableFuture<Accepted> processReturn(
            @RequestBody ProcessReturn message,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @AuthenticationPrincipal Caller caller) {
        return send(CommandWires.PROCESS_RETURN, message, key, caller);
    }

    @PostMapping("/adjustments")
    CompletableFuture<Accepted> adjustStock(
            @RequestBody AdjustStock message,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @AuthenticationPrincipal Caller caller) {
        return send(CommandWires.ADJUST_STOCK, message, key, caller);
    }

    @PostMapping("/counts")
    CompletableFuture<Accepted> recordCount(
            @RequestBody RecordCount message,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @AuthenticationPrincipal Caller caller) {
        return send(CommandWires.RECORD_COUNT, message, key, caller);
    }

    @PostMapping("/transfers")
    CompletableFuture<Accepted> transferStock(
            @RequestBody TransferStock message,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @AuthenticationPrincipal Caller caller) {
        return send(CommandWires.TRANSFER_STOCK, message, key, caller);
    }

    @PostMapping("/reclassifications")
    CompletableFuture<Accepted> reclassifyStock(
            @RequestBody ReclassifyStock message,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @AuthenticationPrincipal Caller caller) {
        return send(CommandWires.RECLASSIFY_STOCK, message, key, caller);
    }

    @PostMapping("/safety-stock")
    CompletableFuture<Accepted> setSafetyStock(
            @RequestBody SetSafetyStock message,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @AuthenticationPrincipal Caller caller) {
        return send(CommandWires.SET_SAFETY_STOCK, message, key, caller);
    }

    @PostMapping("/channel-protection")
    CompletableFuture<Accepted> setChannelProtection(
            @RequestBody SetChannelProtection message,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @AuthenticationPrincipal Caller caller) {
        return send(CommandWires.SET_CHANNEL_PROTECTION, message, key, caller);
    }

    @PostMapping("/items")
    CompletableFuture<Accepted> registerItem(
            @RequestBody RegisterItem message,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @AuthenticationPrincipal Caller caller) {
        return send(CommandWires.REGISTER_ITEM, message, key, caller);
    }

    @PostMapping("/locations")
    CompletableFuture<Accepted> openLocation(
            @RequestBody OpenLocation message,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @AuthenticationPrincipal Caller caller) {
        return send(CommandWires.OPEN_LOCATION, message, key, caller);
    }

    private <M extends Message> CompletableFuture<Accepted> send(
            CommandWire<M> wire, M message, @Nullable String key, Caller caller) {
        return gate.send(wire, key == null ? message : named(message, "document_id", key), caller);
    }

    /** The message with a name that stands outside its body; one that is inside must be the same. */
    @SuppressWarnings("unchecked") // a message's builder builds that message
    private static <M extends Message> M named(M message, String fieldName, String value) {
        FieldDescriptor field = message.getDescriptorForType().findFieldByName(fieldName);
        String inside = (String) message.getField(field);
        if (!inside.isEmpty() && !inside.equals(value)) {
            throw new MalformedRequest(
                    field.getJsonName(), "'" + inside + "' beside '" + value + "' (expected: the same, or only one)");
        }
        return (M) message.toBuilder().setField(field, value).build();
    }
}
