package io.stockledger.benchmarks.hostile;

import io.stockledger.benchmarks.load.ClosedLoop.Client;
import io.stockledger.benchmarks.load.Load;
import io.stockledger.benchmarks.load.Measured;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Honest tills that each sell about as often as they are told to, with one command at a time. */
final class Tills implements Load, AutoCloseable {

    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(2);

    private final String name;
    private final List<Client> tills;
    private final Duration every;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    /** @param every from one command of a till to its next, on average */
    Tills(String name, List<Client> tills, Duration every) {
        this.name = name;
        this.tills = List.copyOf(tills);
        this.every = every;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Measured run(Duration slice) throws InterruptedException {
        Slice running = new Slice(System.nanoTime() + slice.toNanos());
        tills.forEach(running::later);
        if (!running.ended.await(slice.toSeconds() + 60, TimeUnit.SECONDS)) {
            throw new IllegalStateException(
                    name + ": " + running.ended.getCount() + " tills had no answer for 60 s (expected: 0)");
        }
        return new Measured(
                running.took.getTotalCount() * 1e9 / slice.toNanos(),
                running.took.getValueAtPercentile(50) / 1e3,
                running.took.getValueAtPercentile(99) / 1e3,
                running.took.getMaxValue() / 1e3,
                running.refused.sum());
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    private final class Slice {

        private final long end;
        private final Histogram took = new ConcurrentHistogram(LONGEST_MICROS, 3);
        private final LongAdder refused = new LongAdder();
        private final CountDownLatch ended = new CountDownLatch(tills.size());

        private Slice(long end) {
            this.end = end;
        }

        private void later(Client till) {
            long pause = ThreadLocalRandom.current().nextLong(2 * every.toNanos());
            var unused = clock.schedule(() -> sell(till), pause, TimeUnit.NANOSECONDS);
        }

        private void sell(Client till) {
            long sent = System.nanoTime();
            if (sent >= end) {
                ended.countDown();
                return;
            }
            till.send(well -> {
                if (well) {
                    took.recordValue(Math.min((System.nanoTime() - sent) / 1_000, LONGEST_MICROS));
                } else {
                    refused.increment();
                }
                later(till);
            });
        }
    }
}
