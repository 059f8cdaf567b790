package io.stockledger.eventstore;

import io.stockledger.adjustment.AdjustmentFact.AdjustedLine;
import io.stockledger.adjustment.AdjustmentFact.CountedItem;
import io.stockledger.adjustment.AdjustmentFact.ShiftedItem;
import io.stockledger.adjustment.AdjustmentFact.StockAdjusted;
import io.stockledger.adjustment.AdjustmentFact.StockCounted;
import io.stockledger.adjustment.AdjustmentFact.StockReclassified;
import io.stockledger.adjustment.AdjustmentFact.StockTransferred;
import io.stockledger.adjustment.AdjustmentReason;
import io.stockledger.adjustment.AdjustmentRefusal;
import io.stockledger.document.DocumentFact.CommandRefused;
import io.stockledger.document.DocumentFact.InstructionAccepted;
import io.stockledger.document.DocumentRefusal;
import io.stockledger.document.PostedLine;
import io.stockledger.document.Refusal;
import io.stockledger.item.Barcode;
import io.stockledger.item.ItemFact.BarcodeAssigned;
import io.stockledger.item.ItemFact.BarcodeWithdrawn;
import io.stockledger.item.ItemFact.ItemChanged;
import io.stockledger.item.ItemFact.ItemRegistered;
import io.stockledger.item.ItemRefusal;
import io.stockledger.ledger.RefusalCatalogue;
import io.stockledger.location.LocationFact.LocationOpened;
import io.stockledger.location.LocationKind;
import io.stockledger.location.LocationRefusal;
import io.stockledger.order.Charge;
import io.stockledger.order.OrderFact.OrderReturned;
import io.stockledger.order.OrderFact.ReturnedItem;
import io.stockledger.order.OrderFact.SaleRecorded;
import io.stockledger.order.OrderFact.SoldLine;
import io.stockledger.order.OrderRefusal;
import io.stockledger.order.Price;
import io.stockledger.order.Tender;
import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.receiving.ReceivingFact.GoodsReceived;
import io.stockledger.receiving.ReceivingFact.ReceivedLine;
import io.stockledger.reservation.ReservationFact.ReservationChanged;
import io.stockledger.reservation.ReservationFact.ReservationConfirmed;
import io.stockledger.reservation.ReservationFact.ReservationMade;
import io.stockledger.reservation.ReservationFact.ReservationReleased;
import io.stockledger.reservation.ReservationFact.ReservedLine;
import io.stockledger.reservation.ReservationRefusal;
import io.stockledger.returns.ReturnFact.ReturnProcessed;
import io.stockledger.returns.ReturnFact.ReturnedLine;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.Counts;
import io.stockledger.stock.Disposition;
import io.stockledger.stock.Hold;
import io.stockledger.stock.Posting;
import io.stockledger.stock.Protection;
import io.stockledger.stock.Shortage;
import io.stockledger.stock.StockFact.Cause;
import io.stockledger.stock.StockFact.ChannelProtectionSet;
import io.stockledger.stock.StockFact.CountTaken;
import io.stockledger.stock.StockFact.ReservationsLapsed;
import io.stockledger.stock.StockFact.SafetyStockSet;
import io.stockledger.stock.StockFact.StockMoved;
import io.stockledger.stock.StockFact.StockReleased;
import io.stockledger.stock.StockFact.StockReserved;
import io.stockledger.stock.StockRefusal;
import io.stockledger.stock.StockSnapshot;
import io.stockledger.stock.WhereaboutsFact.FirstStocked;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.joda.money.BigMoney;

/** One of everything that is stored, by the name of its golden file. */
final class SampleFacts {

    private static final Instant END = Instant.parse("2026-03-02T12:30:00.000001Z");
    private static final Quantity THREE = Quantity.parse("3 piece");
    private static final Quantity CHEESE = Quantity.parse("1.255 kg");
    private static final Hold HOLD = new Hold("r-1", "web", THREE, Quantity.parse("2 piece"), END);
    private static final Hold ALLOCATION = new Hold("s-1/1", "web", THREE, Quantity.zero(Unit.PIECE), null);
    private static final Price PRICE =
            new Price(BigMoney.parse("EUR 2.55"), BigMoney.parse("EUR 0.407143"), BigMoney.parse("EUR -0.10"));
    private static final List<Charge> CHARGES =
            List.of(new Charge("POSTAGE", "2nd class – Grüße", BigMoney.parse("GBP 1.50")));
    private static final List<Tender> TENDERS = List.of(new Tender("cash", BigMoney.parse("EUR 4.05")));
    private static final List<Shortage> SHORTAGES =
            List.of(new Shortage("tea", "berlin-1", THREE, Quantity.parse("-1 piece")));

    private SampleFacts() {}

    static Map<String, Object> all() {
        Map<String, Object> samples = new LinkedHashMap<>();
        stock(samples);
        documents(samples);
        register(samples);
        refusals()
                .forEach((name, refusal) ->
                        samples.put(name, new CommandRefused("record-sale", refusal, Set.of("berlin-1", "atlantis"))));
        return samples;
    }

