package io.stockledger.projections.view;

import io.stockledger.document.Coded;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a view is, for people and alarms.
 *
 * @param positionsBehind how many positions the ledger is ahead
 * @param behind how long it has been
 * @param parkedFacts how many facts wait to be resumed
 * @param parkedSequences how many sequences they belong to
 * @param error what the view is retrying after; null when it is not
 */
public record ViewStatus(
        String view,
        Role role,
        long position,
        long head,
        long positionsBehind,
        Duration behind,
        long parkedFacts,
        long parkedSequences,
        @Nullable String error) {

    /** Which part this node has in a view. */
    public enum Role implements Coded {
        STARTING,
        /** It reads the facts and writes the view. */
        WORKING,
        /** Another node does; this one would take over. */
        STANDING_BY,
        /** After a failure, until it has succeeded again. */
        RETRYING,
        STOPPED
    }
}
