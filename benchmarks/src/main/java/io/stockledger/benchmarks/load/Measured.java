package io.stockledger.benchmarks.load;

import java.util.Locale;

/**
 * What one slice of a load came to.
 *
 * @param perSecond done and acknowledged
 * @param p50 milliseconds from sending to the answer
 * @param failures answers that were none: errors, time-outs, refusals where none was due
 */
public record Measured(double perSecond, double p50, double p99, double most, long failures) {

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,.0f/s, p50 %.2f ms, p99 %.2f ms, most %.0f ms%s",
                perSecond,
                p50,
                p99,
                most,
                failures == 0 ? "" : ", " + failures + " FAILED");
    }
}
