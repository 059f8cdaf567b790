package io.stockledger.reservation;

import io.stockledger.decision.StreamType;
import io.stockledger.document.DocumentFact.CommandRefused;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.Fact;
import io.stockledger.document.Refusal;
import io.stockledger.quantity.Quantity;
import io.stockledger.reservation.ReservationFact.ReservationChanged;
import io.stockledger.reservation.ReservationFact.ReservationConfirmed;
import io.stockledger.reservation.ReservationFact.ReservationMade;
import io.stockledger.reservation.ReservationFact.ReservationReleased;
import io.stockledger.reservation.ReservationFact.ReservedLine;
import io.stockledger.reservation.ReservationRefusal.ReservationEnded;
import io.stockledger.reservation.ReservationRefusal.ReservationLapsed;
import io.stockledger.stock.HoldKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A reservation that was made.
 *
 * @param endsAt from when on it counts no more; when it has ended before, since when
 * @param lines what it holds; when it has ended, what it held last
 * @param endedBy what ended it before its time, for a person; empty while nothing has
 */
public record Reservation(
        String id, String channel, Instant endsAt, List<ReservedLine> lines, Optional<String> endedBy) {

    /** Carts are confirmed within minutes. */
    public static final StreamType<Reservation> STREAM = StreamType.timed(
                    DocumentRef.Kind.RESERVATION.prefix(), Reservation::after)
            .askedForSoon()
            .belongingTo(Reservation::locations);

    private static final String RELEASED = "released";

    /** What finds what it holds of each of its items. */
    public HoldKey holdKey() {
        return HoldKey.of(id, endsAt);
    }

    /** Why it can't be kept or changed any more; empty when it lives. */
    public Optional<Refusal> refusalWhenEnded(Instant at) {
        return refusalWhenUsed().or(() -> hasLapsed(at) ? Optional.of(lapsed()) : Optional.empty());
    }

    /** Why no order can come of it any more; empty also when it has lapsed, since its units may still be there. */
    public Optional<Refusal> refusalWhenUsed() {
        return endedBy.map(by -> new ReservationEnded(id, by, locations()));
    }

    public boolean hasLapsed(Instant at) {
        return !at.isBefore(endsAt);
    }

    public ReservationState stateAt(Instant at) {
        if (endedBy.isPresent()) {
            return endedBy.get().equals(RELEASED) ? ReservationState.RELEASED : ReservationState.CONFIRMED;
        }
        return hasLapsed(at) ? ReservationState.LAPSED : ReservationState.LIVING;
    }

    public Refusal lapsed() {
        return new ReservationLapsed(id, endsAt, locations());
    }

    public Set<String> locations() {
        return lines.stream().map(ReservedLine::location).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * What an order leaves of it that takes items at one location.
     *
     * @param taken how much the order takes of each item, which may be more than is held
     */
    public List<ReservedLine> linesWithout(String location, Map<String, Quantity> taken) {
        List<ReservedLine> left = new ArrayList<>();
        for (ReservedLine line : lines) {
            Quantity some = line.location().equals(location) ? taken.get(line.sku()) : null;
            Quantity rest = some == null ? line.quantity() : line.quantity().minus(some);
            if (rest.isPositive()) {
                left.add(new ReservedLine(line.sku(), line.location(), rest));
            }
        }
        return left;
    }

    static @Nullable Reservation after(@Nullable Reservation before, Fact fact, Instant happened) {
        if (fact instanceof CommandRefused) {
            return null;
        }
        if (fact instanceof ReservationMade made) {
            return new Reservation(made.reservation(), made.channel(), made.endsAt(), made.lines(), Optional.empty());
        }
        if (fact instanceof ReservationChanged changed && before != null) {
            return new Reservation(before.id, before.channel, changed.endsAt(), changed.lines(), Optional.empty());
        }
        if (fact instanceof ReservationReleased released && before != null) {
            return before.ended(RELEASED, released.lines(), happened);
        }
        if (fact instanceof ReservationConfirmed confirmed && before != null) {
            return before.ended("it became order " + confirmed.order(), confirmed.lines(), happened);
        }
        throw new AssertionError("not a fact of a reservation: " + fact);
    }

    private Reservation ended(String by, List<ReservedLine> last, Instant happened) {
        Instant ended = happened.isBefore(endsAt) ? happened : endsAt;
        return new Reservation(id, channel, ended, last, Optional.of(by));
    }
}
