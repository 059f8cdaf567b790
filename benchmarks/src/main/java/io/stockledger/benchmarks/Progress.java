package io.stockledger.benchmarks;

import java.util.Locale;

/** Tells on stderr what a benchmark does now. */
public final class Progress {

    private final long since = System.nanoTime();

    public void say(String what) {
        System.err.printf(Locale.ROOT, "%6.1f s  %s%n", seconds(), what);
    }

    /** Since the benchmark began. */
    double seconds() {
        return (System.nanoTime() - since) / 1e9;
    }
}
