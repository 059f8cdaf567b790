package io.stockledger.connectors.reaction;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An effect as people see it.
 *
 * @param tries since it was first due, or sent again
 * @param dueAt when it is tried next, while it is due
 * @param status what the target answered when it was carried out
 * @param lastError why the last try failed; null when it did not
 * @param endedAt when it was carried out or given up; null while it is due
 */
public record LoggedEffect(
        String key,
        String reaction,
        String target,
        String ordering,
        long position,
        String subject,
        State state,
        int tries,
        Instant dueSince,
        Instant dueAt,
        @Nullable Integer status,
        @Nullable String lastError,
        @Nullable Instant endedAt) {

    /** Where an effect is. */
    public enum State {
        DUE,
        DONE,
        /** Given up; it waits for somebody to send it again. */
        PARKED
    }
}
