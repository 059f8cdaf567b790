package io.stockledger.document;

import static io.stockledger.scenario.Shop.document;
import static io.stockledger.scenario.Shop.goods;
import static io.stockledger.scenario.Shop.scanned;

import io.stockledger.adjustment.AdjustStock;
import io.stockledger.adjustment.AdjustmentReason;
import io.stockledger.adjustment.ReclassifyStock;
import io.stockledger.adjustment.RecordCount;
import io.stockledger.adjustment.TransferStock;
import io.stockledger.document.DocumentRef.Kind;
import io.stockledger.item.Barcode;
import io.stockledger.item.ItemLines.Asked;
import io.stockledger.item.RegisterItem;
import io.stockledger.location.LocationKind;
import io.stockledger.location.OpenLocation;
import io.stockledger.order.Charge;
import io.stockledger.order.ConfirmReservation;
import io.stockledger.order.Price;
import io.stockledger.order.RecordSale;
import io.stockledger.order.Tender;
import io.stockledger.quantity.Unit;
import io.stockledger.receiving.ReceiveGoods;
import io.stockledger.reservation.ChangeReservation;
import io.stockledger.reservation.ExtendReservation;
import io.stockledger.reservation.ReleaseReservation;
import io.stockledger.reservation.ReserveStock;
import io.stockledger.returns.ProcessReturn;
import io.stockledger.stock.Disposition;
import io.stockledger.stock.SetChannelProtection;
import io.stockledger.stock.SetSafetyStock;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.joda.money.BigMoney;
import org.jspecify.annotations.Nullable;

/**
 * Every command in full, its digest, and what each field may be changed to. The digests are stored with documents and
 * never change.
 */
final class CommandCases {

    private static final Price PRICE = price("EUR 2.50", "EUR 0.40", "EUR 0.10");
    private static final Charge CHARGE = new Charge("POSTAGE", "2nd class", BigMoney.parse("EUR 1.5"));
    private static final Tender TENDER = new Tender("cash", BigMoney.parse("EUR 4"));

    private CommandCases() {}

    /** A command in full, and what it may be changed to, field by field. */
    record Case(Command command, String digest, Map<String, List<Object>> others) {}

