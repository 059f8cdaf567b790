package io.stockledger.ledger;

import io.stockledger.stock.Bucket;
import io.stockledger.stock.Posting;
import io.stockledger.stock.StockFact.StockMoved;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A store in memory that keeps its promises: an append is all or nothing, and a second fact with the same stream and
 * sequence is refused. What goes wrong in it is scripted.
 */
final class MemoryFactStore implements FactStore {

    /** What happens instead of an append. */
    interface Turn {
        /** @param write does it as it would have been done */
        long append(List<StoredFact> facts, Write write);
    }

    /** The append as it would have been done. */
    interface Write {
        /** @return the position of the last fact */
        long now();
    }

    record Snapshot(String stream, long sequence, Object state, String thread) {}

    private final Map<String, List<StoredFact>> streams = new HashMap<>();
    private final Map<String, Snapshot> latestSnapshots = new HashMap<>();
    private final List<StoredFact> all = new ArrayList<>();
    private final Map<Bucket, Long> thousandths = new EnumMap<>(Bucket.class);
    private final Queue<Turn> turns = new ArrayDeque<>();
    private final Queue<Snapshot> snapshots = new ConcurrentLinkedQueue<>();
    private final Set<String> read = ConcurrentHashMap.newKeySet();
    private @Nullable RuntimeException unreadable;
    private boolean savesSnapshots = true;

    /** The next append goes this way; of several, each has its turn. */
    synchronized MemoryFactStore next(Turn turn) {
        turns.add(turn);
        return this;
    }

    /** No read is answered until {@code null} is given. */
    synchronized void failReads(@Nullable RuntimeException reason) {
        unreadable = reason;
    }

    synchronized void failSnapshots() {
        savesSnapshots = false;
    }

    @Override
    public long append(List<StoredFact> facts) {
        @Nullable Turn turn;
        synchronized (this) {
            turn = turns.poll();
        }
        return turn == null ? write(facts) : turn.append(facts, () -> write(facts));
    }

    private synchronized long write(List<StoredFact> facts) {
        Map<String, Long> next = new HashMap<>();
        for (StoredFact fact : facts) {
            long expected = next.getOrDefault(
                    fact.stream(), (long) stream(fact.stream()).size());
            if (fact.sequence() < expected) {
                throw new AppendConflict(new IllegalStateException(fact.stream() + " has " + fact.sequence()));
            }
            if (fact.sequence() > expected) {
                throw new IllegalStateException(
                        fact.stream() + ": sequence " + fact.sequence() + " (expected: " + expected + ")");
            }
            next.put(fact.stream(), expected + 1);
        }
        for (StoredFact fact : facts) {
            StoredFact stored = new StoredFact(
                    all.size() + 1L, fact.stream(), fact.sequence(), fact.fact(), fact.meta(), fact.recordedAt());
            all.add(stored);
            streams.computeIfAbsent(fact.stream(), name -> new ArrayList<>()).add(stored);
            if (fact.fact() instanceof StockMoved moved) {
                moved.postings().forEach(this::post);
            }
        }
        return all.size();
    }

    private void post(Posting posting) {
        long amount = posting.quantity().amount().movePointRight(3).longValueExact();
        thousandths.merge(posting.from(), -amount, Long::sum);
        thousandths.merge(posting.to(), amount, Long::sum);
    }

    /** What the store's own books say is in each bucket, over all items and locations, in thousandths. */
    synchronized Map<Bucket, Long> thousandths() {
        return Map.copyOf(thousandths);
    }

    synchronized long thousandthsIn(Bucket bucket) {
        return thousandths.getOrDefault(bucket, 0L);
    }

    @Override
    public synchronized List<StoredFact> read(String stream) {
        refuseWhenUnreadable();
        read.add(stream);
        return List.copyOf(stream(stream));
    }

    @Override
    public synchronized List<StoredFact> read(String stream, long from, long before) {
        List<StoredFact> facts = read(stream);
        return facts.subList((int) Math.min(from, facts.size()), (int) Math.min(before, facts.size()));
    }

    @Override
    public synchronized StreamContents readFromSnapshot(String stream) {
        Snapshot snapshot = latestSnapshots.get(stream);
        List<StoredFact> facts = read(stream);
        return snapshot == null
                ? new StreamContents(null, -1, facts)
                : new StreamContents(
                        snapshot.state(),
                        snapshot.sequence(),
                        facts.subList((int) snapshot.sequence() + 1, facts.size()));
    }

    @Override
    public synchronized Map<String, Long> lastSequences(Collection<String> names) {
        refuseWhenUnreadable();
        Map<String, Long> last = new HashMap<>();
        for (String name : names) {
            if (!stream(name).isEmpty()) {
                last.put(name, stream(name).size() - 1L);
            }
        }
        return last;
    }

    @Override
    public synchronized long head() {
        return all.size();
    }

    @Override
    public synchronized void saveSnapshot(String stream, long sequence, Object snapshot) {
        if (!savesSnapshots) {
            throw new StoreUnavailable("no room for snapshots", null);
        }
        Snapshot taken =
                new Snapshot(stream, sequence, snapshot, Thread.currentThread().getName());
        snapshots.add(taken);
        latestSnapshots.merge(stream, taken, (a, b) -> a.sequence() > b.sequence() ? a : b);
    }

    synchronized Snapshot latestSnapshot(String stream) {
        return Objects.requireNonNull(latestSnapshots.get(stream), stream);
    }

    synchronized List<StoredFact> all() {
        return List.copyOf(all);
    }

    Queue<Snapshot> snapshots() {
        return snapshots;
    }

    /** The streams that were read at least once. */
    Set<String> streamsRead() {
        return new HashSet<>(read);
    }

    private List<StoredFact> stream(String name) {
        return streams.getOrDefault(name, List.of());
    }

    private void refuseWhenUnreadable() {
        if (unreadable != null) {
            throw unreadable;
        }
    }
}
