package io.stockledger.ledger;

import io.stockledger.ledger.FactStore.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** All facts in their global order, without gaps: a fact that is committed late is never jumped over. */
public interface FactFeed {

    /** @param afterPosition the last position that the reader has seen; 0 to begin with the first fact */
    Reader open(long afterPosition);

    /** The position of the last fact of all, or a later one; 0 when there is none. */
    long head();

    /** The last append of this node, known without asking the store. */
    Appended appended();

    /**
     * @param position of the last fact, or a later one where the store cannot tell it exactly; 0 before the first append
     * @param at when its facts were recorded
     */
    record Appended(long position, Instant at) {
        public static final Appended NOTHING = new Appended(0, Instant.EPOCH);
    }

    /** Reads on from where it is. Used by one thread. */
    interface Reader extends AutoCloseable {

        /**
         * The next facts, with their positions; empty when none came within {@code wait}.
         *
         * @throws StoreUnavailable when the store does not answer; the reader is then to be closed
         */
        List<StoredFact> next(int most, Duration wait) throws InterruptedException;

        @Override
        void close();
    }
}
