package io.stockledger.projections.view;

import io.stockledger.ledger.FactFeed;
import io.stockledger.ledger.StoredFact;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the next batch of facts while the one before is written, on a thread of its own: reading and parsing cost a
 * replay as much as writing does. At most two batches wait in memory.
 *
 * <p>A batch ends where a command does, so that no question sees half of what one command did.
 */
final class ReadAhead implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReadAhead.class);
    private static final Duration SHUTDOWN = Duration.ofSeconds(5);

    private final FactFeed.Reader reader;
    private final ViewSettings settings;
    private final BlockingQueue<Look> looks = new ArrayBlockingQueue<>(1);
    private final Thread thread;
    private volatile boolean closing;

    /** What one look at the feed gave: facts, none, or a failure. */
    private record Look(Batch batch, @Nullable Throwable failure) {}

    /**
     * Facts that are to be taken together.
     *
     * @param facts in order; empty when there were none for a while
     * @param more whether others may be waiting behind them
     */
    record Batch(List<StoredFact> facts, boolean more) {
        private static final Batch NONE = new Batch(List.of(), false);
    }

    private ReadAhead(FactFeed.Reader reader, ViewSettings settings, String threadName) {
        this.reader = reader;
        this.settings = settings;
        this.thread = new Thread(this::run, threadName);
        this.thread.setDaemon(true);
    }

    static ReadAhead open(FactFeed feed, long afterPosition, ViewSettings settings, String threadName) {
        ReadAhead opened = new ReadAhead(feed.open(afterPosition), settings, threadName);
        opened.thread.start();
        return opened;
    }

    /** The next facts. Fails as the feed did. */
    Batch next() throws InterruptedException {
        Look look = looks.take();
        Throwable failure = look.failure();
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        return look.batch();
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        boolean interrupted = Thread.interrupted();
        try {
            thread.join(SHUTDOWN.toMillis());
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("{} did not stop within {}", thread.getName(), SHUTDOWN);
        }
    }

    private void run() {
        try (reader) {
            List<StoredFact> begun = List.of();
            while (!closing) {
                long began = System.nanoTime();
                List<StoredFact> read = reader.next(settings.mostPerBatch(), settings.readWait());
                List<StoredFact> facts = Commands.joined(begun, read);
                int end = Commands.lastEnd(facts);
                if (end == 0 && !read.isEmpty() && facts.size() < Commands.MOST_FACTS + settings.mostPerBatch()) {
                    begun = facts;
                    continue;
                }
                // A command is appended at once. What does not end by now was not told by one.
                int taken = end == 0 || read.isEmpty() ? facts.size() : end;
                boolean full = read.size() >= settings.mostPerBatch();
                looks.put(new Look(new Batch(facts.subList(0, taken), full || taken < facts.size()), null));
                begun = facts.subList(taken, facts.size());
                if (!full && begun.isEmpty()) {
                    TimeUnit.NANOSECONDS.sleep(settings.rest().toNanos() - (System.nanoTime() - began));
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("{} is being closed", thread.getName());
        } catch (RuntimeException | Error e) {
            tell(e);
        }
    }

    private void tell(Throwable failure) {
        try {
            looks.put(new Look(Batch.NONE, failure));
        } catch (InterruptedException e) {
            LOG.debug("{} is being closed, its failure comes too late", thread.getName(), failure);
        }
    }
}
