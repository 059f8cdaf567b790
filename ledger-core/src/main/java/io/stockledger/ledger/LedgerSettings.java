package io.stockledger.ledger;

import java.time.Duration;

/**
 * The ledger's limits.
 *
 * @param mostWaiting commands that may wait; one more is refused with {@link LedgerBusy}
 * @param mostPerBatch commands decided and appended at once
 * @param mostFactsPerAppend a batch ends early when its facts reach this number
 * @param mostStates streams whose states are kept in memory: one half because they are asked for often, the other
 *     because they are the latest documents of a kind that is asked for soon
 * @param mostRemembered the latest answers, kept in memory; older ones are read from the store
 * @param factsPerSnapshot a state is stored whole each time its stream has grown by this many facts; less often when
 *     the state itself is larger than that
 * @param patience how long after the begin of its append a batch is tried again, when the store conflicts or is lost in
 *     the middle of writing
 * @param businessTimes which of them are believed
 */
public record LedgerSettings(
        int mostWaiting,
        int mostPerBatch,
        int mostFactsPerAppend,
        int mostStates,
        int mostRemembered,
        int factsPerSnapshot,
        Duration patience,
        BusinessTimes businessTimes) {

    public LedgerSettings(
            int mostWaiting,
            int mostPerBatch,
            int mostFactsPerAppend,
            int mostStates,
            int mostRemembered,
            int factsPerSnapshot,
            Duration patience) {
        this(
                mostWaiting,
                mostPerBatch,
                mostFactsPerAppend,
                mostStates,
                mostRemembered,
                factsPerSnapshot,
                patience,
                BusinessTimes.standard());
    }

    public static LedgerSettings standard() {
        return new LedgerSettings(8_192, 512, 4_000, 50_000, 256, 1_000, Duration.ofSeconds(10));
    }
}
