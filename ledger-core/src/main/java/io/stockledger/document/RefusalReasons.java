package io.stockledger.document;

import java.util.Map;
import java.util.Optional;

/** What refusals are called in facts and on the wires. A name that has been used never changes. */
public final class RefusalReasons {

    private static final Map<Class<? extends Refusal>, String> REASONS = Map.ofEntries(
            Map.entry(Refusal.IdReused.class, "ID_REUSED"),
            Map.entry(Refusal.LocationNotAllowed.class, "LOCATION_NOT_ALLOWED"),
            Map.entry(Refusal.UnknownLocation.class, "UNKNOWN_LOCATION"),
            Map.entry(Refusal.UnknownItem.class, "UNKNOWN_ITEM"),
            Map.entry(Refusal.UnknownBarcode.class, "UNKNOWN_BARCODE"),
            Map.entry(Refusal.QuantityDoesNotFitUnit.class, "QUANTITY_DOES_NOT_FIT_UNIT"),
            Map.entry(Refusal.UnknownOrder.class, "UNKNOWN_ORDER"),
            Map.entry(Refusal.UnknownReservation.class, "UNKNOWN_RESERVATION"),
            Map.entry(Refusal.ReservationEnded.class, "RESERVATION_ENDED"),
            Map.entry(Refusal.ReservationLapsed.class, "RESERVATION_LAPSED"),
            Map.entry(Refusal.InsufficientStock.class, "INSUFFICIENT_STOCK"),
            Map.entry(Refusal.NotOnHand.class, "NOT_ON_HAND"),
            Map.entry(Refusal.HeldByReservations.class, "HELD_BY_RESERVATIONS"),
            Map.entry(Refusal.ReturnExceedsOrder.class, "RETURN_EXCEEDS_ORDER"),
            Map.entry(Refusal.BarcodeTaken.class, "BARCODE_TAKEN"),
            Map.entry(Refusal.UnitIsFixed.class, "UNIT_IS_FIXED"),
            Map.entry(Refusal.LocationIsOpen.class, "LOCATION_IS_OPEN"));

    private RefusalReasons() {}

    public static Map<Class<? extends Refusal>, String> all() {
        return REASONS;
    }

    static String of(Refusal refusal) {
        return Optional.ofNullable(REASONS.get(refusal.getClass()))
                .orElseThrow(() -> new AssertionError("no reason named for " + refusal.getClass()));
    }
}
