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
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that writes: whatever waits becomes one transaction, so that many devices share one flush. */
final class JournalWriter implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
    private static final int MOST_AT_ONCE = 256;
    private static final int MOST_WAITING = 4_096;
    private static final long IDLE_MILLIS = 200;

    /** Statements of one write. */
    interface Change {
        void apply(Connection connection) throws SQLException;
    }

    private record Task(Change change, CompletableFuture<Void> done) {}

    private final BlockingQueue<Task> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Connection connection;
    private final Thread thread;
    private volatile boolean closed;

    JournalWriter(Connection connection) {
        this.connection = connection;
        thread = new Thread(this::run, "journal");
        thread.start();
    }

    CompletableFuture<Void> write(Change change) {
        Task task = new Task(change, new CompletableFuture<>());
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
                Task first = waiting.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    waiting.drainTo(batch, MOST_AT_ONCE - 1);
                    commit(batch);
                    batch.clear();
                }
            } catch (InterruptedException e) {
                closed = true;
            }
        }
    }

    private void commit(List<Task> batch) {
        try {
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
