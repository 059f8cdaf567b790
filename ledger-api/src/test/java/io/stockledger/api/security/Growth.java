package io.stockledger.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;

/** How much memory and how many threads there were, to see that it does not become more with each request. */
record Growth(long heap, int threads) {

    /** What is kept of answers and states has its bounds far below; what grew with each request would be far above. */
    private static final long MOST_BYTES = 64L * 1024 * 1024;

    /** Pools that were not full yet may be by then. */
    private static final int MOST_THREADS = 96;

    static Growth sinceNow() {
        System.gc();
        return new Growth(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                ManagementFactory.getThreadMXBean().getThreadCount());
    }

    void requireLittle() {
        Growth now = sinceNow();
        assertThat(now.heap - heap).as("bytes more in use").isLessThan(MOST_BYTES);
        assertThat(now.threads - threads).as("more threads").isLessThan(MOST_THREADS);
    }
}
