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
    private record Look(List<StoredFact> facts, @Nullable Throwable failure) {}

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

    /** The next facts in order; empty when there were none for a while. Fails as the feed did. */
    List<StoredFact> next() throws InterruptedException {
        Look look = looks.take();
        Throwable failure = look.failure();
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        return look.facts();
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
            while (!closing) {
                long began = System.nanoTime();
                List<StoredFact> facts = reader.next(settings.mostPerBatch(), settings.readWait());
                looks.put(new Look(facts, null));
                if (facts.size() < settings.mostPerBatch()) {
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
            looks.put(new Look(List.of(), failure));
        } catch (InterruptedException e) {
            LOG.debug("{} is being closed, its failure comes too late", thread.getName(), failure);
        }
    }
}
