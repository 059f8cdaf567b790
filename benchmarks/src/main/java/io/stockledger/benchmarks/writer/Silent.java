package io.stockledger.benchmarks.writer;

import io.stockledger.document.Command;
import io.stockledger.ledger.Answer;
import io.stockledger.ledger.LedgerObserver;
import java.time.Duration;

/** Counts nothing, so that nothing but the ledger is measured. */
final class Silent implements LedgerObserver {

    @Override
    public void answered(Command command, Answer answer, Duration took) {}

    @Override
    public void failed(Command command, Throwable reason) {}

    @Override
    public void appended(int facts, Duration took) {}

    @Override
    public void conflicted() {}
}
