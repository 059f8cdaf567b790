package io.stockledger.ledger;

import io.stockledger.ledger.FactStore.AppendConflict;
import io.stockledger.ledger.FactStore.OutcomeUnknown;
import io.stockledger.ledger.FactStore.StoreUnavailable;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows a failed append: learns from the failure, decides the commands anew and appends them, until the store has
 * taken all or patience ends.
 */
final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Writer writer;
    private final long deadline;
    /** Documents that are known to be in the store. */
    private final Set<String> existing = new HashSet<>();

    private List<Ticket> left;
    private int mostAtOnce;
    /** What another node has written since is not looked up yet. */
    private @Nullable Batch refused;
    /** From then on nobody can be told that nothing was written. */
    private @Nullable OutcomeUnknown unknown;

    /**
     * @param tickets those of the failed batch, and any decided after it
     * @param deadline nano time
     */
    Recovery(Writer writer, List<Ticket> tickets, long deadline) {
        this.writer = writer;
        this.left = tickets;
        this.mostAtOnce = tickets.size();
        this.deadline = deadline;
    }

    void after(Batch failed, Throwable failure) {
        boolean goOn = learn(failed, failure);
        while (goOn && !left.isEmpty()) {
            Batch batch = writer.newBatch();
            try {
                attempt(batch);
            } catch (RuntimeException | AssertionError e) {
                goOn = learn(batch, e);
            }
        }
    }

    /** @return whether to try again; when not, all that are left have been told */
    private boolean learn(Batch batch, Throwable failure) {
        if (failure instanceof AppendConflict) {
            batch.forget();
            refused = batch;
            writer.conflicted();
        } else if (failure instanceof OutcomeUnknown e) {
            LOG.warn(
                    "The store was lost while it wrote {} facts; reading what became of them",
                    batch.facts().size(),
                    e);
            doubt(batch);
            unknown = e;
        } else if (!(failure instanceof StoreUnavailable)) {
            doubt(batch);
            isolate(failure);
        } else if (unknown == null) {
            batch.takeBack();
            writer.fail(left, failure);
            return false;
        }
        if (System.nanoTime() - deadline > 0) {
            writer.fail(
                    left, unknown != null ? unknown : new StoreUnavailable("other writers keep writing first", null));
            return false;
        }
        if (unknown != null) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return true;
    }

    /** Nothing that the batch would have changed is known any more. */
    private void doubt(Batch batch) {
        batch.forget();
        existing.addAll(batch.begun());
    }

    /** One command may be the cause; decided singly, it fails alone. */
    private void isolate(Throwable failure) {
        if (mostAtOnce > 1 && left.size() > 1) {
            mostAtOnce = 1;
        } else {
            LOG.error("{} could not be appended", left.get(0).document(), failure);
            writer.fail(left.subList(0, 1), failure);
            left = left.subList(1, left.size());
        }
    }

    private void attempt(Batch batch) {
        if (refused != null) {
            existing.addAll(writer.changedElsewhere(refused));
            refused = null;
        }
        List<Ticket> next = left.subList(0, Math.min(mostAtOnce, left.size()));
        existing.addAll(writer.lookForExisting(next));
        for (Ticket ticket : next) {
            if (writer.isFull(batch)) {
                break;
            }
            writer.decide(ticket, batch, null, existing);
        }
        long last = writer.append(batch);
        batch.publish();
        writer.settle(batch, last);
        left = left.subList(batch.outcomes().size(), left.size());
    }
}
