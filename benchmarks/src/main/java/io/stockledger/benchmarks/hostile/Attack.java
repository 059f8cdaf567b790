package io.stockledger.benchmarks.hostile;

import java.time.Duration;

/**
 * Something that nobody should do, again and again.
 *
 * @param threads that do it at the same time
 * @param pause of each of them in between, so that it is the service that is loaded and not the machine alone
 */
record Attack(String name, int threads, Duration pause, Step step) {

    /** Does it once. A connection that is closed, or an answer that is none, is what an attacker has to expect. */
    @FunctionalInterface
    interface Step {
        void take() throws Exception;
    }

    Attack(String name, int threads, long pauseMillis, Step step) {
        this(name, threads, Duration.ofMillis(pauseMillis), step);
    }
}
