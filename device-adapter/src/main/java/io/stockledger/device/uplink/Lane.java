package io.stockledger.device.uplink;

import com.google.protobuf.InvalidProtocolBufferException;
import io.stockledger.device.journal.Journal;
import io.stockledger.device.journal.Journal.Waiting;
import io.stockledger.device.journal.Read;
import io.stockledger.device.journal.ReadState;
import io.stockledger.v1.Command;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reads of one device on their way, one at a time: the next is sent when the ledger has answered for the one before.
 *
 * <p>What it sends it takes from the journal, so a backlog of any length costs no memory. It may send a read twice, when
 * an answer was lost; the document id makes that one effect.
 */
final class Lane {

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final int MOST_FAULTS = 30;

    private final String device;
    private final Journal journal;
    private final LedgerCalls ledger;
    private final ScheduledExecutorService executor;
    private final long longestPauseMillis;
    private final Runnable beforeTrying;
    private final LinkHealth health;
    private final Map<Long, CompletableFuture<Answer>> watched = new ConcurrentHashMap<>();

    private boolean busy;
    private boolean again;
    private boolean closed;
    private long settledPlace;
    private int tries;

    Lane(
            String device,
            Journal journal,
            LedgerCalls ledger,
            ScheduledExecutorService executor,
            long longestPauseMillis,
            Runnable beforeTrying,
            LinkHealth health) {
        this.device = device;
        this.journal = journal;
        this.ledger = ledger;
        this.executor = executor;
        this.longestPauseMillis = longestPauseMillis;
        this.beforeTrying = beforeTrying;
        this.health = health;
    }

    /** The answer for one read, whenever it comes; to be asked for before the read is in the journal. */
    CompletableFuture<Answer> watch(long sequence) {
        return watched.computeIfAbsent(sequence, key -> new CompletableFuture<>());
    }

    void stopWatching(long sequence) {
        watched.remove(sequence);
    }

    /** Something new is in the journal. */
    synchronized void wake() {
        if (closed) {
            return;
        }
        if (busy) {
            again = true;
        } else {
            busy = true;
            executor.execute(this::sendNext);
        }
    }

    /** A read was put back into the line. */
    synchronized void startOver() {
        settledPlace = 0;
        wake();
    }

    synchronized void close() {
        closed = true;
    }

    private void sendNext() {
        try {
            Optional<Waiting> next = journal.nextPending(device, place());
            if (next.isEmpty()) {
                rest();
                return;
            }
            Command command = Command.parseFrom(next.get().read().message());
            CompletableFuture<Void> unused =
                    ledger.send(command).thenAcceptAsync(answer -> takeSafely(next.get(), answer), executor);
        } catch (InvalidProtocolBufferException | RuntimeException e) {
            LOG.error("device {}: the next read cannot be sent, trying again", device, e);
            pause(0, e.toString());
        }
    }

    private void tryAgain() {
        beforeTrying.run();
        sendNext();
    }

    private synchronized long place() {
        return settledPlace;
    }

    private synchronized void rest() {
        busy = false;
        if (again) {
            again = false;
            wake();
        }
    }

    /** Whatever goes wrong here, the lane goes on; the read is sent again. */
    private void takeSafely(Waiting waiting, Answer answer) {
        try {
            take(waiting, answer);
        } catch (RuntimeException e) {
            LOG.error("device {}: the answer for a read was not understood, trying again", device, e);
            pause(0, e.toString());
        }
    }

    private void take(Waiting waiting, Answer answer) {
        Read read = waiting.read();
        if (answer instanceof Answer.None none) {
            health.unanswered(device, none, Instant.now());
            if (none.kind() != Answer.Kind.FAULT || !lostPatience()) {
                notify(read, answer);
                pause(none.retryAfterMillis(), none.why());
                return;
            }
        } else {
            health.answered(device, answer, read.readAt(), Instant.now());
        }
        boolean accepted = answer instanceof Answer.Accepted;
        Read settled = settled(read, answer);
        CompletableFuture<Void> unused = journal.answered(settled, Instant.now())
                .whenComplete((done, problem) -> {
                    if (problem != null) {
                        // The read stays pending in the journal; after a restart it is sent again, with no second
                        // effect.
                        LOG.warn(
                                "device {}: the answer for read {} was not kept: {}",
                                device,
                                read.sequence(),
                                problem.toString());
                    }
                });
        if (!accepted) {
            LOG.warn("device {}: read {} parked: {} {}", device, read.sequence(), settled.reason(), settled.detail());
        }
        advance(waiting.place());
        notify(read, answer);
        sendNext();
    }

    /**
     * Parked as {@link Read#LEDGER_FAULT}, a read keeps its document id when it is sent anew, because nobody knows whether
     * the ledger has it.
     */
    private static Read settled(Read read, Answer answer) {
        if (answer instanceof Answer.Refused refused) {
            return read.as(ReadState.PARKED, refused.reason(), refused.message());
        }
        return answer instanceof Answer.None none
                ? read.as(ReadState.PARKED, Read.LEDGER_FAULT, none.why())
                : read.as(ReadState.DONE, "", "");
    }

    /** One read on which the ledger breaks must not hold up all others of its device for ever. */
    private synchronized boolean lostPatience() {
        return tries >= MOST_FAULTS;
    }

    private synchronized void advance(long place) {
        settledPlace = Math.max(settledPlace, place);
        tries = 0;
    }

    private void notify(Read read, Answer answer) {
        CompletableFuture<Answer> watcher = watched.get(read.sequence());
        if (watcher != null) {
            watcher.complete(answer);
        }
    }

    private synchronized void pause(long askedMillis, String why) {
        long doubled = FIRST_PAUSE_MILLIS << Math.min(tries++, 20);
        long backoff = Math.min(longestPauseMillis, doubled);
        // Half of it is chance, so that fifty devices do not come back in one instant.
        long millis =
                Math.max(askedMillis, backoff / 2 + ThreadLocalRandom.current().nextLong(backoff / 2 + 1));
        if (tries == 1) {
            LOG.warn("device {}: no answer from the ledger, reads are kept: {}", device, why);
        }
        if (!closed) {
            ScheduledFuture<?> unused = executor.schedule(this::tryAgain, millis, TimeUnit.MILLISECONDS);
        }
    }

    /** Whether the last try brought no answer. */
    synchronized boolean struggling() {
        return tries > 0;
    }
}
