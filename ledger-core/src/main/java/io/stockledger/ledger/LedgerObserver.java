package io.stockledger.ledger;

import io.stockledger.document.Command;
import java.time.Duration;

/**
 * Is told what the ledger does, for metrics. Called on the writer's thread and on those that answer, so it must be
 * quick and safe for several threads.
 */
public interface LedgerObserver {

    /** @param took from submission to answer */
    void answered(Command command, Answer answer, Duration took);

    /** The ledger could not say what became of the command. */
    void failed(Command command, Throwable reason);

    /** @param facts how many were appended at once */
    void appended(int facts, Duration took);

    /** Another writer was first; the batch is decided again. */
    void conflicted();
}
