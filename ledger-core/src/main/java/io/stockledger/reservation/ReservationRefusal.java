package io.stockledger.reservation;

import io.stockledger.document.Fact;
import io.stockledger.document.Refusal;
import java.time.Instant;
import java.util.Set;

/** Why a reservation stands in the way. */
public sealed interface ReservationRefusal extends Refusal {

    record UnknownReservation(String reservation) implements ReservationRefusal {
        @Override
        public String message() {
            return "Reservation '" + reservation + "' is not in the ledger.";
        }
    }

    /**
     * The reservation was released, or became an order, before.
     *
     * @param locations where it held something
     */
    record ReservationEnded(String reservation, String by, Set<String> locations) implements ReservationRefusal {
        public ReservationEnded {
            locations = Fact.inOrder(locations);
        }

        @Override
        public String message() {
            return "Reservation '" + reservation + "' has ended: " + by + ".";
        }
    }

    /**
     * The reservation ran out. Its units may have been promised to others since.
     *
     * @param locations where it held something
     */
    record ReservationLapsed(String reservation, Instant endedAt, Set<String> locations) implements ReservationRefusal {
        public ReservationLapsed {
            locations = Fact.inOrder(locations);
        }

        @Override
        public String message() {
            return "Reservation '" + reservation + "' ran out at " + endedAt + ".";
        }
    }
}
