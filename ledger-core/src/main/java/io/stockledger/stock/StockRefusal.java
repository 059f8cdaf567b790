package io.stockledger.stock;

import io.stockledger.document.Refusal;
import java.util.List;
import java.util.Set;

/** Why units cannot be promised, sold or moved. */
public sealed interface StockRefusal extends Refusal {

    List<Shortage> lines();

    @Override
    default Set<String> locations() {
        return Shortage.locations(lines());
    }

    record InsufficientStock(String channel, List<Shortage> lines) implements StockRefusal {
        @Override
        public String message() {
            return Shortage.sentence(lines, "requested by channel " + channel, "available to promise") + ".";
        }
    }

    /** More would be taken than is there. */
    record NotOnHand(Disposition disposition, List<Shortage> lines) implements StockRefusal {
        @Override
        public String message() {
            return Shortage.sentence(lines, "to be taken from " + disposition.code(), "there") + ".";
        }
    }

    /** By choice units would be taken that are promised to others. */
    record HeldByReservations(List<Shortage> lines) implements StockRefusal {
        @Override
        public String message() {
            return Shortage.sentence(lines, "to be taken", "not held by reservations")
                    + " (expected: release reservations first; what is lost or spoilt is an adjustment).";
        }
    }
}
