package io.stockledger.device.uplink;

import io.stockledger.device.journal.Journal;
import io.stockledger.v1.ItemRef;
import java.io.Closeable;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiConsumer;

/** All devices' reads on their way to the ledger, each device on a lane of its own. */
public final class Uplink implements Closeable {

    private static final int THREADS = 2;

    private final Journal journal;
    private final LedgerCalls ledger;
    private final Duration longestPause;
    private final Runnable beforeTrying;
    private final LinkHealth health;
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "uplink");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param longestPause between two tries of one device
     * @param beforeTrying run before a try that follows a failed one, so that the connection does not keep a longer pause
     * @param onAnswer told the device and how long after the scan the ledger decided
     */
    public Uplink(
            Journal journal,
            LedgerCalls ledger,
            Duration longestPause,
            Runnable beforeTrying,
            BiConsumer<String, Duration> onAnswer) {
        this.beforeTrying = beforeTrying;
        this.health = new LinkHealth(onAnswer);
        this.journal = journal;
        this.ledger = ledger;
        this.longestPause = longestPause;
    }

    /** Sends what an earlier run left, and whatever {@link #wake} tells of. */
    public void start(String device) {
        lane(device).wake();
    }

    /** The answer for a read, or the news that there is none yet. Ask before the read is in the journal. */
    public CompletableFuture<Answer> watch(String device, long sequence) {
        return lane(device).watch(sequence);
    }

    /** Nobody waits for the answer any more. */
    public void stopWatching(String device, long sequence) {
        lane(device).stopWatching(sequence);
    }

    /** The device has a new read in the journal. */
    public void wake(String device) {
        lane(device).wake();
    }

    /** Reads of the device were put back into the line. */
    public void startOver(String device) {
        lane(device).startOver();
    }

    /** Whether the device's last try brought no answer, so that the next will hardly bring one at once. */
    public boolean struggling(String device) {
        return lane(device).struggling();
    }

    /** Asks the ledger about an item; there is no second try. */
    public CompletableFuture<Answer> ask(ItemRef item) {
        return ledger.ask(item).thenApplyAsync(answer -> answer, executor);
    }

    public LinkHealth.Snapshot health() {
        return health.snapshot();
    }

    private Lane lane(String device) {
        return lanes.computeIfAbsent(
                device,
                name -> new Lane(name, journal, ledger, executor, longestPause.toMillis(), beforeTrying, health));
    }

    @Override
    public void close() {
        lanes.values().forEach(Lane::close);
        executor.shutdownNow();
    }
}
