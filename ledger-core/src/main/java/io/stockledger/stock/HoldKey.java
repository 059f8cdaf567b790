package io.stockledger.stock;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What finds a hold among others of one item, the first to end first and those without an end last. A hold is its own
 * key: with hundreds of thousands living, an object more for each would be copied and kept.
 *
 * <p>The order is by these two alone, equality of holds by all that they are.
 */
public interface HoldKey extends Comparable<HoldKey> {

    String holder();

    /** The instant from which the hold no longer counts; null when there is none. */
    @Nullable Instant endsAt();

    static HoldKey of(String holder, @Nullable Instant endsAt) {
        return new Sought(holder, endsAt);
    }

    @Override
    default int compareTo(HoldKey other) {
        Instant end = endsAt();
        Instant otherEnd = other.endsAt();
        int byEnd = end == null || otherEnd == null
                ? Boolean.compare(end == null, otherEnd == null)
                : end.compareTo(otherEnd);
        return byEnd != 0 ? byEnd : holder().compareTo(other.holder());
    }

    /** A key without its hold. */
    record Sought(String holder, @Nullable Instant endsAt) implements HoldKey {}
}
