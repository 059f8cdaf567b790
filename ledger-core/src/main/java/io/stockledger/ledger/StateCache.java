package io.stockledger.ledger;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.stockledger.decision.StreamType;
import io.stockledger.document.Fact;
import io.stockledger.ledger.FactStore.StreamContents;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The states of recently used streams as of what was decided last. Bounded; what it lacks is read from the store, which
 * may not have the batch that is being appended: then the store refuses what is decided on it.
 */
final class StateCache {

    /**
     * @param state null as long as no fact has made one
     * @param sequence of the last fact; -1 when there is none
     */
    record Entry<S>(StreamType<S> type, @Nullable S state, long sequence) {

        /** Some hundred megabytes for a moment, when it is written whole. */
        private static final int MOST_PARTS = 500_000;

        Entry<S> after(Fact fact, Instant happened) {
            return new Entry<>(type, type.after().apply(state, fact, happened), sequence + 1);
        }

        /**
         * How many facts lie between two snapshots: the larger the state, the more, so that an item with a hundred
         * thousand reservations isn't written whole for every thousand. Doubled, not exact, so that the places in the
         * stream where snapshots fall stay the same while the state grows. A state that is too large for one has none.
         */
        long factsPerSnapshot(long fewest) {
            int parts =
                    state == null ? 0 : type.snapshots().orElseThrow().parts().applyAsInt(state);
            if (parts > MOST_PARTS) {
                return Long.MAX_VALUE;
            }
            long facts = fewest;
            while (facts < parts) {
                facts *= 2;
            }
            return facts;
        }

        /** The state as it is stored whole; only where the type has snapshots and a fact has made a state. */
        Object snapshot() {
            if (state == null) {
                throw new IllegalStateException("no snapshot of a " + type.prefix() + " before its first fact");
            }
            return type.snapshots().orElseThrow().save().apply(state);
        }
    }

    private final FactStore store;
    private final Cache<String, Entry<?>> entries;

    /** First in, first out: one that keeps what is asked for often would forget a fresh document before it is asked for. */
    private final Map<String, Entry<?>> fresh;

    /** @param most half of them for what is asked for often, half for the latest documents */
    StateCache(FactStore store, int most) {
        int half = Math.max(1, most / 2);
        this.store = store;
        this.fresh = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Entry<?>> eldest) {
                return size() > half;
            }
        };
        this.entries =
                Caffeine.newBuilder().executor(Runnable::run).maximumSize(half).build();
    }

    @SuppressWarnings("unchecked") // a stream's name begins with its type's prefix, so it has one type
    <S> Entry<S> get(StreamType<S> type, String stream) {
        Entry<?> entry = fresh.get(stream);
        if (entry == null) {
            entry = entries.getIfPresent(stream);
        }
        if (entry == null) {
            entry = load(type, stream);
            entries.put(stream, entry);
        }
        return (Entry<S>) entry;
    }

    void put(String stream, Entry<?> entry) {
        if (fresh.replace(stream, entry) == null) {
            entries.put(stream, entry);
        }
    }

    /** Keeps a document that has just begun, however seldom it is asked for. */
    void putFresh(String stream, Entry<?> entry) {
        fresh.put(stream, entry);
    }

    void forget(String stream) {
        fresh.remove(stream);
        entries.invalidate(stream);
    }

    private <S> Entry<S> load(StreamType<S> type, String stream) {
        Entry<S> entry = new Entry<>(type, null, -1);
        List<StoredFact> facts;
        if (type.snapshots().isPresent()) {
            StreamContents contents = store.readFromSnapshot(stream);
            facts = contents.facts();
            if (contents.snapshot() != null) {
                S state = type.snapshots().get().restore().apply(contents.snapshot());
                entry = new Entry<>(type, state, contents.snapshotSequence());
            }
        } else {
            facts = store.read(stream);
        }
        for (StoredFact stored : facts) {
            entry = entry.after(stored.fact(), stored.happened());
        }
        return entry;
    }
}
