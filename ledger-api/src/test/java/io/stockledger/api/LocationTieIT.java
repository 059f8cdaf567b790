package io.stockledger.api;

import static io.stockledger.api.TwoShops.HERE;
import static io.stockledger.api.TwoShops.ITEM;
import static io.stockledger.api.TwoShops.SECRET;
import static io.stockledger.api.TwoShops.THERE;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.stockledger.api.BothWires.Told;
import io.stockledger.api.contract.Contract;
import io.stockledger.api.openapi.Examples;
import io.stockledger.api.wire.CommandWire;
import io.stockledger.api.wire.CommandWires;
import io.stockledger.api.wire.JsonForm;
import io.stockledger.v1.AvailabilityChange;
import io.stockledger.v1.AvailabilityGrpc;
import io.stockledger.v1.BatchGetRequest;
import io.stockledger.v1.CatalogGrpc;
import io.stockledger.v1.Command;
import io.stockledger.v1.CreateEnrolmentCodeRequest;
import io.stockledger.v1.EnrolmentGrpc;
import io.stockledger.v1.GetCatalogItemRequest;
import io.stockledger.v1.GetItemRequest;
import io.stockledger.v1.HistoryGrpc;
import io.stockledger.v1.ItemRef;
import io.stockledger.v1.LedgerGrpc;
import io.stockledger.v1.ListFactsRequest;
import io.stockledger.v1.ListLocationRequest;
import io.stockledger.v1.Options;
import io.stockledger.v1.Reply;
import io.stockledger.v1.StockKey;
import io.stockledger.v1.WatchRequest;
import io.stockledger.v1.Word;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** A principal that is tied to a location changes nothing elsewhere and learns nothing of it, on any way in. */
class LocationTieIT {

    private static final TwoShops SHOPS = TwoShops.open();
    private static final RunningLedger SERVICE = SHOPS.service();

