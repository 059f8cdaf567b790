package io.stockledger.stock;

import java.time.Instant;

/**
 * What finds a hold among others of one item, the first to end first. A hold is its own key: with hundreds of thousands
 * living, an object more for each would be copied and kept.
 *
 * <p>The order is by these two alone, equality of holds by all that they are.
 */
public interface HoldKey extends Comparable<HoldKey> {

    String reservation();

    /** The instant from which the hold no longer counts. */
    Instant endsAt();

    static HoldKey of(String reservation, Instant endsAt) {
        return new Sought(reservation, endsAt);
    }

    @Override
    default int compareTo(HoldKey other) {
        int byEnd = endsAt().compareTo(other.endsAt());
        return byEnd != 0 ? byEnd : reservation().compareTo(other.reservation());
    }

    /** A key without its hold. */
    record Sought(String reservation, Instant endsAt) implements HoldKey {}
}
