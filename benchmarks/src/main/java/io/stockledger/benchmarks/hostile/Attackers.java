package io.stockledger.benchmarks.hostile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** All attacks at once, until they are ended. */
final class Attackers implements AutoCloseable {

    private final Map<String, LongAdder> done = new LinkedHashMap<>();
    private final List<Thread> threads = new ArrayList<>();

    Attackers(List<Attack> attacks) {
        for (Attack attack : attacks) {
            LongAdder times = done.computeIfAbsent(attack.name(), any -> new LongAdder());
            for (int i = 0; i < attack.threads(); i++) {
                Thread thread = new Thread(() -> repeat(attack, times), "attack: " + attack.name());
                thread.setDaemon(true);
                threads.add(thread);
            }
        }
    }

    void begin() {
        threads.forEach(Thread::start);
    }

    private static void repeat(Attack attack, LongAdder times) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                takeOnce(attack);
                times.increment();
                TimeUnit.NANOSECONDS.sleep(attack.pause().toNanos());
            }
        } catch (InterruptedException e) {
            // It is over.
            Thread.currentThread().interrupt();
        }
    }

    private static void takeOnce(Attack attack) throws InterruptedException {
        try {
            attack.step().take();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            // Turned away, which is right.
            Thread.onSpinWait();
        }
    }

    /** How often each was done. */
    String told() {
        return done.entrySet().stream()
                .map(one -> one.getKey() + " " + one.getValue().sum())
                .collect(Collectors.joining(", "));
    }

    @Override
    public void close() throws InterruptedException {
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(30));
        }
    }
}