    private static void stock(Map<String, Object> samples) {
        samples.put(
                "stock-moved.1",
                new StockMoved(
                        "tea",
                        "berlin-1",
                        Cause.SOLD,
                        "pos",
                        List.of(new Posting(Bucket.SELLABLE, Bucket.CUSTOMER, THREE)),
                        Map.of("web", THREE),
                        HOLD,
                        null));
        samples.put(
                "stock-moved.1.bare",
                new StockMoved(
                        "cheese",
                        "berlin-1",
                        Cause.RECEIVED,
                        null,
                        List.of(new Posting(Bucket.SUPPLIER, Bucket.SELLABLE, CHEESE)),
                        Map.of(),
                        null,
                        null));
        samples.put(
                "stock-moved.1.counted",
                new StockMoved(
                        "tea",
                        "berlin-1",
                        Cause.COUNTED,
                        null,
                        List.of(new Posting(Bucket.SELLABLE, Bucket.LOST, THREE)),
                        Map.of(),
                        null,
                        "c-1"));
        samples.put("count-taken.1", new CountTaken("tea", "berlin-1", "c-1", THREE));
        samples.put("stock-reserved.1", new StockReserved("tea", "berlin-1", HOLD));
        samples.put("stock-released.1", new StockReleased("tea", "berlin-1", HOLD));
        samples.put("reservations-lapsed.1", new ReservationsLapsed("tea", "berlin-1", List.of(HOLD)));
        samples.put("stock-reserved.1.open-ended", new StockReserved("tea", "berlin-1", ALLOCATION));
        samples.put("first-stocked.1", new FirstStocked("tea", "berlin-1"));
        samples.put("safety-stock-set.1", new SafetyStockSet("cheese", "berlin-1", CHEESE));
        samples.put("channel-protection-set.1", new ChannelProtectionSet("tea", "berlin-1", "web", THREE));
        samples.put(
                "stock-snapshot.1",
                new StockSnapshot(
                        Unit.PIECE,
                        Map.of(Bucket.SELLABLE, THREE, Bucket.SUPPLIER, THREE.negated()),
                        Quantity.zero(Unit.PIECE),
                        Map.of("web", new Protection(THREE, Quantity.zero(Unit.PIECE), Quantity.parse("2 piece"))),
                        List.of(HOLD, ALLOCATION),
                        List.of(new Counts.Taken("c-1", Instant.parse("2026-03-02T12:00:00Z"), THREE.negated()))));
    }

    private static void documents(Map<String, Object> samples) {
        samples.put(
                "instruction-accepted.1",
                new InstructionAccepted(
                        "release-reservation",
                        "reservation:r-1",
                        2,
                        Set.of("berlin-1"),
                        END,
                        List.of(new PostedLine("tea", "berlin-1", THREE, Quantity.parse("1 piece")))));
        samples.put(
                "reservation-made.1",
                new ReservationMade("r-1", "web", END, List.of(new ReservedLine("tea", "berlin-1", THREE))));
        List<ReservedLine> held = List.of(new ReservedLine("tea", "berlin-1", THREE));
        samples.put("reservation-changed.1", new ReservationChanged("r-1", END, held, "s-1", Set.of("berlin-1")));
        samples.put("reservation-released.1", new ReservationReleased("r-1", held));
        samples.put("reservation-confirmed.1", new ReservationConfirmed("r-1", "s-1", held));
        samples.put(
                "sale-recorded.1",
                new SaleRecorded(
                        "s-1",
                        "pos",
                        "berlin-1",
                        "till-2",
                        List.of(new SoldLine(
                                "tea", "berlin-1", THREE, PRICE, "4006381333931", Quantity.parse("1 piece"))),
                        CHARGES,
                        TENDERS,
                        "c-77",
                        "r-1",
                        null));
        samples.put(
                "sale-recorded.1.lapsed",
                new SaleRecorded("s-1", "web", null, null, List.of(), CHARGES, List.of(), null, "r-1", END));
        samples.put(
                "sale-recorded.1.bare",
                new SaleRecorded(
                        "s-1",
                        "pos",
                        null,
                        null,
                        List.of(new SoldLine("cheese", "berlin-1", CHEESE, Price.NONE, null, null)),
                        List.of(),
                        List.of(),
                        null,
                        null,
                        null));
        samples.put(
                "order-returned.1",
                new OrderReturned(
                        "s-1",
                        "b-1",
                        "hamburg-1",
                        List.of(new ReturnedItem("tea", THREE)),
                        Set.of("hamburg-1", "berlin-1")));
        samples.put(
                "goods-received.1",
                new GoodsReceived(
                        "d-1",
                        "berlin-1",
                        "supplier-1",
                        "po-7",
                        List.of(new ReceivedLine(
                                "tea",
                                THREE,
                                "4006381333931",
                                "lot-1",
                                LocalDate.of(2027, 1, 31),
                                List.of("a", "b", "c"),
                                BigMoney.parse("EUR 1.999")))));
        samples.put(
                "goods-received.1.bare",
                new GoodsReceived(
                        "d-1",
                        "berlin-1",
                        null,
                        null,
                        List.of(new ReceivedLine("cheese", CHEESE, null, null, null, List.of(), null))));
        samples.put(
                "return-processed.1",
                new ReturnProcessed(
                        "b-1",
                        "web",
                        "hamburg-1",
                        "s-1",
                        List.of(new ReturnedLine(
                                "tea", THREE, "4006381333931", "too \"bitter\"", Disposition.QUARANTINE)),
                        CHARGES,
                        TENDERS));
        samples.put(
                "return-processed.1.bare",
                new ReturnProcessed(
                        "b-1",
                        "web",
                        "hamburg-1",
                        null,
                        List.of(new ReturnedLine("tea", THREE, null, null, Disposition.DISPOSED)),
                        List.of(),
                        List.of()));
        samples.put(
                "stock-adjusted.1",
                new StockAdjusted(
                        "a-1",
                        "berlin-1",
                        AdjustmentReason.GIVEN_AWAY,
                        "to the neighbours",
                        List.of(new AdjustedLine("tea", THREE.negated(), Disposition.DAMAGED, "4006381333931"))));
        samples.put(
                "stock-adjusted.1.bare",
                new StockAdjusted(
                        "a-1",
                        "berlin-1",
                        AdjustmentReason.OPENING_BALANCE,
                        null,
                        List.of(new AdjustedLine("tea", THREE, Disposition.SELLABLE, null))));
        samples.put(
                "stock-counted.1",
                new StockCounted(
                        "c-1", "berlin-1", List.of(new CountedItem("tea", THREE, Quantity.parse("-2 piece")))));
        samples.put(
                "stock-transferred.1",
                new StockTransferred("t-1", "berlin-1", "hamburg-1", List.of(new ShiftedItem("tea", THREE))));
        samples.put(
                "stock-reclassified.1",
                new StockReclassified(
                        "x-1",
                        "berlin-1",
                        Disposition.QUARANTINE,
                        Disposition.SELLABLE,
                        "checked",
                        List.of(new ShiftedItem("tea", THREE))));
    }