    static Stream<CommandWire<?>> commands() {
        return CommandWires.all().stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void no_command_changes_stock_elsewhere(CommandWire<?> wire) throws Exception {
        Message named = elsewhere(wire);
        BothWires wires = new BothWires(SERVICE, SHOPS.tiedKey());
        String expected = refusalOf(wire, named);
        for (Told told : List.of(wires.overRest(named), wires.overGrpc(named))) {
            assertThat(told.reason()).as(told.message()).isEqualTo(expected);
        }
        assertThat(overAStream(named).getFailed().getReason()).isEqualTo(expected);
    }

    private static String refusalOf(CommandWire<?> wire, Message named) {
        Descriptor type = wire.empty().getDescriptorForType();
        if (Contract.ofCommand(type).operation().getUntied()) {
            // What is everybody's is not for who is tied, wherever it is.
            return "NOT_PERMITTED";
        }
        // Where no location is named it is by a reservation, and that there is one elsewhere is not told.
        return wire.commandOf(named).locations().isEmpty() ? "UNKNOWN_RESERVATION" : "LOCATION_NOT_ALLOWED";
    }

    /** The command's first example, of the other shop's things. */
    private static Message elsewhere(CommandWire<?> wire) {
        Descriptor type = wire.empty().getDescriptorForType();
        JsonNode example = Examples.of(Contract.ofCommand(type))
                .requests()
                .iterator()
                .next()
                .path("value");
        Message.Builder command = JsonForm.read(
                example.toString().getBytes(StandardCharsets.UTF_8),
                wire.empty().getDefaultInstanceForType())
                .toBuilder();
        name(command, Word.WORD_DOCUMENT_ID, "tie-" + wire.name());
        name(command, Word.WORD_LOCATION_CODE, THERE);
        // A transfer goes from here to there.
        FieldDescriptor from = type.findFieldByName("from_location");
        if (from != null) {
            command.setField(from, HERE);
        }
        name(command, Word.WORD_RESERVATION_ID, "tie-held-" + THERE);
        name(command, Word.WORD_SKU, ITEM);
        FieldDescriptor lines = type.findFieldByName("lines");
        for (int i = 0; lines != null && i < command.getRepeatedFieldCount(lines); i++) {
            Message.Builder line = ((Message) command.getRepeatedField(lines, i)).toBuilder();
            line.setField(
                    line.getDescriptorForType().findFieldByName("item"),
                    ItemRef.newBuilder().setSku(ITEM).build());
            command.setRepeatedField(lines, i, line.build());
        }
        return command.build();
    }

    private static void name(Message.Builder command, Word word, String name) {
        command.getDescriptorForType().getFields().stream()
                .filter(field -> field.getOptions().getExtension(Options.word) == word)
                .forEach(field -> command.setField(field, name));
    }

    @Test
    void where_the_ledger_chooses_it_chooses_among_the_callers_own() {
        String key = SERVICE.key(List.of("webshop"), List.of(HERE));
        BothWires wires = new BothWires(SERVICE, key);
        Told few = wires.overRest(reserve("tie-choose-1", "2"));
        assertThat(few.accepted().orElseThrow().getLinesList())
                .extracting(line -> line.getLocation())
                .containsExactly(HERE);
        assertThat(wires.overGrpc(reserve("tie-choose-1", "2"))
                        .comparable()
                        .accepted()
                        .orElseThrow()
                        .getLinesList())
                .isEqualTo(few.accepted().orElseThrow().getLinesList());
        Told many = wires.overGrpc(reserve("tie-choose-2", "12"));
        assertThat(many.reason()).isEqualTo("INSUFFICIENT_STOCK");
        assertThat(many.lines()).containsExactly("tie-item@tie-here 12/8");
        assertThat(wires.overRest(reserve("tie-choose-2", "12")).comparable()).isEqualTo(many.comparable());
        new BothWires(SERVICE, SERVICE.adminKey())
                .overGrpc(io.stockledger.v1.ReleaseReservation.newBuilder()
                        .setDocumentId("tie-choose-3")
                        .setReservationId("tie-choose-1")
                        .build());
    }

    @Test
    void no_call_over_gRPC_tells_of_elsewhere() {
        var stock = RunningLedger.as(SHOPS.tiedKey(), AvailabilityGrpc.newBlockingStub(SERVICE.channel()));
        var history = RunningLedger.as(SHOPS.tiedKey(), HistoryGrpc.newBlockingStub(SERVICE.channel()));
        var fresh = io.stockledger.v1.Freshness.newBuilder()
                .setAtLeastPosition(SHOPS.position())
                .build();
        assertThat(List.of(
                        stock.getAvailability(GetItemRequest.newBuilder()
                                .setSku(ITEM)
                                .setFreshness(fresh)
                                .build()),
                        stock.listAvailabilityOfLocation(ListLocationRequest.newBuilder()
                                .setLocation(HERE)
                                .build()),
                        stock.queryAvailability(BatchGetRequest.newBuilder()
                                .addKeys(StockKey.newBuilder().setSku(ITEM))
                                .build()),
                        history.listFacts(ListFactsRequest.newBuilder()
                                .setLocation(HERE)
                                .setFreshness(fresh)
                                .build())))
                .allSatisfy(
                        answer -> assertThat(answer.toString()).contains(HERE).doesNotContain(THERE, SECRET));
        assertThat(RunningLedger.as(SHOPS.tiedKey(), CatalogGrpc.newBlockingStub(SERVICE.channel()))
                        .getItem(GetCatalogItemRequest.newBuilder().setSku(ITEM).build())
                        .toString())
                .doesNotContain(THERE, SECRET);
        StockKey there = StockKey.newBuilder().setSku(ITEM).setLocation(THERE).build();
        WatchRequest watch = WatchRequest.newBuilder().addLocations(THERE).build();
        List<Supplier<Object>> refused = List.of(
                () -> stock.listAvailabilityOfLocation(
                        ListLocationRequest.newBuilder().setLocation(THERE).build()),
                () -> stock.queryAvailability(
                        BatchGetRequest.newBuilder().addKeys(there).build()),
                () -> stock.watchAvailability(watch).next(),
                () -> history.listFacts(
                        ListFactsRequest.newBuilder().setLocation(THERE).build()),
                () -> RunningLedger.as(SHOPS.tiedKey(), EnrolmentGrpc.newBlockingStub(SERVICE.channel()))
                        .createEnrolmentCode(CreateEnrolmentCodeRequest.newBuilder()
                                .setLocation(THERE)
                                .build()));
        assertThat(refused).allSatisfy(call -> assertThat(reason(call)).isEqualTo("LOCATION_NOT_ALLOWED"));
        assertThat(reason(() -> history.listFacts(
                        ListFactsRequest.newBuilder().setSku(ITEM).build())))
                .isEqualTo("INVALID_COMMAND");
    }

    @Test
    void streams_push_only_the_callers_own() throws Exception {
        Iterator<AvailabilityChange> overGrpc = RunningLedger.as(
                        SHOPS.tiedKey(),
                        AvailabilityGrpc.newBlockingStub(SERVICE.channel()).withDeadlineAfter(60, TimeUnit.SECONDS))
                .watchAvailability(
                        WatchRequest.newBuilder().setWithCurrent(true).build());
        var events = HttpClient.newHttpClient()
                .send(
                        SERVICE.request("/v1/availability/stream?withCurrent=true", SHOPS.tiedKey())
                                .GET()
                                .build(),
                        BodyHandlers.ofInputStream());
        try (BufferedReader overSse =
                new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8))) {
            assertThat(overSse.readLine()).isEqualTo(":watching");
            String before = overGrpc.next().getLevel().getOnHand();
            SHOPS.receive("tie-stream-there", THERE, "1");
            long last = SHOPS.receive("tie-stream-here", HERE, "1");
            AvailabilityChange change = overGrpc.next();
            while (change.getPosition() < last || change.getLevel().getOnHand().equals(before)) {
                assertThat(change.getLevel().getLocation()).isEqualTo(HERE);
                change = overGrpc.next();
            }
            assertThat(change.getLevel().getLocation()).isEqualTo(HERE);
            String pushed = overSse.readLine();
            while (!pushed.contains("\"onHand\":\"" + change.getLevel().getOnHand() + "\"")) {
                assertThat(pushed).doesNotContain(THERE);
                pushed = overSse.readLine();
            }
            assertThat(pushed).contains(HERE);
        }
        SHOPS.receive("tie-stream-back", THERE, "1");
    }

    private static Reply overAStream(Message command) throws InterruptedException {
        LinkedBlockingQueue<Object> came = new LinkedBlockingQueue<>();
        var stream = RunningLedger.as(SHOPS.tiedKey(), LedgerGrpc.newStub(SERVICE.channel()))
                .execute(new io.grpc.stub.StreamObserver<>() {
                    @Override
                    public void onNext(Reply reply) {
                        came.add(reply);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        came.add(failure);
                    }

                    @Override
                    public void onCompleted() {}
                });
        Command.Builder envelope = Command.newBuilder().setTag(1);
        envelope.getDescriptorForType().getFields().stream()
                .filter(field ->
                        field.getJavaType() == com.google.protobuf.Descriptors.FieldDescriptor.JavaType.MESSAGE)
                .filter(field -> field.getMessageType().equals(command.getDescriptorForType()))
                .forEach(field -> envelope.setField(field, command));
        stream.onNext(envelope.build());
        stream.onCompleted();
        return (Reply) Objects.requireNonNull(came.poll(60, TimeUnit.SECONDS));
    }

    private static String reason(Supplier<Object> call) {
        try {
            return "answered: " + call.get();
        } catch (StatusRuntimeException e) {
            try {
                return StatusProto.fromThrowable(e)
                        .getDetails(0)
                        .unpack(com.google.rpc.ErrorInfo.class)
                        .getReason();
            } catch (com.google.protobuf.InvalidProtocolBufferException malformed) {
                throw new AssertionError(malformed);
            }
        }
    }

    private static io.stockledger.v1.ReserveStock reserve(String id, String quantity) {
        return io.stockledger.v1.ReserveStock.newBuilder()
                .setDocumentId(id)
                .setChannel("web")
                .setTimeToLive(com.google.protobuf.Duration.newBuilder().setSeconds(86_400))
                .addLines(io.stockledger.v1.ReserveLine.newBuilder()
                        .setItem(io.stockledger.v1.ItemRef.newBuilder().setSku(ITEM))
                        .setQuantity(quantity))
                .build();
    }
}
