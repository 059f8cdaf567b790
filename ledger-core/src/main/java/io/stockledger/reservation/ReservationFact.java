package io.stockledger.reservation;

import io.stockledger.document.Fact;
import io.stockledger.document.PostedLine;
import io.stockledger.quantity.Quantity;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What can happen to a reservation. That it ran out is no fact of its own: it ends at {@code endsAt}, and every
 * reader of the time knows.
 */
public sealed interface ReservationFact extends Fact {

    String reservation();

    /** What the fact tells of: see each. */
    List<ReservedLine> lines();

    @Override
    default Set<String> locations() {
        return lines().stream().map(ReservedLine::location).collect(Collectors.toUnmodifiableSet());
    }

    /** Units of one item promised at one location. */
    record ReservedLine(String sku, String location, Quantity quantity) {
        public ReservedLine {
            // A hundred thousand living reservations name a handful of locations.
            location = location.intern();
        }

        public PostedLine posted() {
            return PostedLine.of(sku, location, quantity);
        }
    }

    record ReservationMade(String reservation, String channel, Instant endsAt, List<ReservedLine> lines)
            implements ReservationFact {
        public ReservationMade {
            lines = List.copyOf(lines);
        }

        @Override
        public List<PostedLine> posted() {
            return lines.stream().map(ReservedLine::posted).toList();
        }
    }

    /**
     * It holds something else from now on.
     *
     * @param lines all that it holds
     * @param order the order that took what it no longer holds; null when its holder changed it
     * @param locations where something changed
     */
    record ReservationChanged(
            String reservation,
            Instant endsAt,
            List<ReservedLine> lines,
            @Nullable String order,
            Set<String> locations) implements ReservationFact {
        public ReservationChanged {
            lines = List.copyOf(lines);
            locations = Fact.inOrder(locations);
        }
    }

    /** @param lines what it still held, which is free again */
    record ReservationReleased(String reservation, List<ReservedLine> lines) implements ReservationFact {
        public ReservationReleased {
            lines = List.copyOf(lines);
        }
    }

    /**
     * An order took all that it still held.
     *
     * @param lines what it still held
     */
    record ReservationConfirmed(String reservation, String order, List<ReservedLine> lines) implements ReservationFact {
        public ReservationConfirmed {
            lines = List.copyOf(lines);
        }
    }
}
