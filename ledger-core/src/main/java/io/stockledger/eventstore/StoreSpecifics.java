package io.stockledger.eventstore;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a store does in its own way, beside Axon's interfaces. */
public interface StoreSpecifics {

    /** The position of the last fact that this node appended, or a later one. Asked after each append. */
    long lastAppended();

    /** Whether {@link #lastAppended} is exact, and the facts of one append follow one another without a gap. */
    boolean tellsPositions();

    /** The sequence of the last fact of each stream; a stream without facts is left out. */
    Map<String, Long> lastSequences(Collection<String> streams);

    /** What is added to the store's own index to get a position: positions begin with 1 everywhere. */
    int firstPositionOffset();

    /**
     * What the failure of an append means.
     *
     * @return an {@code AppendConflict}, {@code OutcomeUnknown} or {@code StoreUnavailable}; null when it is none of
     *     them, so a bug
     */
    @Nullable RuntimeException translate(RuntimeException failure);
}