    private static void register(Map<String, Object> samples) {
        Barcode pack = new Barcode("14006381333938", new BigDecimal("12"));
        samples.put("item-registered.1", new ItemRegistered("tea", "Tea, green", Unit.PIECE, List.of(pack)));
        samples.put("item-changed.1", new ItemChanged("tea", "Tea", List.of()));
        samples.put("barcode-assigned.1", new BarcodeAssigned(pack, "tea"));
        samples.put(
                "barcode-assigned.1.in-house",
                new BarcodeAssigned(new Barcode("10000017", BigDecimal.ONE, true), "tea"));
        samples.put("barcode-withdrawn.1", new BarcodeWithdrawn("14006381333938", "tea"));
        samples.put("location-opened.1", new LocationOpened("berlin-1", "Berlin Mitte", LocationKind.SHOP));
    }

    /** By the name of the file that holds a refused command. */
    private static Map<String, Refusal> refusals() {
        Map<String, Refusal> files = new LinkedHashMap<>();
        for (Refusal refusal : List.of(
                new DocumentRefusal.IdReused("order:s-1", List.of("lines", "occasion.device")),
                new DocumentRefusal.LocationNotAllowed("berlin-1"),
                new AdjustmentRefusal.CountedTooLongAgo("tea", "berlin-1", Instant.parse("2026-03-02T12:00:00Z")),
                new LocationRefusal.UnknownLocation("atlantis"),
                new ItemRefusal.UnknownItem("unicorn"),
                new ItemRefusal.UnknownBarcode("123"),
                new ItemRefusal.QuantityDoesNotFitUnit("tea", new BigDecimal("0.50"), Unit.PIECE),
                new OrderRefusal.UnknownOrder("s-1"),
                new ReservationRefusal.UnknownReservation("r-1"),
                new ReservationRefusal.ReservationEnded("r-1", "it became order s-1", Set.of("hamburg-1", "berlin-1")),
                new ReservationRefusal.ReservationLapsed("r-1", END, Set.of("berlin-1")),
                new DocumentRefusal.VersionMoved("item:tea", 3, 4),
                new StockRefusal.InsufficientStock("web", SHORTAGES),
                new StockRefusal.NotOnHand(Disposition.DAMAGED, SHORTAGES),
                new StockRefusal.HeldByReservations(SHORTAGES),
                new OrderRefusal.ReturnExceedsOrder("s-1", SHORTAGES),
                new ItemRefusal.UnitIsFixed("tea", Unit.PIECE, Unit.KILOGRAM),
                new ItemRefusal.BarcodeTaken("14006381333938", "tea"),
                new LocationRefusal.LocationIsOpen("berlin-1", "Berlin Mitte"))) {
            files.put("command-refused.1." + RefusalCatalogue.of(refusal).reason(), refusal);
        }
        return files;
    }
}
