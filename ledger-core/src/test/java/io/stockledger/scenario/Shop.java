package io.stockledger.scenario;

import io.stockledger.adjustment.AdjustStock;
import io.stockledger.adjustment.AdjustmentReason;
import io.stockledger.adjustment.RecordCount;
import io.stockledger.adjustment.TransferStock;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.DocumentRef.Kind;
import io.stockledger.document.Fact;
import io.stockledger.item.Barcode;
import io.stockledger.item.ItemFact.BarcodeAssigned;
import io.stockledger.item.ItemFact.ItemRegistered;
import io.stockledger.item.ItemLines.Asked;
import io.stockledger.item.ItemRef;
import io.stockledger.location.LocationFact.LocationOpened;
import io.stockledger.location.LocationKind;
import io.stockledger.order.ConfirmReservation;
import io.stockledger.order.Price;
import io.stockledger.order.RecordSale;
import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.receiving.ReceiveGoods;
import io.stockledger.reservation.ReleaseReservation;
import io.stockledger.reservation.ReserveStock;
import io.stockledger.returns.ProcessReturn;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.Disposition;
import io.stockledger.stock.Hold;
import io.stockledger.stock.Posting;
import io.stockledger.stock.SetChannelProtection;
import io.stockledger.stock.SetSafetyStock;
import io.stockledger.stock.Shortage;
import io.stockledger.stock.StockFact.Cause;
import io.stockledger.stock.StockFact.StockMoved;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A small chain that most scenarios play in: two shops, a warehouse, tea by the piece and cheese by weight. */
public final class Shop {

    public static final String BERLIN = "berlin-1";
    public static final String HAMBURG = "hamburg-1";
    public static final String WAREHOUSE = "warehouse-1";
    public static final String WEB = "web";
    public static final String POS = "pos";
    public static final String TEA = "tea";
    public static final String CUP = "cup";
    public static final String CHEESE = "cheese";
    public static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    private Shop() {}

    /** Two shops and a warehouse are open; tea, cups and cheese are known. */
    public static Fact[] chain(Fact... more) {
        Stream<Fact> basics = Stream.of(
                open(BERLIN, LocationKind.SHOP),
                open(HAMBURG, LocationKind.SHOP),
                open(WAREHOUSE, LocationKind.WAREHOUSE),
                item(TEA, Unit.PIECE),
                item(CUP, Unit.PIECE),
                item(CHEESE, Unit.KILOGRAM));
        return Stream.concat(basics, Stream.of(more)).toArray(Fact[]::new);
    }

    public static Fact open(String location, LocationKind kind) {
        return new LocationOpened(location, "The one in " + location, kind);
    }

    public static Fact item(String sku, Unit unit) {
        return new ItemRegistered(sku, "Best " + sku, unit, List.of());
    }

    public static Fact barcode(String code, String packSize, String sku) {
        return new BarcodeAssigned(new Barcode(code, new BigDecimal(packSize)), sku);
    }

    /** @param quantity for example {@code "10 piece"} */
    public static Fact stocked(String sku, String location, String quantity) {
        return moved(Cause.RECEIVED, sku, location, Bucket.SUPPLIER, Bucket.SELLABLE, quantity);
    }

    public static StockMoved moved(Cause cause, String sku, String location, Bucket from, Bucket to, String quantity) {
        Posting posting = new Posting(from, to, Quantity.parse(quantity));
        return new StockMoved(sku, location, cause, null, List.of(posting), Map.of(), null, null);
    }

    public static StockMoved sold(
            String channel, String sku, String location, String quantity, Map<String, String> used, @Nullable Hold of) {
        Posting posting = new Posting(Bucket.SELLABLE, Bucket.CUSTOMER, Quantity.parse(quantity));
        Map<String, Quantity> protectionUsed = new HashMap<>();
        used.forEach((name, text) -> protectionUsed.put(name, Quantity.parse(text)));
        return new StockMoved(sku, location, Cause.SOLD, channel, List.of(posting), protectionUsed, of, null);
    }

    /** A hold that no protection is counted for. */
    public static Hold hold(String reservation, String channel, String quantity, Instant endsAt) {
        Quantity held = Quantity.parse(quantity);
        return new Hold(reservation, channel, held, Quantity.zero(held.unit()), endsAt);
    }

