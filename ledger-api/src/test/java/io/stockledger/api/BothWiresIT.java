package io.stockledger.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import io.stockledger.api.BothWires.Told;
import io.stockledger.api.contract.Contract;
import io.stockledger.api.contract.ContractMethod;
import io.stockledger.api.openapi.Examples;
import io.stockledger.api.openapi.OpenApiDocument;
import io.stockledger.api.openapi.OpenApiDocument.Operation;
import io.stockledger.api.wire.CommandWires;
import io.stockledger.api.wire.JsonForm;
import io.stockledger.v1.AdjustStock;
import io.stockledger.v1.AdjustmentLine;
import io.stockledger.v1.AdjustmentReason;
import io.stockledger.v1.Barcode;
import io.stockledger.v1.ConfirmReservation;
import io.stockledger.v1.CountLine;
import io.stockledger.v1.Disposition;
import io.stockledger.v1.ItemRef;
import io.stockledger.v1.LocationKind;
import io.stockledger.v1.OpenLocation;
import io.stockledger.v1.ProcessReturn;
import io.stockledger.v1.ReceiptLine;
import io.stockledger.v1.ReceiveGoods;
import io.stockledger.v1.ReclassifyStock;
import io.stockledger.v1.RecordCount;
import io.stockledger.v1.RecordSale;
import io.stockledger.v1.RegisterItem;
import io.stockledger.v1.ReleaseReservation;
import io.stockledger.v1.ReserveLine;
import io.stockledger.v1.ReserveStock;
import io.stockledger.v1.ReturnLine;
import io.stockledger.v1.SaleLine;
import io.stockledger.v1.SetChannelProtection;
import io.stockledger.v1.SetSafetyStock;
import io.stockledger.v1.Tender;
import io.stockledger.v1.TransferLine;
import io.stockledger.v1.TransferStock;
import io.stockledger.v1.Unit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The same story told over REST and over gRPC, in two shops, gets the same answers. */
class BothWiresIT {

    private static final Duration QUARTER_HOUR =
            Duration.newBuilder().setSeconds(900).build();

    private final RunningLedger service = RunningLedger.shared();
    private final BothWires wires = new BothWires(service, service.adminKey());

    @Test
    void every_command_and_refusal_is_answered_alike_on_both_wires() {
        List<Message> rest = story("r");
        List<Message> grpc = story("g");
        TreeSet<String> refused = new TreeSet<>();
        for (int i = 0; i < rest.size(); i++) {
            Told overRest = wires.overRest(rest.get(i));
            Told overGrpc = wires.overGrpc(grpc.get(i));
            assertThat(inOneShop(overRest, "r")).as("%s", rest.get(i)).isEqualTo(inOneShop(overGrpc, "g"));
            refused.add(overRest.reason());
        }
        assertThat(refused)
                .contains(
                        "",
                        "ID_REUSED",
                        "INSUFFICIENT_STOCK",
                        "INVALID_COMMAND",
                        "NOT_ON_HAND",
                        "RETURN_EXCEEDS_ORDER",
                        "UNKNOWN_ITEM",
                        "UNKNOWN_RESERVATION",
                        "RESERVATION_ENDED");
    }

    @Test
    void every_command_has_examples_that_both_wires_take_for_the_same() {
        TreeSet<String> accepted = new TreeSet<>();
        for (Operation operation : OpenApiDocument.get().operations()) {
            Contract.methods().stream()
                    .filter(method -> method.isCommand()
                            && method.routes().get(0).toString().equals(operation.toString()))
                    .forEach(method -> {
                        Examples.of(method).requests().forEach(example -> sameOnBothWires(method, example));
                        accepted.add(method.name());
                    });
        }
        assertThat(accepted).hasSameSizeAs(CommandWires.all());
    }

    private void sameOnBothWires(ContractMethod method, JsonNode example) {
        byte[] json = example.path("value").toString().getBytes(StandardCharsets.UTF_8);
        Message.Builder command = JsonForm.read(json, method.empty()).toBuilder();
        for (FieldDescriptor inPath : method.routes().get(0).variables()) {
            command.setField(inPath, Examples.of(method).parameter(inPath).asString());
        }
        Told overRest = wires.overRest(command.build(), json);
        Told overGrpc = wires.overGrpc(command.build());
        assertThat(overRest.reason())
                .as("%s: %s", method.name(), overRest.message())
                .isEmpty();
        assertThat(overGrpc.accepted().orElseThrow().getRepeated())
                .as(method.name())
                .isTrue();
        assertThat(overGrpc.accepted().orElseThrow().toBuilder().clearRepeated().build())
                .isEqualTo(overRest.accepted().orElseThrow().toBuilder()
                        .clearRepeated()
                        .build());
    }

