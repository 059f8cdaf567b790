package io.stockledger.projections.view;

import java.time.Duration;

/**
 * What an answer must have seen.
 *
 * @param atLeastPosition a position that a command returned; 0: whatever the view has
 * @param timeout how long to wait for it
 */
public record Freshness(long atLeastPosition, Duration timeout) {

    public static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    /** Whatever the view has now. */
    public static final Freshness ANY = new Freshness(0, Duration.ZERO);

    public Freshness {
        if (atLeastPosition < 0) {
            throw new IllegalArgumentException("atLeastPosition: " + atLeastPosition + " (expected: 0 or more)");
        }
        if (timeout.isNegative() || timeout.compareTo(LONGEST_WAIT) > 0) {
            throw new IllegalArgumentException("timeout: " + timeout + " (expected: 0 to " + LONGEST_WAIT + ")");
        }
    }

    /** Waits up to two seconds. */
    public static Freshness atLeast(long position) {
        return new Freshness(position, Duration.ofSeconds(2));
    }
}
