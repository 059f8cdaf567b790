package io.stockledger.eventstore.postgres;

import java.time.Duration;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;

/**
 * What may differ from one store to the next.
 *
 * @param upcasters bring facts of older revisions to the present one
 * @param fetchSize facts read in one query when following the global order or a long stream, 1 to 100,000
 * @param lockWithin how long another node's append may keep us waiting before ours fails, unstored
 * @param answerWithin how long the database may take to answer an append before the connection counts as lost
 * @param acceptDataLoss whether a database is good enough that may forget acknowledged facts in a crash ({@code fsync},
 *     {@code full_page_writes} or {@code synchronous_commit} off)
 */
public record PostgresEventStoreOptions(
        EventUpcaster upcasters, int fetchSize, Duration lockWithin, Duration answerWithin, boolean acceptDataLoss) {
    private static final int LARGEST_FETCH_SIZE = 100_000;

    public PostgresEventStoreOptions {
        if (fetchSize < 1 || fetchSize > LARGEST_FETCH_SIZE) {
            throw new IllegalArgumentException(
                    "fetchSize: " + fetchSize + " (expected: 1 to " + LARGEST_FETCH_SIZE + ")");
        }
        if (lockWithin.toMillis() < 1) {
            throw new IllegalArgumentException("lockWithin: " + lockWithin + " (expected: >= PT0.001S)");
        }
        if (answerWithin.compareTo(lockWithin) <= 0) {
            throw new IllegalArgumentException(
                    "answerWithin: " + answerWithin + " (expected: longer than lockWithin, " + lockWithin + ")");
        }
    }

    /** No upcasters, 2,000 facts a query, 10 s for the lock, 12 s for an answer, no loss accepted. */
    public static PostgresEventStoreOptions standard() {
        return new PostgresEventStoreOptions(
                NoOpEventUpcaster.INSTANCE, 2_000, Duration.ofSeconds(10), Duration.ofSeconds(12), false);
    }

    public PostgresEventStoreOptions withUpcasters(EventUpcaster newUpcasters) {
        return new PostgresEventStoreOptions(newUpcasters, fetchSize, lockWithin, answerWithin, acceptDataLoss);
    }

    public PostgresEventStoreOptions withFetchSize(int newFetchSize) {
        return new PostgresEventStoreOptions(upcasters, newFetchSize, lockWithin, answerWithin, acceptDataLoss);
    }

    public PostgresEventStoreOptions withTimeouts(Duration newLockWithin, Duration newAnswerWithin) {
        return new PostgresEventStoreOptions(upcasters, fetchSize, newLockWithin, newAnswerWithin, acceptDataLoss);
    }

    public PostgresEventStoreOptions withDataLossAccepted(boolean accepted) {
        return new PostgresEventStoreOptions(upcasters, fetchSize, lockWithin, answerWithin, accepted);
    }
}
