package io.stockledger.reservation;

import io.stockledger.decision.Streams;
import io.stockledger.document.Refusal;
import io.stockledger.reservation.ReservationRefusal.UnknownReservation;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A reservation that something can be done with, or why nothing can.
 *
 * @param refusal empty when the reservation lives
 */
public record LivingReservation(Optional<Reservation> found, Optional<Refusal> refusal) {

    /** @param expectedVersion the version that the caller saw; null: any */
    public static LivingReservation find(Streams streams, String id, @Nullable Long expectedVersion, Instant at) {
        Optional<Reservation> found = streams.find(Reservation.STREAM, id);
        Optional<Refusal> refusal = found.isEmpty()
                ? Optional.of(new UnknownReservation(id))
                : streams.refusalWhenMoved(Reservation.STREAM, id, expectedVersion)
                        .or(() -> found.get().refusalWhenEnded(at));
        return new LivingReservation(found, refusal);
    }

    /** The reservation; only where there is no refusal. */
    public Reservation get() {
        return found.orElseThrow();
    }
}
