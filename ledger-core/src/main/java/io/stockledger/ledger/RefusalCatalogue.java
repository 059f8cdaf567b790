package io.stockledger.ledger;

import io.stockledger.adjustment.AdjustmentRefusal.CountedTooLongAgo;
import io.stockledger.document.Category;
import io.stockledger.document.DocumentRefusal.IdReused;
import io.stockledger.document.DocumentRefusal.LocationNotAllowed;
import io.stockledger.document.DocumentRefusal.VersionMoved;
import io.stockledger.document.Refusal;
import io.stockledger.item.ItemRefusal.BarcodeTaken;
import io.stockledger.item.ItemRefusal.QuantityDoesNotFitUnit;
import io.stockledger.item.ItemRefusal.UnitIsFixed;
import io.stockledger.item.ItemRefusal.UnknownBarcode;
import io.stockledger.item.ItemRefusal.UnknownItem;
import io.stockledger.location.LocationRefusal.LocationIsOpen;
import io.stockledger.location.LocationRefusal.UnknownLocation;
import io.stockledger.order.OrderRefusal.ReturnExceedsOrder;
import io.stockledger.order.OrderRefusal.UnknownOrder;
import io.stockledger.reservation.ReservationRefusal.ReservationEnded;
import io.stockledger.reservation.ReservationRefusal.ReservationLapsed;
import io.stockledger.reservation.ReservationRefusal.UnknownReservation;
import io.stockledger.stock.StockRefusal.HeldByReservations;
import io.stockledger.stock.StockRefusal.InsufficientStock;
import io.stockledger.stock.StockRefusal.NotOnHand;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every refusal that there is: what it is called in facts and on the wires, and what kind of no it is. Where several hold,
 * the one that stands first here is answered; of several lines whose item or quantity cannot be read, the first line's.
 * A reason that has been used never changes.
 */
public final class RefusalCatalogue {

    private static final Map<Class<? extends Refusal>, Entry> ENTRIES = new LinkedHashMap<>();

    /**
     * @param reason for example {@code INSUFFICIENT_STOCK}
     * @param meaning when it is answered, and what a caller can do; for docs/refusals.md
     */
    public record Entry(Class<? extends Refusal> refusal, String reason, Category category, String meaning) {}

    static {
        entry(
                IdReused.class,
                "ID_REUSED",
                Category.ID_REUSED,
                "The document was accepted before, or this try of it refused, with other content; `differing` names the"
                        + " fields. Send a new id, or a new try of what was refused.");
        entry(
                LocationNotAllowed.class,
                "LOCATION_NOT_ALLOWED",
                Category.NOT_ALLOWED,
                "The credentials are tied to other locations. Not stored: other credentials may send the document.");
        entry(UnknownLocation.class, "UNKNOWN_LOCATION", Category.UNKNOWN, "The location was never opened.");
        entry(UnknownItem.class, "UNKNOWN_ITEM", Category.UNKNOWN, "The SKU was never registered.");
        entry(UnknownBarcode.class, "UNKNOWN_BARCODE", Category.UNKNOWN, "No registered item has the barcode.");
        entry(
                QuantityDoesNotFitUnit.class,
                "QUANTITY_DOES_NOT_FIT_UNIT",
                Category.NEVER_VALID,
                "The item's unit cannot hold the quantity, for example half a piece.");
        entry(
                UnknownOrder.class,
                "UNKNOWN_ORDER",
                Category.UNKNOWN,
                "A return names an order that the ledger does not have.");
        entry(
                UnknownReservation.class,
                "UNKNOWN_RESERVATION",
                Category.UNKNOWN,
                "The ledger does not have the reservation.");
        entry(
                VersionMoved.class,
                "VERSION_MOVED",
                Category.VERSION_MOVED,
                "Somebody changed it since the caller looked. Look again, decide anew, and send it as a new try.");
        entry(
                ReservationEnded.class,
                "RESERVATION_ENDED",
                Category.STATE_DOES_NOT_ALLOW,
                "The reservation was released or became an order before.");
        entry(
                ReservationLapsed.class,
                "RESERVATION_LAPSED",
                Category.STATE_DOES_NOT_ALLOW,
                "The reservation's time ran out, and it cannot be kept or changed; it can still become an order, unless its units are"
                        + " gone. Reserve anew.");
        entry(
                InsufficientStock.class,
                "INSUFFICIENT_STOCK",
                Category.STATE_DOES_NOT_ALLOW,
                "Less is available to promise than was asked for. Each line says how much is.");
        entry(
                NotOnHand.class,
                "NOT_ON_HAND",
                Category.STATE_DOES_NOT_ALLOW,
                "Less is there than was to be taken away. Each line says how much is.");
        entry(
                HeldByReservations.class,
                "HELD_BY_RESERVATIONS",
                Category.STATE_DOES_NOT_ALLOW,
                "What was to be taken away is there, but promised. Each line says how much is not. Release"
                        + " reservations first; what is lost or spoilt is an adjustment.");
        entry(
                ReturnExceedsOrder.class,
                "RETURN_EXCEEDS_ORDER",
                Category.STATE_DOES_NOT_ALLOW,
                "More would come back than was sold and not yet returned.");
        entry(
                CountedTooLongAgo.class,
                "COUNTED_TOO_LONG_AGO",
                Category.STATE_DOES_NOT_ALLOW,
                "The item moved too often since it was counted (some 20,000 times) to tell what was there then. Count again.");
        entry(UnitIsFixed.class, "UNIT_IS_FIXED", Category.STATE_DOES_NOT_ALLOW, "An item's unit never changes.");
        entry(BarcodeTaken.class, "BARCODE_TAKEN", Category.STATE_DOES_NOT_ALLOW, "Another item has the barcode.");
        entry(LocationIsOpen.class, "LOCATION_IS_OPEN", Category.STATE_DOES_NOT_ALLOW, "The location's code is taken.");
    }

    private RefusalCatalogue() {}

    /** All of them, in order of precedence. */
    public static Collection<Entry> entries() {
        return List.copyOf(ENTRIES.values());
    }

    public static Entry of(Refusal refusal) {
        return of(refusal.getClass());
    }

    public static Entry of(Class<? extends Refusal> refusal) {
        Entry entry = ENTRIES.get(refusal);
        if (entry == null) {
            throw new IllegalStateException("no entry for " + refusal.getName() + " (expected: one in the catalogue)");
        }
        return entry;
    }

    private static void entry(Class<? extends Refusal> refusal, String reason, Category category, String meaning) {
        ENTRIES.put(refusal, new Entry(refusal, reason, category, meaning));
    }
}