    @Test
    void a_command_sent_over_one_wire_is_repeated_by_the_other() {
        List<Message> story = story("x");
        for (Message command : story.subList(0, 5)) {
            Told first = wires.overRest(command);
            Told again = wires.overGrpc(command);
            assertThat(again.accepted().orElseThrow().getRepeated()).isTrue();
            assertThat(again.accepted().orElseThrow().toBuilder()
                            .setRepeated(false)
                            .build())
                    .isEqualTo(first.accepted().orElseThrow());
            assertThat(wires.overRest(command).accepted()).isEqualTo(again.accepted());
        }
    }

    @Test
    void a_refusal_is_remembered_across_wires() {
        Message tooMany = reserve("tm", "item-nowhere", "1");
        Told first = wires.overGrpc(tooMany);
        assertThat(first.reason()).isEqualTo("UNKNOWN_ITEM");
        assertThat(wires.overGrpc(RegisterItem.newBuilder()
                                .setDocumentId("tm-item")
                                .setSku("item-nowhere")
                                .setName("Late")
                                .build())
                        .accepted())
                .isPresent();
        assertThat(wires.overRest(tooMany).comparable()).isEqualTo(first.comparable());
    }

    /** The two shops differ in one letter, which is made the same here. */
    private static Told inOneShop(Told told, String shop) {
        Told comparable = told.comparable();
        return new Told(
                comparable.accepted().map(accepted -> {
                    var builder = accepted.toBuilder().setDocument(neutral(accepted.getDocument(), shop));
                    builder.getLinesBuilderList()
                            .forEach(line -> line.setSku(neutral(line.getSku(), shop))
                                    .setLocation(neutral(line.getLocation(), shop)));
                    return builder.build();
                }),
                comparable.reason(),
                neutral(comparable.message(), shop),
                new java.util.TreeMap<>(
                        java.util.Map.of("all", neutral(comparable.values().toString(), shop))),
                comparable.lines().stream().map(line -> neutral(line, shop)).toList(),
                0);
    }

    private static String neutral(String text, String shop) {
        return text.replace("-" + shop + "-", "-?-");
    }

    private static ReserveStock reserve(String id, String sku, String quantity) {
        return ReserveStock.newBuilder()
                .setDocumentId(id)
                .setChannel("web")
                .setTimeToLive(QUARTER_HOUR)
                .addLines(ReserveLine.newBuilder().setItem(sku(sku)).setQuantity(quantity))
                .build();
    }

    private static ItemRef sku(String sku) {
        return ItemRef.newBuilder().setSku(sku).build();
    }