    static List<Case> all() {
        return List.of(
                new Case(
                        new ReserveStock(
                                document(Kind.RESERVATION, "1"),
                                "web",
                                "b",
                                Duration.ofMinutes(5),
                                lines(goods("tea", "1.5"))),
                        "ygG5Xp5U7IZw9f9erXJd_ATHoY8_VM",
                        Map.of(
                                "channel", List.of("pos"),
                                "location", list("h", null),
                                "timeToLive", List.of(Duration.ofMinutes(6)),
                                "lines", otherGoods())),
                new Case(
                        new ExtendReservation(document(Kind.INSTRUCTION, "1"), "r", Duration.ofMinutes(5), null),
                        "HYo_OTB_fAi9U1-bidp0ogMZ8_",
                        Map.of("reservation", List.of("q"), "timeToLive", List.of(Duration.ofMinutes(6)))),
                new Case(
                        new ChangeReservation(
                                document(Kind.INSTRUCTION, "1"),
                                "r",
                                "b",
                                Duration.ofMinutes(5),
                                lines(goods("tea", "1.5")),
                                null),
                        "O1oizp83BiTWLBeiF9Ut8AMZoY8_VM",
                        Map.of(
                                "reservation", List.of("q"),
                                "location", list("h", null),
                                "timeToLive", list(Duration.ofMinutes(6), null),
                                "lines", otherGoods())),
                new Case(
                        new ReleaseReservation(document(Kind.INSTRUCTION, "1"), "r", null),
                        "gGglz939QZZcCgJShRvAiQMZ",
                        Map.of("reservation", List.of("q"))),
                new Case(
                        new ConfirmReservation(
                                document(Kind.ORDER, "1"),
                                "r",
                                "till",
                                Map.of("tea", PRICE),
                                List.of(CHARGE),
                                List.of(TENDER),
                                "c",
                                null),
                        "0h3RPi2vUhFszPKhqwg6UQMZVc-aLfFs0v",
                        Map.of(
                                "reservation", List.of("q"),
                                "register", list("pad", null),
                                "prices", list(Map.of(), Map.of("cup", PRICE), Map.of("tea", Price.NONE)),
                                "charges", otherCharges(),
                                "tenders", otherTenders(),
                                "customer", list("d", null))),
                new Case(
                        new RecordSale(
                                document(Kind.ORDER, "1"),
                                "web",
                                "b",
                                "till",
                                List.of(new RecordSale.Line(goods("tea", "1.5"), PRICE)),
                                List.of(CHARGE),
                                List.of(TENDER),
                                "c",
                                "r",
                                false),
                        "9HoWgQNAPqKeOuPIiom8IQTHoYVc-aMZp9RtFs0v",
                        Map.of(
                                "channel", List.of("pos"),
                                "location", List.of("h"),
                                "register", list("pad", null),
                                "lines", otherSaleLines(),
                                "charges", otherCharges(),
                                "tenders", otherTenders(),
                                "customer", list("d", null),
                                "reservation", list("q", null),
                                "handedOver", List.of(true))),
                new Case(
                        new ReceiveGoods(
                                document(Kind.RECEIPT, "1"),
                                "b",
                                "s",
                                "po",
                                List.of(receiptLine(
                                        "2", "lot", LocalDate.of(2027, 1, 31), List.of("x", "y"), "EUR 1.50"))),
                        "OtcbF7Qe4lV7dQR_a6xWSwoYabyDHg",
                        Map.of(
                                "location", List.of("h"),
                                "supplier", list("t", null),
                                "purchaseOrder", list("op", null),
                                "lines",
                                        list(
                                                List.of(receiptLine(
                                                        "2",
                                                        "l",
                                                        LocalDate.of(2027, 1, 31),
                                                        List.of("x", "y"),
                                                        "EUR 1.5")),
                                                List.of(receiptLine("2", "lot", null, List.of("x", "y"), "EUR 1.5")),
                                                List.of(receiptLine(
                                                        "2",
                                                        "lot",
                                                        LocalDate.of(2027, 1, 31),
                                                        List.of("y", "x"),
                                                        "EUR 1.5")),
                                                List.of(receiptLine(
                                                        "2", "lot", LocalDate.of(2027, 1, 31), List.of(), "EUR 1.5")),
                                                List.of(receiptLine(
                                                        "3", "lot", LocalDate.of(2027, 1, 31), List.of(), "EUR 1.5")),
                                                List.of(receiptLine(
                                                        "2",
                                                        "lot",
                                                        LocalDate.of(2027, 1, 31),
                                                        List.of("x", "y"),
                                                        "USD 1.5"))))),
                new Case(
                        new ProcessReturn(
                                document(Kind.RETURN, "1"),
                                "web",
                                "b",
                                "s",
                                List.of(new ProcessReturn.Line(goods("tea", "1.5"), "why", Disposition.DAMAGED)),
                                List.of(CHARGE),
                                List.of(TENDER)),
                        "drSIKIpKE8IT7AYU3-2FRgTHoYabX4Fs0v",
                        Map.of(
                                "channel", List.of("pos"),
                                "location", List.of("h"),
                                "order", list("t", null),
                                "lines",
                                        list(
                                                List.of(new ProcessReturn.Line(
                                                        goods("tea", "2"), "why", Disposition.DAMAGED)),
                                                List.of(new ProcessReturn.Line(
                                                        goods("tea", "1.5"), null, Disposition.DAMAGED)),
                                                List.of(new ProcessReturn.Line(
                                                        goods("tea", "1.5"), "why", Disposition.DISPOSED))),
                                "charges", otherCharges(),
                                "refunds", otherTenders())),
                new Case(
                        new AdjustStock(
                                document(Kind.ADJUSTMENT, "1"),
                                "b",
                                AdjustmentReason.CORRECTION,
                                "note",
                                List.of(new AdjustStock.Line(goods("tea", "-1.5"), Disposition.SELLABLE))),
                        "EufMvk1UJcxnZDx3GqeXQgoYyWhy9b",
                        Map.of(
                                "location", List.of("h"),
                                "reason", List.of(AdjustmentReason.LOST),
                                "note", list("nota", null),
                                "lines",
                                        list(
                                                List.of(new AdjustStock.Line(
                                                        goods("tea", "1.5"), Disposition.SELLABLE)),
                                                List.of(new AdjustStock.Line(
                                                        goods("tea", "-1.5"), Disposition.DAMAGED))))),
                new Case(
                        new RecordCount(document(Kind.COUNT, "1"), "b", lines(goods("tea", "1.5"))),
                        "dxO_3oAbnhPMyw8WxNDbNAoYVM",
                        Map.of("location", List.of("h"), "lines", otherGoods())),
                new Case(
                        new TransferStock(document(Kind.TRANSFER, "1"), "b", "h", lines(goods("tea", "1.5"))),
                        "_MGwHoKxj6gi8AGjr_BHzwoY28VM",
                        Map.of("from", List.of("a"), "to", List.of("a"), "lines", otherGoods())),
                new Case(
                        new ReclassifyStock(
                                document(Kind.RECLASSIFICATION, "1"),
                                "b",
                                Disposition.DAMAGED,
                                Disposition.SELLABLE,
                                "note",
                                lines(goods("tea", "1.5"))),
                        "j5MNtGLbPGbLescj4kgLbAoY6ZzYhyVM",
                        Map.of(
                                "location", List.of("h"),
                                "from", List.of(Disposition.QUARANTINE),
                                "to", List.of(Disposition.DISPOSED),
                                "note", list("nota", null),
                                "lines", otherGoods())),
                new Case(
                        new SetSafetyStock(document(Kind.INSTRUCTION, "1"), "tea", "b", new BigDecimal("1.5")),
                        "iGV7_q7fo6M03JcpzzP4Www4oY4I",
                        Map.of(
                                "sku", List.of("cup"),
                                "location", List.of("h"),
                                "quantity", List.of(new BigDecimal("15")))),
                new Case(
                        new SetChannelProtection(
                                document(Kind.INSTRUCTION, "1"), "tea", "b", "web", new BigDecimal("1.5")),
                        "iLv0JqQHXLz5gvo7zgMjOAw4oYTH4I",
                        Map.of(
                                "sku", List.of("cup"),
                                "location", List.of("h"),
                                "channel", List.of("pos"),
                                "quantity", List.of(new BigDecimal("15")))),
                new Case(
                        new RegisterItem(
                                document(Kind.INSTRUCTION, "1"),
                                "tea",
                                "Tea",
                                Unit.KILOGRAM,
                                List.of(new Barcode("123", new BigDecimal("1.5"))),
                                null),
                        "AWsqAqqIbqW7VD_dsIbGOQw4QjaNMd",
                        Map.of(
                                "sku", List.of("cup"),
                                "itemName", List.of("Cup"),
                                "unit", List.of(Unit.LITRE),
                                "barcodes",
                                        list(
                                                List.of(),
                                                List.of(new Barcode("124", new BigDecimal("1.5"))),
                                                List.of(new Barcode("123", new BigDecimal("1.5"), true)),
                                                List.of(new Barcode("123", new BigDecimal("15")))))),
                new Case(
                        new OpenLocation(document(Kind.INSTRUCTION, "1"), "b", "Berlin", LocationKind.SHOP),
                        "cVPoQI52hUyDnJ2CfMN_ugoY0jje",
                        Map.of(
                                "location", List.of("h"),
                                "locationName", List.of("Hamburg"),
                                "kind", List.of(LocationKind.WAREHOUSE))));
    }

