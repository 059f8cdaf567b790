package io.stockledger.eventstore;

import io.stockledger.ledger.StoredFact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The facts that this node appended last, so that its views need not read back and parse what was just in memory.
 * Holds one run of positions without a gap: what other nodes wrote in between is read from the store. What all
 * readers have had is let go at once: kept longer, it would be copied by each collection of the young generation.
 */
final class RecentFacts {

    private final @Nullable StoredFact[] ring;
    /** The run is from {@code first} up to, not including, {@code end}; empty when they are the same. */
    private long first;

    private long end;

    private final Map<FeedReader, Long> readers = new HashMap<>();

    RecentFacts(int most) {
        this.ring = new StoredFact[most];
    }

    /** @param facts with their positions, which follow one another */
    synchronized void add(List<StoredFact> facts) {
        for (StoredFact fact : facts) {
            if (fact.position() != end) {
                first = fact.position();
            }
            ring[slot(fact.position())] = fact;
            end = fact.position() + 1;
            first = Math.max(first, end - ring.length);
        }
        letGoWhatAllHaveHad();
        notifyAll();
    }

    /** The facts right after a position; empty when the first of them is not, or no longer, here. */
    synchronized List<StoredFact> after(long position, int most) {
        if (position + 1 < first || position + 1 >= end) {
            return List.of();
        }
        long until = Math.min(end, position + 1 + most);
        List<StoredFact> facts = new ArrayList<>((int) (until - position - 1));
        for (long at = position + 1; at < until; at++) {
            facts.add(Objects.requireNonNull(ring[slot(at)]));
        }
        return facts;
    }

    /** The reader has had all facts up to a position, and asks only for what comes after. */
    synchronized void hasHad(FeedReader reader, long position) {
        readers.put(reader, position);
        letGoWhatAllHaveHad();
    }

    /** The reader asks for nothing any more. */
    synchronized void leave(FeedReader reader) {
        readers.remove(reader);
        letGoWhatAllHaveHad();
    }

    /** Whether this node appended the fact at a position, and none since. */
    synchronized boolean endsAt(long position) {
        return position + 1 == end;
    }

    synchronized long size() {
        return end - first;
    }

    private void letGoWhatAllHaveHad() {
        long had = end - 1;
        for (long position : readers.values()) {
            had = Math.min(had, position);
        }
        while (first <= had) {
            ring[slot(first)] = null;
            first++;
        }
    }

    /** Waits until this node appends, or the time is over; not at all when it has appended behind the position. */
    @SuppressWarnings("WaitNotInLoop") // whoever waited looks again, woken or not
    synchronized void await(long position, long millis) throws InterruptedException {
        if (position + 1 >= end && millis > 0) {
            wait(millis);
        }
    }

    private int slot(long position) {
        return (int) (position % ring.length);
    }
}
