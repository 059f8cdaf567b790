package io.stockledger.benchmarks;

import java.time.Duration;

/**
 * How long a benchmark takes.
 *
 * @param rounds in each of which every load runs once; medians are over these
 * @param slice how long a load runs in one round; whole seconds, because pgbench counts in those
 * @param warmUp how long ours runs before the first round, so that its code is compiled
 */
public record Pace(boolean quick, int rounds, Duration slice, Duration warmUp) {

    public Pace {
        if (rounds < 5) {
            throw new IllegalArgumentException("rounds: " + rounds + " (expected: >= 5, for a median)");
        }
        if (slice.toSeconds() < 1) {
            throw new IllegalArgumentException("slice: " + slice + " (expected: >= PT1S)");
        }
    }

    public static Pace forAQuickLook() {
        return new Pace(true, 5, Duration.ofSeconds(1), Duration.ofSeconds(15));
    }

    /** For a benchmark of many loads. */
    public Pace withSlice(Duration other) {
        return new Pace(quick, rounds, other, warmUp);
    }

    static Pace forTheRecord() {
        return new Pace(false, 5, Duration.ofSeconds(5), Duration.ofSeconds(25));
    }
}