    private static List<Message> story(String shop) {
        String p = "doc-" + shop + "-";
        String milk = "milk-" + shop + "-1";
        String cheese = "cheese-" + shop + "-1";
        String berlin = "berlin-" + shop + "-1";
        String store = "store-" + shop + "-1";
        String code = "code-" + shop + "-6";
        List<Message> story = new ArrayList<>();
        story.add(RegisterItem.newBuilder()
                .setDocumentId(p + 1)
                .setSku(milk)
                .setName("Milk")
                .addBarcodes(Barcode.newBuilder().setCode(code).setPackSize("6"))
                .build());
        story.add(RegisterItem.newBuilder()
                .setDocumentId(p + 2)
                .setSku(cheese)
                .setName("Cheese")
                .setUnit(Unit.UNIT_KG)
                .build());
        story.add(OpenLocation.newBuilder()
                .setDocumentId(p + 3)
                .setLocation(berlin)
                .setName("Berlin")
                .setKind(LocationKind.LOCATION_KIND_SHOP)
                .build());
        story.add(OpenLocation.newBuilder()
                .setDocumentId(p + 4)
                .setLocation(store)
                .setName("Store")
                .setKind(LocationKind.LOCATION_KIND_WAREHOUSE)
                .build());
        story.add(ReceiveGoods.newBuilder()
                .setDocumentId(p + 5)
                .setLocation(berlin)
                .setSupplier("dairy")
                .setCurrency("EUR")
                .addLines(ReceiptLine.newBuilder()
                        .setItem(ItemRef.newBuilder().setBarcode(code))
                        .setQuantity("2")
                        .setExpiry("2027-01-31")
                        .setLot("L1")
                        .setUnitCost("0.555"))
                .addLines(ReceiptLine.newBuilder().setItem(sku(cheese)).setQuantity("3.250"))
                .build());
        story.add(story.get(4));
        story.add(((ReceiveGoods) story.get(4)).toBuilder().setSupplier("other").build());
        story.add(SetSafetyStock.newBuilder()
                .setDocumentId(p + 6)
                .setSku(milk)
                .setLocation(berlin)
                .setQuantity("1")
                .build());
        story.add(SetChannelProtection.newBuilder()
                .setDocumentId(p + 7)
                .setSku(milk)
                .setLocation(berlin)
                .setChannel("pos")
                .setQuantity("2")
                .build());
        story.add(reserve(p + 8, milk, "4"));
        story.add(reserve(p + 9, milk, "6"));
        story.add(reserve(p + 10, "nothing-" + shop + "-1", "1"));
        story.add(reserve(p + 11, milk, "0"));
        story.add(reserve(p + 12, milk, "1e3"));
        story.add(ConfirmReservation.newBuilder()
                .setDocumentId(p + 13)
                .setReservationId(p + 8)
                .setRegister("web-1")
                .build());
        story.add(reserve(p + 14, milk, "1"));
        story.add(ReleaseReservation.newBuilder()
                .setDocumentId(p + 15)
                .setReservationId(p + 14)
                .build());
        story.add(ReleaseReservation.newBuilder()
                .setDocumentId(p + 16)
                .setReservationId(p + 14)
                .build());
        story.add(ReleaseReservation.newBuilder()
                .setDocumentId(p + 17)
                .setReservationId(p + 99)
                .build());
        story.add(RecordSale.newBuilder()
                .setDocumentId(p + 18)
                .setChannel("pos")
                .setLocation(berlin)
                .setRegister("till-1")
                .setCurrency("EUR")
                .addLines(SaleLine.newBuilder()
                        .setItem(sku(milk))
                        .setQuantity("20")
                        .setUnitPrice("0.99")
                        .setTax("0.07"))
                .addTenders(Tender.newBuilder().setMethod("cash").setAmount("19.80"))
                .setGoodsHandedOver(true)
                .build());
        story.add(ProcessReturn.newBuilder()
                .setDocumentId(p + 19)
                .setChannel("pos")
                .setLocation(store)
                .setOrderId(p + 18)
                .addLines(ReturnLine.newBuilder()
                        .setItem(sku(milk))
                        .setQuantity("15")
                        .setReason("too many")
                        .setDisposition(Disposition.DISPOSITION_QUARANTINE))
                .build());
        story.add(((ProcessReturn) story.get(story.size() - 1))
                .toBuilder().setDocumentId(p + 20).build());
        story.add(ReclassifyStock.newBuilder()
                .setDocumentId(p + 21)
                .setLocation(store)
                .setFrom(Disposition.DISPOSITION_QUARANTINE)
                .setTo(Disposition.DISPOSITION_SELLABLE)
                .addLines(TransferLine.newBuilder().setItem(sku(milk)).setQuantity("10"))
                .build());
        story.add(TransferStock.newBuilder()
                .setDocumentId(p + 22)
                .setFromLocation(store)
                .setToLocation(berlin)
                .addLines(TransferLine.newBuilder().setItem(sku(milk)).setQuantity("3"))
                .build());
        story.add(TransferStock.newBuilder()
                .setDocumentId(p + 23)
                .setFromLocation(store)
                .setToLocation(berlin)
                .addLines(TransferLine.newBuilder().setItem(sku(milk)).setQuantity("300"))
                .build());
        story.add(RecordCount.newBuilder()
                .setDocumentId(p + 24)
                .setLocation(store)
                .addLines(CountLine.newBuilder().setItem(sku(milk)).setQuantity("5"))
                .build());
        story.add(AdjustStock.newBuilder()
                .setDocumentId(p + 25)
                .setLocation(store)
                .setReason(AdjustmentReason.ADJUSTMENT_REASON_OWN_USE)
                .setNote("coffee kitchen")
                .addLines(AdjustmentLine.newBuilder().setItem(sku(milk)).setQuantity("-2"))
                .build());
        story.add(AdjustStock.newBuilder()
                .setDocumentId(p + 26)
                .setLocation(store)
                .addLines(AdjustmentLine.newBuilder().setItem(sku(milk)).setQuantity("-2"))
                .build());
        return story;
    }
}
