package io.stockledger.ledger;

import io.stockledger.document.Command;
import io.stockledger.document.Provenance;
import io.stockledger.ledger.FactStore.OutcomeUnknown;
import io.stockledger.ledger.FactStore.StoreUnavailable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Takes commands and answers what became of them. One thread decides all commands that wait, in their order; another
 * appends the facts of all that were decided meanwhile in one step. An answer is given only after that. A lone command
 * waits for nobody.
 */
public final class Ledger implements AutoCloseable {

    private static final Duration SHUTDOWN = Duration.ofSeconds(30);
    private static final Duration LOOK_UP = Duration.ofMillis(50);

    private final LedgerSettings settings;
    private final BlockingQueue<Ticket> waiting;
    private final Writer writer;
    private final Pipeline pipeline;
    private final Thread thread = new Thread(this::run, "ledger-writer");
    private volatile boolean closing;

    private Ledger(LedgerSettings settings, Writer writer) {
        this.settings = settings;
        this.waiting = new ArrayBlockingQueue<>(settings.mostWaiting());
        this.writer = writer;
        this.pipeline = new Pipeline(writer);
    }

    /**
     * @param clock gives record times
     * @param answers gives callers their answers, so that the writer need not
     * @param snapshots takes snapshots, for which no caller should wait
     */
    public static Ledger start(
            FactStore store,
            LedgerSettings settings,
            InstantSource clock,
            LedgerObserver observer,
            Executor answers,
            Executor snapshots) {
        Ledger ledger = new Ledger(settings, new Writer(store, settings, clock, observer, answers, snapshots));
        ledger.pipeline.start();
        ledger.thread.start();
        return ledger;
    }

    /**
     * Hands in a command. The answer comes when its facts are durable, or fails with {@link StoreUnavailable} or
     * {@link OutcomeUnknown} when the store does; the same command may be sent again after either.
     *
     * @throws LedgerBusy when too many commands wait
     * @throws StoreUnavailable when the ledger is shutting down
     */
    public CompletableFuture<Answer> submit(Command command, Provenance by) {
        if (closing) {
            throw shuttingDown();
        }
        Ticket ticket = Ticket.of(command, by);
        if (!waiting.offer(ticket)) {
            throw new LedgerBusy(waiting.size());
        }
        // Handed in while the writer stopped: whoever takes it out again says so.
        if (closing && !thread.isAlive() && waiting.remove(ticket)) {
            throw shuttingDown();
        }
        return ticket.answer();
    }

    /** How many commands wait now. */
    public int waiting() {
        return waiting.size();
    }

    /** Answers what waits, then stops. */
    @Override
    public void close() throws InterruptedException {
        closing = true;
        thread.join(SHUTDOWN.toMillis());
        pipeline.close(SHUTDOWN.toMillis());
        List<Ticket> late = new ArrayList<>();
        waiting.drainTo(late);
        writer.fail(late, shuttingDown());
    }

    private void run() {
        List<Ticket> batch = new ArrayList<>();
        while (!closing || !waiting.isEmpty()) {
            try {
                Ticket first = waiting.poll(LOOK_UP.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    waiting.drainTo(batch, settings.mostPerBatch() - 1);
                    pipeline.take(batch);
                }
            } catch (InterruptedException e) {
                // Nobody else will answer what waits.
                closing = true;
            }
            batch.clear();
        }
    }

    private static StoreUnavailable shuttingDown() {
        return new StoreUnavailable("the ledger is shutting down", null);
    }
}
