package io.stockledger.device.journal;

import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that writes: whatever waits becomes one transaction, so that many devices share one flush. */
final class JournalWriter implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
    private static final int MOST_AT_ONCE = 256;
    private static final int MOST_WAITING = 4_096;

    /** Statements of one write. */
    interface Change {
        void apply(Connection connection) throws SQLException;
    }

    private record Task(Change change, boolean flushed, CompletableFuture<Void> done) {}

    private final BlockingQueue<Task> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Connection connection;
    private final Thread thread;
    private volatile boolean closed;
    private boolean flushing = true;

    JournalWriter(Connection connection) {
        this.connection = connection;
        thread = new Thread(this::run, "journal");
        thread.start();
    }

    /** Completes when the change is on the disk. */
    CompletableFuture<Void> write(Change change) {
        return write(new Task(change, true, new CompletableFuture<>()));
    }

    /** Completes when the change would survive the end of this process, though not yet a power cut. */
    CompletableFuture<Void> writeUnflushed(Change change) {
        return write(new Task(change, false, new CompletableFuture<>()));
    }

    private CompletableFuture<Void> write(Task task) {
        boolean taken = !closed && waiting.offer(task);
        if (!taken) {
            task.done()
                    .completeExceptionally(new JournalFailure(
                            closed
                                    ? "journal: closed"
                                    : "journal: " + MOST_WAITING + " writes wait (expected: a disk that keeps up)"));
        }
        return task.done();
    }

    private void run() {
        List<Task> batch = new ArrayList<>();
        while (!closed || !waiting.isEmpty()) {
            try {
                batch.add(waiting.take());
                waiting.drainTo(batch, MOST_AT_ONCE - 1);
                commit(batch);
                batch.clear();
            } catch (InterruptedException e) {
                closed = true;
            }
        }
    }

    private void commit(List<Task> batch) {
        try {
            flush(batch.stream().anyMatch(Task::flushed));
            execute("BEGIN IMMEDIATE");
            for (Task task : batch) {
                task.change().apply(connection);
            }
            execute("COMMIT");
            batch.forEach(task -> task.done().complete(null));
        } catch (SQLException | RuntimeException e) {
            rollBack();
            if (batch.size() == 1) {
                batch.get(0).done().completeExceptionally(JournalFile.failure("written", e));
            } else {
                // One bad write must not fail its neighbours.
                batch.forEach(task -> commit(List.of(task)));
            }
        }
    }

    /** With NORMAL, a commit leaves the log to the next flush; what is flushed then is all of it. */
    private void flush(boolean wanted) throws SQLException {
        if (flushing != wanted) {
            execute("PRAGMA synchronous = " + (wanted ? "FULL" : "NORMAL"));
            flushing = wanted;
        }
    }

    /**
     * By hand, because a full disk makes SQLite roll back by itself, after which the driver's own bookkeeping would run
     * every later statement outside a transaction.
     */
    private void rollBack() {
        try {
            execute("ROLLBACK");
        } catch (SQLException e) {
            LOG.debug("nothing to roll back", e);
        }
    }

    private void execute(String order) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(order);
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        // Wakes the thread if it waits. If there is no room it does not wait, and sees by itself that this is closed.
        boolean unused = waiting.offer(new Task(none -> {}, false, new CompletableFuture<>()));
        try {
            thread.join();
            connection.close();
            for (Task late = waiting.poll(); late != null; late = waiting.poll()) {
                late.done().completeExceptionally(new JournalFailure("journal: closed"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            throw new IOException("journal: cannot be closed: " + e.getMessage(), e);
        }
    }
}
