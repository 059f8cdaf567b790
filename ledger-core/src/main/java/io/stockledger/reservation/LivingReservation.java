package io.stockledger.reservation;

import io.stockledger.decision.Streams;
import io.stockledger.document.Refusal;
import io.stockledger.reservation.ReservationRefusal.UnknownReservation;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A reservation that something can be done with, or why nothing can.
 *
 * @param refusal empty when it can
 */
public record LivingReservation(Optional<Reservation> found, Optional<Refusal> refusal) {

    /**
     * One that is to be kept or changed.
     *
     * @param expectedVersion the version that the caller saw; null: any
     */
    public static LivingReservation find(Streams streams, String id, @Nullable Long expectedVersion, Instant at) {
        return find(streams, id, expectedVersion, reservation -> reservation.refusalWhenEnded(at));
    }

    /** One that is to become an order, also after its time if its units are still there. */
    public static LivingReservation findForOrder(Streams streams, String id, @Nullable Long expectedVersion) {
        return find(streams, id, expectedVersion, Reservation::refusalWhenUsed);
    }

    private static LivingReservation find(
            Streams streams,
            String id,
            @Nullable Long expectedVersion,
            Function<Reservation, Optional<Refusal>> unusable) {
        Optional<Reservation> found = streams.find(Reservation.STREAM, id);
        Optional<Refusal> refusal = found.isEmpty()
                ? Optional.of(new UnknownReservation(id))
                : streams.refusalWhenMoved(Reservation.STREAM, id, expectedVersion)
                        .or(() -> unusable.apply(found.get()));
        return new LivingReservation(found, refusal);
    }

    /** The reservation; only where there is no refusal. */
    public Reservation get() {
        return found.orElseThrow();
    }
}
