package io.stockledger.reservation;

import io.stockledger.document.Fact;
import io.stockledger.quantity.Quantity;
import java.time.Instant;
import java.util.List;

/**
 * What can happen to a reservation. That it ran out is no fact of its own: it ends at {@code endsAt}, and every
 * reader of the time knows.
 */
public sealed interface ReservationFact extends Fact {

    /** Units of one item promised at one location. */
    record ReservedLine(String sku, String location, Quantity quantity) {
        public ReservedLine {
            // A hundred thousand living reservations name a handful of locations.
            location = location.intern();
        }
    }

    record ReservationMade(String reservation, String channel, Instant endsAt, List<ReservedLine> lines)
            implements ReservationFact {
        public ReservationMade {
            lines = List.copyOf(lines);
        }
    }

    record ReservationReleased(String reservation) implements ReservationFact {}

    /** @param order the id of the order that it became */
    record ReservationConfirmed(String reservation, String order) implements ReservationFact {}
}
