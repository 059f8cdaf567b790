package io.stockledger.device.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.device.gs1.BarcodeReader.UpcEForm;
import io.stockledger.device.gs1.InStoreScheme;
import io.stockledger.v1.Command;
import io.stockledger.v1.CountLine;
import io.stockledger.v1.Disposition;
import io.stockledger.v1.ReceiptLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ScanInterpreterTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final String MILK = "4006381333931";
    private static final String PREFIX = "K7PQ2M/";

    private final ScanInterpreter interpreter = new ScanInterpreter(rules(PlainTextPolicy.PARK));
    private DeviceState state = DeviceState.first(interpreter.rules());

    @Test
    void aScanIsTheCommandOfTheMode() {
        assertThat(sent(MILK).getReceiveGoods().getLines(0).getItem().getBarcode())
                .isEqualTo(MILK);
        control("MODE-SELL");
        assertThat(sent(MILK).getRecordSale())
                .satisfies(sale -> assertThat(sale.getGoodsHandedOver()).isTrue())
                .satisfies(sale -> assertThat(sale.getChannel()).isEqualTo("store"))
                .satisfies(sale -> assertThat(sale.getRegister()).isEqualTo("till-1"));
        control("MODE-RETURN");
        control("SALE-0815");
        assertThat(sent(MILK).getProcessReturn())
                .satisfies(back -> assertThat(back.getOrderId()).isEqualTo("0815"))
                .satisfies(back ->
                        assertThat(back.getLines(0).getDisposition()).isEqualTo(Disposition.DISPOSITION_QUARANTINE));
        control("MODE-TRANSFER");
        assertThat(parked(MILK)).isEqualTo("NO_DESTINATION");
        control("TO-berlin-2");
        assertThat(sent(MILK).getTransferStock().getToLocation()).isEqualTo("berlin-2");
        control("MODE-LOOK-UP");
        assertThat(meaning(MILK)).isInstanceOf(Interpretation.Ask.class);
    }

    @Test
    void lotExpirySerialAndOrderAreCarriedIntoTheReceipt() {
        control("PO-4711");
        Command command = sent("]C101040063813339311727013121S-9\u001d10L7");
        ReceiptLine line = command.getReceiveGoods().getLines(0);
        assertThat(line.getLot()).isEqualTo("L7");
        assertThat(line.getExpiry()).isEqualTo("2027-01-31");
        assertThat(line.getSerialsList()).containsExactly("S-9");
        assertThat(command.getReceiveGoods().getPurchaseOrder()).isEqualTo("4711");
        assertThat(command.getReceiveGoods().getSupplier()).isEqualTo("dairy");
        assertThat(command.getReceiveGoods().getOccasion().getDevice()).isEqualTo("till-1");
        assertThat(command.getReceiveGoods().getOccasion().getBusinessTime().getSeconds())
                .isEqualTo(NOON.getEpochSecond());
    }

    @ParameterizedTest
    @CsvSource({
        "4006381333931, 4006381333931, 1",
        "]C10199506000134355310300125010L, 99506000134355, 1.250",
        "]C10199506000134355308, 99506000134355, 8",
        "2112345012506, 2112345000008, 1.250",
        "]C10010614141123456789702095060001343523712, 9506000134352, 12",
        "]I115400141288763, 15400141288763, 1",
        "]E02112345012506]e0310300125010L7, 2112345000008, 1.250",
        "]d201021123450000083103001250, 2112345000008, 1.250",
    })
    void theCodeSaysHowMuch(String frame, String barcode, String quantity) {
        ReceiptLine line = sent(frame).getReceiveGoods().getLines(0);
        assertThat(line.getItem().getBarcode()).isEqualTo(barcode);
        assertThat(line.getQuantity()).isEqualTo(quantity);
    }

    @ParameterizedTest
    @CsvSource({"]E02112345012506]e01727013110L7", "]E02112345012506|]e01727013110L7"})
    void whatStandsBesideAnInStoreNumberIsCarriedIntoTheReceipt(String frame) {
        ReceiptLine line = sent(frame).getReceiveGoods().getLines(0);
        assertThat(line.getItem().getBarcode()).isEqualTo("2112345000008");
        assertThat(line.getQuantity()).isEqualTo("1.250");
        assertThat(line.getLot()).isEqualTo("L7");
        assertThat(line.getExpiry()).isEqualTo("2027-01-31");
    }

    @Test
    void aCountBarcodeIsForTheNextScanOnly() {
        control("QTY-12");
        assertThat(sent(MILK).getReceiveGoods().getLines(0).getQuantity()).isEqualTo("12");
        assertThat(sent(MILK).getReceiveGoods().getLines(0).getQuantity()).isEqualTo("1");
        control("QTY-3");
        assertThat(parked("4006381333932")).isEqualTo("BAD_CHECK_DIGIT");
        assertThat(sent(MILK).getReceiveGoods().getLines(0).getQuantity()).isEqualTo("1");
    }

    @Test
    void aModeSwitchForgetsThePendingQuantity() {
        control("QTY-12");
        control("MODE-SELL");
        assertThat(sent(MILK).getRecordSale().getLines(0).getQuantity()).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource({"MODE-SELL", "OTHER1/MODE-SELL", "k7pq2m/MODE-SELL", "' K7PQ2M/MODE-SELL'"})
    void aStrangersControlBarcodeSwitchesNothing(String frame) {
        assertThat(parked(frame)).isEqualTo("NO_PRODUCT_CODE");
        assertThat(state.mode()).isEqualTo(Mode.RECEIVE);
    }

    @ParameterizedTest
    @EnumSource(PlainTextPolicy.class)
    void aDeviceWithoutPrefixObeysNoControlBarcode(PlainTextPolicy policy) {
        ScanRules with = rules(policy);
        ScanInterpreter deaf = new ScanInterpreter(new ScanRules(
                with.device(),
                with.location(),
                with.channel(),
                "",
                Mode.SELL,
                "",
                "",
                "",
                "",
                with.returnDisposition(),
                policy,
                with.upcE(),
                with.separator(),
                List.of()));
        Interpretation meaning = deaf.interpret(DeviceState.first(deaf.rules()), PREFIX + "MODE-RECEIVE", "id", NOON);
        assertThat(meaning.state().mode()).isEqualTo(Mode.SELL);
    }

    @ParameterizedTest
    @CsvSource({
        "]C10199506000134355, NO_MEASURE",
        "2212345012503, UNKNOWN_SCHEME",
        "2112345000008, ZERO_QUANTITY",
        "]E02112345012506]e03103001251, TWO_MEASURES",
        "]C100106141411234567897, UNKNOWN_CONTENTS",
        "]C14144006381333931, NO_ITEM",
        "AISLE-7, NO_PRODUCT_CODE",
        "K7PQ2M/EXPLODE, UNKNOWN_CONTROL",
        "K7PQ2M/QTY-many, UNKNOWN_CONTROL",
        "K7PQ2M/DONE, NO_OPEN_COUNT",
        "https://example.com/menu, NOT_A_DIGITAL_LINK",
    })
    void whatIsNotUnderstoodIsParkedWithItsReason(String frame, String reason) {
        assertThat(parked(frame)).isEqualTo(reason);
    }

    @Test
    void manyOfOneSerialAreParked() {
        control("QTY-2");
        assertThat(parked("]C1010400638133393121S-9")).isEqualTo("SERIAL_TIMES_MANY");
    }

    @Test
    void aPlainTextIsABarcodeOrASkuWhenSoSet() {
        ScanInterpreter barcodes = new ScanInterpreter(rules(PlainTextPolicy.BARCODE));
        ScanInterpreter skus = new ScanInterpreter(rules(PlainTextPolicy.SKU));
        Interpretation.Send first = (Interpretation.Send) barcodes.interpret(state, "85123A", "id", NOON);
        Interpretation.Send second = (Interpretation.Send) skus.interpret(state, "85123A", "id", NOON);
        assertThat(first.command().getReceiveGoods().getLines(0).getItem().getBarcode())
                .isEqualTo("85123A");
        assertThat(second.command().getReceiveGoods().getLines(0).getItem().getSku())
                .isEqualTo("85123A");
    }

    @Test
    void aCountAddsUpUntilDone() {
        control("MODE-COUNT");
        List<CountLine> lines = new ArrayList<>();
        for (String frame : List.of(MILK, PREFIX + "QTY-5", MILK, "96385074", PREFIX + "QTY-0", "5400141288766")) {
            Interpretation meaning = meaning(frame);
            if (meaning instanceof Interpretation.Counted counted) {
                lines.add(counted.line());
            }
        }
        assertThat(meaning(PREFIX + "DONE"))
                .isInstanceOfSatisfying(
                        Interpretation.CloseCount.class,
                        close -> assertThat(close.from()).isEqualTo(1));
        List<List<CountLine>> pieces = ScanCommands.piecesOf(lines);
        assertThat(pieces).hasSize(1);
        assertThat(pieces.get(0))
                .extracting(line -> line.getItem().getBarcode() + " " + line.getQuantity())
                .containsExactly("4006381333931 6", "96385074 1", "5400141288766 0");
    }

    @Test
    void aCountOfMoreItemsThanACommandHoldsIsCutIntoSeveral() {
        List<CountLine> lines = new ArrayList<>();
        for (int i = 0; i < 2_345; i++) {
            lines.add(CountLine.newBuilder()
                    .setItem(io.stockledger.v1.ItemRef.newBuilder().setSku("S" + i))
                    .setQuantity("1")
                    .build());
        }
        assertThat(ScanCommands.piecesOf(lines)).extracting(List::size).containsExactly(1_000, 1_000, 345);
    }

    @Test
    void theSameScanInTheSameStateIsTheSameCommandToTheByte() {
        DeviceState before = state;
        Command first = sent("]C1010400638133393110L7");
        state = before;
        assertThat(sent("]C1010400638133393110L7").toByteString()).isEqualTo(first.toByteString());
    }

    @Test
    void goodsFromNobodyAreParkedUntilAnOrderIsNamed() {
        ScanRules from = rules(PlainTextPolicy.PARK, "");
        ScanInterpreter asking = new ScanInterpreter(from);
        Interpretation first = asking.interpret(DeviceState.first(from), MILK, "id", NOON);
        assertThat(first)
                .isInstanceOfSatisfying(
                        Interpretation.Park.class,
                        park -> assertThat(park.reason()).isEqualTo("NO_SUPPLIER"));
        Interpretation named = asking.interpret(first.state(), PREFIX + "PO-4711", "id", NOON);
        assertThat(asking.interpret(named.state(), MILK, "id", NOON)).isInstanceOf(Interpretation.Send.class);
    }

    private void control(String order) {
        assertThat(meaning(PREFIX + order)).isInstanceOf(Interpretation.Told.class);
    }

    private Command sent(String frame) {
        Interpretation meaning = meaning(frame);
        assertThat(meaning).isInstanceOf(Interpretation.Send.class);
        return ((Interpretation.Send) meaning).command();
    }

    private String parked(String frame) {
        Interpretation meaning = meaning(frame);
        assertThat(meaning).isInstanceOf(Interpretation.Park.class);
        return ((Interpretation.Park) meaning).reason();
    }

    private Interpretation meaning(String frame) {
        Interpretation meaning = interpreter.interpret(state, frame, "id", NOON);
        state = meaning.state();
        return meaning;
    }

    private static ScanRules rules(PlainTextPolicy plainText) {
        return rules(plainText, "dairy");
    }

    private static ScanRules rules(PlainTextPolicy plainText, String supplier) {
        return new ScanRules(
                "till-1",
                "berlin-1",
                "store",
                "EUR",
                Mode.RECEIVE,
                PREFIX,
                supplier,
                "",
                "returned",
                Disposition.DISPOSITION_QUARANTINE,
                plainText,
                UpcEForm.EXPANDED,
                '\u001d',
                List.of(new InStoreScheme("21IIIIIWWWWWC", 3, 2)));
    }
}
