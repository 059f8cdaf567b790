package io.stockledger.eventstore;

import io.stockledger.ledger.StoredFact;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;

/**
 * One of the store's streams, and what was read from it last: the first reader who needs a fact reads and parses it, the
 * others take it from here. What all have had is let go. A reader who is ahead waits for those who follow, as long as
 * they keep coming: left behind, each would read and parse the same facts by itself.
 */
final class SharedStream {

    private final BlockingStream<TrackedEventMessage<?>> stream;
    private final Function<TrackedEventMessage<?>, StoredFact> read;
    private final int mostKept;
    private final long patienceNanos;
    private final Deque<StoredFact> kept = new ArrayDeque<>();
    private final Map<FeedReader, Visit> readers = new HashMap<>();

    // What is kept is after begin, up to and including end. Both are looked at while another reader waits for the
    // store.
    private volatile long begin;
    private volatile long end;
    private volatile boolean broken;

    /** When a reader came last, in nano time, and what it had had by then. */
    private record Visit(long position, long at) {}

    SharedStream(
            BlockingStream<TrackedEventMessage<?>> stream,
            Function<TrackedEventMessage<?>, StoredFact> read,
            int mostKept,
            Duration patience,
            long position) {
        this.stream = stream;
        this.read = read;
        this.mostKept = mostKept;
        this.patienceNanos = patience.toNanos();
        this.begin = position;
        this.end = position;
    }

    /** Whether it goes on after a position, at once or with few facts in between. */
    boolean reaches(long position) {
        return !broken && begin <= position && position <= end + mostKept / 2;
    }

    void join(FeedReader reader, long position) {
        synchronized (readers) {
            readers.put(reader, new Visit(position, System.nanoTime()));
        }
    }

    /** @return whether it was the last reader */
    boolean leave(FeedReader reader) {
        synchronized (readers) {
            readers.remove(reader);
            return readers.isEmpty();
        }
    }

    /**
     * The next facts after a position, in order; empty when none came in time, or when the stream no longer reaches the
     * position. Waiting for those who follow may take longer than that. A failure is that of the store, and ends the
     * stream.
     */
    synchronized List<StoredFact> after(FeedReader reader, long position, int most, long millis)
            throws InterruptedException {
        letGoWhatAllHaveHad(reader, position);
        awaitThoseWhoFollow(reader, position, most);
        List<StoredFact> facts = new ArrayList<>();
        if (!reaches(position)) {
            return facts;
        }
        for (StoredFact fact : kept) {
            if (facts.size() == most) {
                return facts;
            }
            if (fact.position() > position) {
                facts.add(fact);
            }
        }
        try {
            readOn(position, most, facts.isEmpty() ? millis : 0, facts);
        } catch (RuntimeException | InterruptedException | Error e) {
            broken = true;
            throw e;
        }
        return facts;
    }

    private void readOn(long position, int most, long millis, List<StoredFact> facts) throws InterruptedException {
        boolean available = stream.hasNextAvailable((int) Math.max(0, millis), TimeUnit.MILLISECONDS);
        while (available && facts.size() < most) {
            StoredFact fact = read.apply(stream.nextAvailable());
            kept.add(fact);
            end = fact.position();
            if (kept.size() > mostKept) {
                begin = kept.remove().position();
            }
            if (fact.position() > position) {
                facts.add(fact);
            }
            available = stream.hasNextAvailable();
        }
    }

    private void letGoWhatAllHaveHad(FeedReader reader, long position) {
        long had = position;
        synchronized (readers) {
            readers.put(reader, new Visit(position, System.nanoTime()));
            for (Visit other : readers.values()) {
                had = Math.min(had, other.position());
            }
        }
        while (!kept.isEmpty() && kept.element().position() <= had) {
            begin = kept.remove().position();
        }
        notifyAll();
    }

    private void awaitThoseWhoFollow(FeedReader reader, long position, int most) throws InterruptedException {
        long nanos = patienceLeft(reader, most);
        while (nanos > 0 && kept.size() + most > mostKept && position + most > end) {
            TimeUnit.NANOSECONDS.timedWait(this, nanos);
            nanos = patienceLeft(reader, most);
        }
    }

    /** For those who would lose facts if so many more were read. */
    private long patienceLeft(FeedReader ahead, int most) {
        long now = System.nanoTime();
        long left = 0;
        synchronized (readers) {
            for (Map.Entry<FeedReader, Visit> other : readers.entrySet()) {
                Visit visit = other.getValue();
                if (other.getKey() != ahead && visit.position() >= begin && visit.position() < begin + most) {
                    left = Math.max(left, visit.at() + patienceNanos - now);
                }
            }
        }
        return left;
    }

    void close() {
        stream.close();
    }
}
