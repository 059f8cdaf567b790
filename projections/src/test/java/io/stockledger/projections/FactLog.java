package io.stockledger.projections;

import io.stockledger.decision.Decision.NewFact;
import io.stockledger.document.Fact;
import io.stockledger.ledger.FactFeed;
import io.stockledger.ledger.FactMeta;
import io.stockledger.ledger.FactStore.StoreUnavailable;
import io.stockledger.ledger.StoredFact;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Facts in memory, in order, for tests in which the store does not matter. */
public final class FactLog implements FactFeed {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final List<StoredFact> facts = new ArrayList<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private boolean away;
    private long refusedReads;

    /** @return the position */
    public long append(String stream, Fact fact, FactMeta meta, Instant recordedAt) {
        return append(List.of(new NewFact(stream, fact)), meta, recordedAt);
    }

    /**
     * Appends at once, as a command's facts are.
     *
     * @return the position of the last
     */
    public long append(List<NewFact> told, FactMeta meta, Instant recordedAt) {
        lock.lock();
        try {
            for (NewFact fact : told) {
                long sequence = sequences.merge(fact.stream(), 0L, (before, zero) -> before + 1);
                long position = facts.size() + 1L;
                FactMeta own = fact.happened() == null ? meta : meta.at(fact.happened());
                facts.add(new StoredFact(position, fact.stream(), sequence, fact.fact(), own, recordedAt));
            }
            grown.signalAll();
            return facts.size();
        } finally {
            lock.unlock();
        }
    }

    /** Appends what tells of itself, with a meta that says nothing in particular. */
    public long append(String stream, Fact fact, Instant at) {
        return append(stream, fact, new FactMeta("test", stream, "none", "tester", null, at, null), at);
    }

    public List<StoredFact> all() {
        lock.lock();
        try {
            return List.copyOf(facts);
        } finally {
            lock.unlock();
        }
    }

    /** As if the store could not be reached, until it is called again with false. */
    public void away(boolean now) {
        lock.lock();
        try {
            away = now;
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How often a reader asked for facts while it was away. */
    public long refusedReads() {
        lock.lock();
        try {
            return refusedReads;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Appended appended() {
        lock.lock();
        try {
            return facts.isEmpty()
                    ? Appended.NOTHING
                    : new Appended(facts.size(), facts.get(facts.size() - 1).recordedAt());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long head() {
        lock.lock();
        try {
            requireHere();
            return facts.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Reader open(long afterPosition) {
        return new Reader() {
            private long seen = afterPosition;

            @Override
            public List<StoredFact> next(int most, Duration wait) throws InterruptedException {
                long end = System.nanoTime() + wait.toNanos();
                lock.lockInterruptibly();
                try {
                    while (facts.size() <= seen && !away) {
                        long left = end - System.nanoTime();
                        if (left <= 0) {
                            return List.of();
                        }
                        grown.awaitNanos(left);
                    }
                    if (away) {
                        refusedReads++;
                    }
                    requireHere();
                    int from = (int) seen;
                    int to = (int) Math.min(facts.size(), seen + most);
                    seen = to;
                    return List.copyOf(facts.subList(from, to));
                } finally {
                    lock.unlock();
                }
            }

            @Override
            public void close() {}
        };
    }

    private void requireHere() {
        if (away) {
            throw new StoreUnavailable("the log is away", null);
        }
    }
}
