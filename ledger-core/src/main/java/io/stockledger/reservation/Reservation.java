package io.stockledger.reservation;

import io.stockledger.decision.StreamType;
import io.stockledger.document.DocumentFact.CommandRefused;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.Fact;
import io.stockledger.document.Refusal;
import io.stockledger.reservation.ReservationFact.ReservationConfirmed;
import io.stockledger.reservation.ReservationFact.ReservationMade;
import io.stockledger.reservation.ReservationFact.ReservationReleased;
import io.stockledger.reservation.ReservationFact.ReservedLine;
import io.stockledger.stock.HoldKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A reservation that was made.
 *
 * @param endedBy what ended it before its time, for a person; empty while nothing has
 */
public record Reservation(
        String id, String channel, Instant endsAt, List<ReservedLine> lines, Optional<String> endedBy) {

    public static final StreamType<Reservation> STREAM =
            StreamType.of(DocumentRef.Kind.RESERVATION.prefix(), Reservation::after);

    /** What finds what it holds of each of its items. */
    public HoldKey holdKey() {
        return HoldKey.of(id, endsAt);
    }

    /** Why the reservation cannot be ended now; empty when it can. */
    public Optional<Refusal> refusalToEnd(Instant at) {
        if (endedBy.isPresent()) {
            return Optional.of(new Refusal.ReservationEnded(id, endedBy.get()));
        }
        return at.isBefore(endsAt) ? Optional.empty() : Optional.of(new Refusal.ReservationLapsed(id, endsAt));
    }

    static @Nullable Reservation after(@Nullable Reservation before, Fact fact) {
        if (fact instanceof CommandRefused) {
            return null;
        }
        if (fact instanceof ReservationMade made) {
            return new Reservation(made.reservation(), made.channel(), made.endsAt(), made.lines(), Optional.empty());
        }
        if (fact instanceof ReservationReleased && before != null) {
            return before.ended("released");
        }
        if (fact instanceof ReservationConfirmed confirmed && before != null) {
            return before.ended("it became order " + confirmed.order());
        }
        throw new AssertionError("not a fact of a reservation: " + fact);
    }

    private Reservation ended(String by) {
        return new Reservation(id, channel, endsAt, lines, Optional.of(by));
    }
}
