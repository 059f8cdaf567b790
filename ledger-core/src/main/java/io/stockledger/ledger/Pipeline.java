package io.stockledger.ledger;

import io.stockledger.ledger.FactStore.StoreUnavailable;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the next batch grow while the one before is appended, so that neither deciding nor the store waits for the other.
 *
 * <p>What is decided meanwhile rests on a batch that may still fail. It is appended only after that one, and when
 * that one fails, both are decided anew.
 */
final class Pipeline {

    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

    private final Writer writer;
    private final Thread appender = new Thread(this::appendAll, "ledger-appender");

    /** Whoever holds it may use the writer and the batches. */
    private final Object turn = new Object();

    private Batch open;
    private @Nullable Batch underWay;
    private boolean closing;

    Pipeline(Writer writer) {
        this.writer = writer;
        this.open = writer.newBatch();
    }

    void start() {
        appender.start();
    }

    /** Decides commands, in order; each is answered when its batch is appended, or fails. Waits while a batch is full. */
    void take(List<Ticket> tickets) {
        int taken = 0;
        try {
            Set<String> existing;
            synchronized (turn) {
                existing = writer.lookForExisting(tickets);
            }
            for (; taken < tickets.size(); taken++) {
                take(tickets.get(taken), existing);
            }
        } catch (RuntimeException | Error e) {
            if (!(e instanceof StoreUnavailable)) {
                LOG.error("{} could not be decided", tickets.get(taken).document(), e);
            }
            writer.fail(tickets.subList(taken, tickets.size()), e);
        }
    }

    private void take(Ticket ticket, Set<String> existing) {
        synchronized (turn) {
            while (writer.isFull(open)) {
                await();
            }
            writer.decide(ticket, open, underWay, existing);
            turn.notifyAll();
        }
    }

    /** Appends what was taken, then stops. */
    void close(long withinMillis) throws InterruptedException {
        synchronized (turn) {
            closing = true;
            turn.notifyAll();
        }
        appender.join(withinMillis);
    }

    private void appendAll() {
        @Nullable Batch next = next();
        while (next != null) {
            append(next);
            next = next();
        }
    }

    /** @return null when there is nothing more to come */
    private @Nullable Batch next() {
        synchronized (turn) {
            while (open.outcomes().isEmpty()) {
                if (closing) {
                    return null;
                }
                await();
            }
            Batch next = open;
            next.publish();
            underWay = next;
            open = writer.newBatch();
            turn.notifyAll();
            return next;
        }
    }

    private void append(Batch batch) {
        long began = System.nanoTime();
        try {
            long last = writer.append(batch);
            synchronized (turn) {
                underWay = null;
                writer.settle(batch, last);
            }
        } catch (RuntimeException | Error e) {
            synchronized (turn) {
                Batch after = open;
                underWay = null;
                open = writer.newBatch();
                after.takeBack();
                List<Ticket> both = Stream.concat(batch.tickets().stream(), after.tickets().stream())
                        .toList();
                recover(both, batch, e, began);
                turn.notifyAll();
            }
        }
    }

    private void recover(List<Ticket> tickets, Batch failed, Throwable failure, long since) {
        try {
            writer.recover(tickets, failed, failure, since);
        } catch (RuntimeException | Error e) {
            LOG.error("A batch of {} commands failed", tickets.size(), e);
            writer.fail(tickets, e);
        }
    }

    /** For callers that ask again whether they may go on. An interruption changes nothing: what was taken is answered. */
    @SuppressWarnings("WaitNotInLoop")
    private void await() {
        try {
            turn.wait();
        } catch (InterruptedException e) {
            LOG.debug("Interrupted while waiting for the other thread", e);
        }
    }
}
