package io.stockledger.document;

import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * Why the ledger would not do what a command asked, with the numbers that a person needs. A refusal is stored
 * under the command's document id, so a retry gets it again; to try anew, send a new document id.
 *
 * <p>Where several hold, the one that stands first in this file is answered; of several lines whose item or
 * quantity cannot be read, the first.
 */
public sealed interface Refusal {

    /** What happened and what would have been expected, in one sentence for a person. */
    String message();

    /** What it is called in facts and on the wires, for example {@code INSUFFICIENT_STOCK}. */
    default String reason() {
        return RefusalReasons.of(this);
    }

    /** What kind of no it is; the edges map it to a status. */
    default Category category() {
        return Category.STATE_DOES_NOT_ALLOW;
    }

    enum Category {
        /** The ledger's state does not allow it now. */
        STATE_DOES_NOT_ALLOW,
        /** It could never be right. */
        NEVER_VALID,
        /** It names something that the ledger does not know. */
        UNKNOWN,
        /** The document id stands for other content. Not stored. */
        ID_REUSED,
        /** The principal may not do it. Not stored: another principal may send the document. */
        NOT_ALLOWED
    }

    /** One line that could not be met. */
    record Shortage(String sku, String location, Quantity requested, Quantity available) {}

    /** The document id was used before, with other content. The first document stands. */
    record IdReused(String document) implements Refusal {
        @Override
        public String message() {
            return "Document id '" + document + "' was used before with other content"
                    + " (expected: the same content, or a new id).";
        }

        @Override
        public Category category() {
            return Category.ID_REUSED;
        }
    }

    /** The principal is tied to other locations. */
    record LocationNotAllowed(String location) implements Refusal {
        @Override
        public String message() {
            return "These credentials may not change stock at location '" + location + "'.";
        }

        @Override
        public Category category() {
            return Category.NOT_ALLOWED;
        }
    }

    record UnknownLocation(String location) implements Refusal {
        @Override
        public String message() {
            return "Location '" + location + "' is not open (expected: a location opened with OpenLocation).";
        }

        @Override
        public Category category() {
            return Category.UNKNOWN;
        }
    }

    record UnknownItem(String sku) implements Refusal {
        @Override
        public String message() {
            return "Item '" + sku + "' is not registered (expected: an item registered with RegisterItem).";
        }

        @Override
        public Category category() {
            return Category.UNKNOWN;
        }
    }

    record UnknownBarcode(String barcode) implements Refusal {
        @Override
        public String message() {
            return "Barcode '" + barcode + "' names no item (expected: a barcode given in RegisterItem).";
        }

        @Override
        public Category category() {
            return Category.UNKNOWN;
        }
    }

    /** For example half a piece. */
    record QuantityDoesNotFitUnit(String sku, BigDecimal quantity, Unit unit) implements Refusal {
        @Override
        public String message() {
            return "Quantity " + quantity.toPlainString() + " of item '" + sku + "' does not fit its unit "
                    + unit.code() + " (expected: at most " + unit.decimals() + " decimals and below 10^12).";
        }

        @Override
        public Category category() {
            return Category.NEVER_VALID;
        }
    }

    record UnknownOrder(String order) implements Refusal {
        @Override
        public String message() {
            return "Order '" + order + "' is not in the ledger.";
        }

        @Override
        public Category category() {
            return Category.UNKNOWN;
        }
    }

    record UnknownReservation(String reservation) implements Refusal {
        @Override
        public String message() {
            return "Reservation '" + reservation + "' is not in the ledger.";
        }

        @Override
        public Category category() {
            return Category.UNKNOWN;
        }
    }

    /** The reservation was released, or became a sale, before. */
    record ReservationEnded(String reservation, String by) implements Refusal {
        @Override
        public String message() {
            return "Reservation '" + reservation + "' has ended: " + by + ".";
        }
    }

    /** The reservation ran out. Its units may have been promised to others since. */
    record ReservationLapsed(String reservation, Instant endedAt) implements Refusal {
        @Override
        public String message() {
            return "Reservation '" + reservation + "' ran out at " + endedAt + ".";
        }
    }

    record InsufficientStock(String channel, List<Shortage> lines) implements Refusal {
        @Override
        public String message() {
            Shortage first = lines.get(0);
            String more = lines.size() > 1 ? " (and " + (lines.size() - 1) + " more lines)" : "";
            return "Item '" + first.sku() + "' at " + (first.location().isEmpty() ? "any location" : first.location())
                    + ": " + first.requested() + " requested by channel " + channel + ", " + first.available()
                    + " available to promise" + more + ".";
        }
    }

    /** An adjustment, transfer or change of disposition would take more than is there. */
    record NotOnHand(String disposition, List<Shortage> lines) implements Refusal {
        @Override
        public String message() {
            Shortage first = lines.get(0);
            String more = lines.size() > 1 ? " (and " + (lines.size() - 1) + " more lines)" : "";
            return "Item '" + first.sku() + "' at " + first.location() + ": " + first.requested() + " to be taken from "
                    + disposition + ", " + first.available() + " there" + more + ".";
        }
    }

    /** A transfer, a change of disposition or an adjustment by choice would take units that reservations hold. */
    record HeldByReservations(List<Shortage> lines) implements Refusal {
        @Override
        public String message() {
            Shortage first = lines.get(0);
            String more = lines.size() > 1 ? " (and " + (lines.size() - 1) + " more lines)" : "";
            return "Item '" + first.sku() + "' at " + first.location() + ": " + first.requested()
                    + " to be taken, " + first.available() + " not held by reservations" + more
                    + " (expected: release reservations first; what is lost or spoilt is an adjustment).";
        }
    }

    /** More would come back than was sold and not yet returned. */
    record ReturnExceedsOrder(String order, List<Shortage> lines) implements Refusal {
        @Override
        public String message() {
            Shortage first = lines.get(0);
            String more = lines.size() > 1 ? " (and " + (lines.size() - 1) + " more lines)" : "";
            return "Item '" + first.sku() + "' of order '" + order + "': " + first.requested() + " to be returned, "
                    + first.available() + " sold and not returned yet" + more + ".";
        }
    }

    record UnitIsFixed(String sku, Unit unit, Unit requested) implements Refusal {
        @Override
        public String message() {
            return "Item '" + sku + "' is kept in " + unit.code() + " and cannot change to " + requested.code() + ".";
        }
    }

    record BarcodeTaken(String barcode, String sku) implements Refusal {
        @Override
        public String message() {
            return "Barcode '" + barcode + "' already names item '" + sku + "' (expected: one item per barcode).";
        }
    }

    record LocationIsOpen(String location, String name) implements Refusal {
        @Override
        public String message() {
            return "Location '" + location + "' is open already, as '" + name + "'.";
        }
    }
}
