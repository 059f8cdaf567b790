package io.stockledger.reservation;

import io.stockledger.decision.Streams;
import io.stockledger.document.Command;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a reservation has ended since it was answered that it lives.
 *
 * @param at since when it counts no more
 */
public record ReservationEnd(ReservationState how, Instant at) {

    /** Of the reservation that a command makes or keeps; empty while it lives, and for every other command. */
    public static Optional<ReservationEnd> since(Command command, Streams streams, Instant now) {
        String id = reservation(command);
        return id == null
                ? Optional.empty()
                : streams.find(Reservation.STREAM, id)
                        .filter(reservation -> reservation.stateAt(now) != ReservationState.LIVING)
                        .map(reservation -> new ReservationEnd(reservation.stateAt(now), reservation.endsAt()));
    }

    private static @Nullable String reservation(Command command) {
        if (command instanceof ReserveStock reserve) {
            return reserve.document().id();
        }
        if (command instanceof ExtendReservation extend) {
            return extend.reservation();
        }
        return command instanceof ChangeReservation change ? change.reservation() : null;
    }
}
