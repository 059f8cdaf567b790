package io.stockledger.benchmarks;

import java.util.Locale;

/** What a figure must reach. */
public record Goal(Kind kind, double bound) {

    enum Kind {
        AT_LEAST,
        AT_MOST,
        NONE
    }

    public static Goal atLeast(double bound) {
        return new Goal(Kind.AT_LEAST, bound);
    }

    public static Goal atMost(double bound) {
        return new Goal(Kind.AT_MOST, bound);
    }

    /** The figure is told, not judged. */
    public static Goal none() {
        return new Goal(Kind.NONE, 0);
    }

    boolean holds(double value) {
        return switch (kind) {
            case AT_LEAST -> value >= bound;
            case AT_MOST -> value <= bound;
            case NONE -> true;
        };
    }

    @Override
    public String toString() {
        return switch (kind) {
            case AT_LEAST -> String.format(Locale.ROOT, ">= %s", plain());
            case AT_MOST -> String.format(Locale.ROOT, "<= %s", plain());
            case NONE -> "";
        };
    }

    private String plain() {
        return bound == Math.rint(bound)
                ? String.format(Locale.ROOT, "%.0f", bound)
                : String.format(Locale.ROOT, "%s", bound);
    }
}
