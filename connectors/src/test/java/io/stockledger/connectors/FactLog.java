package io.stockledger.connectors;

import io.stockledger.document.Fact;
import io.stockledger.ledger.FactFeed;
import io.stockledger.ledger.FactMeta;
import io.stockledger.ledger.StoredFact;
import io.stockledger.quantity.Quantity;
import io.stockledger.stock.StockFact.SafetyStockSet;
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

    public static final Instant AT = Instant.parse("2026-03-01T08:00:00Z");

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final List<StoredFact> facts = new ArrayList<>();
    private final Map<String, Long> sequences = new HashMap<>();

    /** @return the position */
    public long append(String stream, String document, Fact fact) {
        lock.lock();
        try {
            long sequence = sequences.merge(stream, 0L, (before, zero) -> before + 1);
            long position = facts.size() + 1L;
            FactMeta meta = new FactMeta("test", document, "none", "tester", "till-1", AT, null);
            facts.add(new StoredFact(position, stream, sequence, fact, meta, AT));
            grown.signalAll();
            return position;
        } finally {
            lock.unlock();
        }
    }

    /** One more fact about a location's stock, told by a document of its own. */
    public long tell(String location, String document) {
        return append(
                "stock:0001@" + location, document, new SafetyStockSet("0001", location, Quantity.parse("1 piece")));
    }

    /** So many of them, at berlin-1, each of its own document. */
    public void tellMany(int times) {
        for (int i = 0; i < times; i++) {
            tell("berlin-1", "instruction:d" + head());
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
                    while (facts.size() <= seen) {
                        long left = end - System.nanoTime();
                        if (left <= 0) {
                            return List.of();
                        }
                        grown.awaitNanos(left);
                    }
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
}
