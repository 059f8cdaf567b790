package io.stockledger.ledger;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where facts are kept. Implemented over Axon's event store, on Axon Server or PostgreSQL. */
public interface FactStore {

    /**
     * Appends all facts in one atomic step.
     *
     * @return the position of the last of them, or a later one where the store cannot tell it exactly
     * @throws AppendConflict when a fact with the same stream and sequence exists; nothing was written
     * @throws OutcomeUnknown when the store was lost while it was writing; all or nothing was written
     * @throws StoreUnavailable when the store could not be reached; nothing was written
     */
    long append(List<StoredFact> facts);

    /** Facts as a store would have them for an append. */
    interface Prepared {
        List<StoredFact> facts();
    }

    /** Does what an append can have done before it begins, so that it takes less time itself. */
    default Prepared prepare(List<StoredFact> facts) {
        return () -> facts;
    }

    /** Appends as {@link #append} does. */
    default long appendPrepared(List<Prepared> prepared) {
        return append(prepared.stream().flatMap(one -> one.facts().stream()).toList());
    }

    /** The stream's facts in order, from the first. A stream without facts is empty. */
    List<StoredFact> read(String stream);

    /**
     * Those of the stream's facts whose sequences lie in a range, in order.
     *
     * @param from the first
     * @param before the one that is no more part of it
     */
    List<StoredFact> read(String stream, long from, long before);

    /** The stream's latest snapshot and the facts after it. */
    StreamContents readFromSnapshot(String stream);

    /** The sequence of the last fact of each stream; a stream without facts is left out. */
    Map<String, Long> lastSequences(Collection<String> streams);

    /** The position of the last fact of all, or a later one; 0 when there is none. */
    long head();

    /** Keeps a state as of a sequence, so that later reads start there. */
    void saveSnapshot(String stream, long sequence, Object snapshot);

    /**
     * @param snapshot a state as of {@code snapshotSequence}; null for none
     * @param facts those after the snapshot
     */
    record StreamContents(@Nullable Object snapshot, long snapshotSequence, List<StoredFact> facts) {}

    /** Somebody else wrote to one of the streams first. */
    final class AppendConflict extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public AppendConflict(Throwable cause) {
            super(cause);
        }
    }

    /** Whether the facts were written can only be told by reading. */
    final class OutcomeUnknown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public OutcomeUnknown(Throwable cause) {
            super(cause);
        }
    }

    /** The store does not answer, or refuses to write. */
    final class StoreUnavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public StoreUnavailable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
