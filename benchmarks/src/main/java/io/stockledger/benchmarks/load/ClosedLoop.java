package io.stockledger.benchmarks.load;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Clients that each wait for an answer before they send again. No thread belongs to a client. */
public final class ClosedLoop implements Load {

    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(2);
    private static final int DEEPEST = 50;

    /** Sends one request and returns at once. */
    @FunctionalInterface
    public interface Client {
        /** @param answered is called once: with true when the answer is the one that was hoped for */
        void send(Answered answered);

        /** A client whose answers are futures. */
        static <A> Client of(Supplier<? extends CompletionStage<A>> requests, Predicate<A> well) {
            return answered -> {
                var unused = requests.get()
                        .whenComplete((answer, failure) -> answered.answered(failure == null && well.test(answer)));
            };
        }
    }

    /** What a client calls when its answer is there. */
    @FunctionalInterface
    public interface Answered {
        void answered(boolean well);
    }

    private final String name;
    private final Client[] clients;

    public ClosedLoop(String name, Client... clients) {
        this.name = name;
        this.clients = clients.clone();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Measured run(Duration slice) throws InterruptedException {
        Slice running = new Slice(System.nanoTime(), slice.toNanos(), clients.length);
        for (Client client : clients) {
            running.next(client);
        }
        if (!running.ended.await(slice.toSeconds() + 60, TimeUnit.SECONDS)) {
            throw new IllegalStateException(
                    name + ": " + running.ended.getCount() + " clients had no answer for 60 s (expected: 0)");
        }
        Histogram latencies = running.latencies;
        return new Measured(
                latencies.getTotalCount() * 1e9 / slice.toNanos(),
                latencies.getValueAtPercentile(50) / 1e3,
                latencies.getValueAtPercentile(99) / 1e3,
                latencies.getMaxValue() / 1e3,
                running.failures.sum());
    }

    private static final class Slice {
        private final Histogram latencies = new ConcurrentHistogram(LONGEST_MICROS, 3);
        private final LongAdder failures = new LongAdder();
        private final CountDownLatch ended;
        private final long begin;
        private final long length;
        // An answer that is there at once would otherwise deepen the stack with every request.
        private final ThreadLocal<AtomicInteger> depth = ThreadLocal.withInitial(AtomicInteger::new);

        Slice(long begin, long length, int clients) {
            this.begin = begin;
            this.length = length;
            this.ended = new CountDownLatch(clients);
        }

        void next(Client client) {
            long sent = System.nanoTime();
            if (sent - begin >= length) {
                ended.countDown();
                return;
            }
            AtomicInteger nested = depth.get();
            if (nested.get() > DEEPEST) {
                throw new IllegalStateException("answers came before send returned (expected: later, elsewhere)");
            }
            nested.incrementAndGet();
            try {
                client.send(well -> {
                    long now = System.nanoTime();
                    if (!well) {
                        failures.increment();
                    } else if (now - begin <= length) {
                        latencies.recordValue(Math.min((now - sent) / 1_000, LONGEST_MICROS));
                    }
                    next(client);
                });
            } finally {
                nested.decrementAndGet();
            }
        }
    }
}
