package io.stockledger.benchmarks.scans;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Does something so many times a second, at moments that are not the same in each period, as hands do. */
final class Paced {

    private Paced() {}

    /** What is done each time. */
    @FunctionalInterface
    interface Step {
        void take() throws Exception;
    }

    /** @param perSecond on average; whoever is late does it at once */
    static void run(double perSecond, Duration time, Step step) throws Exception {
        long period = (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
        long begin = System.nanoTime();
        for (long due = 0; due < time.toNanos(); due += period) {
            long at = begin + due + ThreadLocalRandom.current().nextLong(period);
            TimeUnit.NANOSECONDS.sleep(at - System.nanoTime());
            step.take();
        }
    }
}