    /** What callers call a field, in lower case: the same, or with what it is besides. */
    static String wireName(String component) {
        return switch (component) {
            case "handedOver" -> "goodshandedover";
            case "itemName", "locationName" -> "name";
            case "from", "to" -> component + "(location)?";
            default -> component.toLowerCase(Locale.ROOT) + "(id|reference)?";
        };
    }

    static Price price(String unitPrice, String tax, String discount) {
        return new Price(BigMoney.parse(unitPrice), BigMoney.parse(tax), BigMoney.parse(discount));
    }

    private static ReceiveGoods.Line receiptLine(
            String quantity, String lot, @Nullable LocalDate expiry, List<String> serials, String unitCost) {
        return new ReceiveGoods.Line(goods("tea", quantity), lot, expiry, serials, BigMoney.parse(unitCost));
    }

    private static List<Asked> lines(Asked... lines) {
        return List.of(lines);
    }

    private static List<Object> otherGoods() {
        return list(
                lines(goods("tea", "15")),
                lines(goods("cup", "1.5")),
                lines(scanned("tea", "1.5")),
                lines(goods("tea", "1.5"), goods("tea", "1.5")));
    }

    private static List<Object> otherSaleLines() {
        return list(
                List.of(),
                List.of(new RecordSale.Line(goods("tea", "15"), PRICE)),
                List.of(new RecordSale.Line(scanned("tea", "1.5"), PRICE)),
                List.of(new RecordSale.Line(goods("tea", "1.5"), Price.NONE)),
                List.of(new RecordSale.Line(goods("tea", "1.5"), price("USD 2.5", "EUR 0.4", "EUR 0.1"))),
                List.of(new RecordSale.Line(goods("tea", "1.5"), price("EUR 2.5", "EUR 0.1", "EUR 0.4"))));
    }

    private static List<Object> otherCharges() {
        return list(
                List.of(),
                List.of(CHARGE, CHARGE),
                List.of(new Charge("FEE", "2nd class", CHARGE.amount())),
                List.of(new Charge("POSTAGE", null, CHARGE.amount())),
                List.of(new Charge("POSTAGE", "2nd class", BigMoney.parse("EUR 15"))));
    }

    private static List<Object> otherTenders() {
        return list(
                List.of(),
                List.of(new Tender("card", TENDER.amount())),
                List.of(new Tender("cash", BigMoney.parse("EUR 40"))));
    }

    private static List<Object> list(@Nullable Object... values) {
        return new ArrayList<>(Arrays.asList(values));
    }
}