    public static Asked goods(String sku, String quantity) {
        return new Asked(ItemRef.sku(sku), new BigDecimal(quantity));
    }

    public static Asked scanned(String barcode, String quantity) {
        return new Asked(ItemRef.barcode(barcode), new BigDecimal(quantity));
    }

    public static Shortage shortage(String sku, String location, String requested, String available) {
        return new Shortage(sku, location, Quantity.parse(requested), Quantity.parse(available));
    }

    public static DocumentRef document(Kind kind, String id) {
        return new DocumentRef(kind, id);
    }

    /** For half an hour. */
    public static ReserveStock reserve(String id, String channel, @Nullable String location, Asked... goods) {
        return new ReserveStock(document(Kind.RESERVATION, id), channel, location, HALF_AN_HOUR, List.of(goods));
    }

    public static ReleaseReservation release(String id, String reservation) {
        return new ReleaseReservation(document(Kind.INSTRUCTION, id), reservation, null);
    }

    public static ConfirmReservation confirm(String sale, String reservation) {
        return new ConfirmReservation(
                document(Kind.ORDER, sale), reservation, null, Map.of(), List.of(), List.of(), null, null);
    }

    public static RecordSale sale(String id, String channel, String location, Asked... goods) {
        return sale(id, channel, location, null, false, goods);
    }

    public static RecordSale handedOver(String id, String channel, String location, Asked... goods) {
        return sale(id, channel, location, null, true, goods);
    }

    public static RecordSale sale(
            String id,
            String channel,
            String location,
            @Nullable String reservation,
            boolean handedOver,
            Asked... goods) {
        List<RecordSale.Line> lines = Stream.of(goods)
                .map(line -> new RecordSale.Line(line, Price.NONE))
                .toList();
        return new RecordSale(
                document(Kind.ORDER, id),
                channel,
                location,
                null,
                lines,
                List.of(),
                List.of(),
                null,
                reservation,
                handedOver);
    }

    public static ReceiveGoods receive(String id, String location, Asked... goods) {
        List<ReceiveGoods.Line> lines = Stream.of(goods)
                .map(line -> new ReceiveGoods.Line(line, null, null, List.of(), null))
                .toList();
        return new ReceiveGoods(document(Kind.RECEIPT, id), location, "supplier-1", null, lines);
    }

    /** As sellable. */
    public static ProcessReturn giveBack(String id, String location, @Nullable String sale, Asked... goods) {
        return giveBack(id, location, sale, Disposition.SELLABLE, goods);
    }

    public static ProcessReturn giveBack(
            String id, String location, @Nullable String sale, Disposition disposition, Asked... goods) {
        List<ProcessReturn.Line> lines = Stream.of(goods)
                .map(line -> new ProcessReturn.Line(line, null, disposition))
                .toList();
        return new ProcessReturn(document(Kind.RETURN, id), POS, location, sale, lines, List.of(), List.of());
    }

    /** Of sellable units. */
    public static AdjustStock adjust(String id, String location, AdjustmentReason reason, Asked... goods) {
        List<AdjustStock.Line> lines = Stream.of(goods)
                .map(line -> new AdjustStock.Line(line, Disposition.SELLABLE))
                .toList();
        return new AdjustStock(document(Kind.ADJUSTMENT, id), location, reason, null, lines);
    }

    public static RecordCount count(String id, String location, Asked... goods) {
        return new RecordCount(document(Kind.COUNT, id), location, List.of(goods));
    }

    public static TransferStock transfer(String id, String from, String to, Asked... goods) {
        return new TransferStock(document(Kind.TRANSFER, id), from, to, List.of(goods));
    }

    public static SetSafetyStock keepBack(String id, String sku, String location, String quantity) {
        return new SetSafetyStock(document(Kind.INSTRUCTION, id), sku, location, new BigDecimal(quantity));
    }

    public static SetChannelProtection protect(
            String id, String sku, String location, String channel, String quantity) {
        return new SetChannelProtection(
                document(Kind.INSTRUCTION, id), sku, location, channel, new BigDecimal(quantity));
    }
}
