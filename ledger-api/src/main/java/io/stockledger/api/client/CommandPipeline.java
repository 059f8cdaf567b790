package io.stockledger.api.client;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.stockledger.v1.Command;
import io.stockledger.v1.Failed;
import io.stockledger.v1.LedgerGrpc;
import io.stockledger.v1.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends commands over one {@code Execute} stream, many at a time. A command that the ledger could not take now, or
 * whose answer was lost with the connection, is sent again as it is, which is safe because it keeps its document
 * id; until then nothing new is sent. Used by one thread; verdicts come on another.
 */
public final class CommandPipeline implements AutoCloseable {

    private static final Set<Status.Code> WORTH_ANOTHER_TRY = Set.of(
            Status.Code.UNAVAILABLE,
            Status.Code.RESOURCE_EXHAUSTED,
            Status.Code.ABORTED,
            Status.Code.DEADLINE_EXCEEDED);
    private static final Set<Status.Code> HOPELESS =
            Set.of(Status.Code.UNAUTHENTICATED, Status.Code.PERMISSION_DENIED, Status.Code.UNIMPLEMENTED);
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    /** After so long without any reply a stream counts as lost. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private final Connection connection;
    private final LedgerGrpc.LedgerStub ledger;
    private final int mostUnderWay;
    private final Duration patience;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final TreeMap<Long, Sent> underWay = new TreeMap<>();
    private final TreeMap<Long, Sent> again = new TreeMap<>();
    private final Ordering.UnderWay order = new Ordering.UnderWay();
    private @Nullable Stream stream;
    private @Nullable Status fatal;
    private String lastTrouble = "";
    private long nextTag = 1;
    private long pauseMillis = FIRST_PAUSE_MILLIS;
    private long resumeAtNanos = System.nanoTime();
    private long lastReplyNanos = System.nanoTime();
    private long resent;
    private int settling;

    private record Sent(Command command, Ordering ordering, Consumer<Verdict> whenSettled) {}

    /**
     * @param mostUnderWay commands that may wait for their verdict at once
     * @param patience how long the ledger may take nothing before the pipeline gives up
     */
    public CommandPipeline(Connection connection, int mostUnderWay, Duration patience) {
        this.connection = connection;
        this.ledger = LedgerGrpc.newStub(connection.channel());
        this.mostUnderWay = mostUnderWay;
        this.patience = patience;
    }

    /**
     * Sends a command, waiting until it may be.
     *
     * @param whenSettled is told the verdict, on another thread, one at a time
     * @throws LedgerUnreachable when the ledger takes no commands
     */
    public void send(Command.Builder command, Ordering ordering, Consumer<Verdict> whenSettled)
            throws InterruptedException {
        lock.lock();
        try {
            while (!tendToTrouble() || underWay.size() >= mostUnderWay || !order.admits(ordering)) {
                await();
            }
            long tag = nextTag++;
            Sent sent = new Sent(command.setTag(tag).build(), ordering, whenSettled);
            order.begin(ordering);
            if (underWay.isEmpty()) {
                lastReplyNanos = System.nanoTime();
                if (stream != null) {
                    stream.lastHeardNanos = lastReplyNanos;
                }
            }
            transmit(tag, sent);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until every command is settled. */
    public void settle() throws InterruptedException {
        lock.lock();
        try {
            while (!tendToTrouble() || !underWay.isEmpty() || settling > 0) {
                await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many commands were sent more than once. */
    public long resent() {
        lock.lock();
        try {
            return resent;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (stream != null) {
                stream.requests.onCompleted();
                stream = null;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Sends again what has to be; false while there is nothing to do but wait. */
    private boolean tendToTrouble() {
        if (fatal != null) {
            throw new LedgerUnreachable("The ledger lets no commands in: " + text(fatal));
        }
        long now = System.nanoTime();
        boolean waiting = !underWay.isEmpty() || !again.isEmpty();
        if (waiting && now - lastReplyNanos > patience.toNanos()) {
            throw new LedgerUnreachable(
                    "The ledger took no command for " + patience.toSeconds() + " s: " + lastTrouble);
        }
        if (stream != null && !underWay.isEmpty() && now - stream.lastHeardNanos > SILENCE.toNanos()) {
            stream.requests.onError(Status.CANCELLED.withDescription("no reply").asRuntimeException());
            lose(stream, Status.UNAVAILABLE.withDescription("no reply for " + SILENCE.toSeconds() + " s"));
        }
        if (again.isEmpty()) {
            return true;
        }
        // All outstanding answers first, so that what is sent again keeps its order.
        if (!underWay.isEmpty() || now - resumeAtNanos < 0) {
            return false;
        }
        List<Long> tags = new ArrayList<>(again.keySet());
        resent += tags.size();
        for (Long tag : tags) {
            Sent sent = again.remove(tag);
            if (sent != null) {
                transmit(tag, sent);
            }
        }
        return again.isEmpty();
    }

    private void transmit(long tag, Sent sent) {
        Stream open = stream;
        if (open == null) {
            connection.reconnectNow();
            open = new Stream();
            stream = open;
            open.requests = ledger.execute(open);
        }
        underWay.put(tag, sent);
        open.requests.onNext(sent.command);
    }

    @SuppressWarnings("WaitNotInLoop") // its callers loop
    private void await() throws InterruptedException {
        long wait = TimeUnit.MILLISECONDS.toNanos(100);
        if (!again.isEmpty() && underWay.isEmpty()) {
            wait = Math.min(wait, Math.max(1, resumeAtNanos - System.nanoTime()));
        }
        changed.awaitNanos(wait);
    }

    private void settled(Stream from, Reply reply) {
        @Nullable Sent sent;
        lock.lock();
        try {
            from.lastHeardNanos = System.nanoTime();
            sent = from == stream ? underWay.remove(reply.getTag()) : null;
            if (sent == null) {
                return;
            }
            if (reply.hasFailed() && isWorthAnotherTry(reply.getFailed())) {
                Failed failed = reply.getFailed();
                lastTrouble = failed.getReason() + ": " + failed.getMessage();
                pause(millis(failed));
                again.put(reply.getTag(), sent);
                changed.signalAll();
                return;
            }
            settling++;
            lastReplyNanos = from.lastHeardNanos;
            if (again.isEmpty()) {
                pauseMillis = FIRST_PAUSE_MILLIS;
            }
        } finally {
            lock.unlock();
        }
        // Before the order lets successors go, so that they find what the verdict changed.
        sent.whenSettled.accept(
                reply.hasAccepted() ? new Verdict.Taken(reply.getAccepted()) : new Verdict.Refused(reply.getFailed()));
        lock.lock();
        try {
            settling--;
            order.end(sent.ordering);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void lose(Stream lost, Status why) {
        lock.lock();
        try {
            if (lost != stream) {
                return;
            }
            stream = null;
            lastTrouble = text(why);
            pause(0);
            again.putAll(underWay);
            underWay.clear();
            if (HOPELESS.contains(why.getCode())) {
                fatal = why;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Each round of trouble waits twice as long as the one before, and no shorter than the ledger asks for. */
    private void pause(long atLeastMillis) {
        long now = System.nanoTime();
        if (again.isEmpty()) {
            resumeAtNanos = now + TimeUnit.MILLISECONDS.toNanos(pauseMillis);
            pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, pauseMillis * 2);
        }
        long asked = now + TimeUnit.MILLISECONDS.toNanos(atLeastMillis);
        if (asked - resumeAtNanos > 0) {
            resumeAtNanos = asked;
        }
    }

    private static boolean isWorthAnotherTry(Failed failed) {
        return failed.hasRetryAfter()
                || WORTH_ANOTHER_TRY.contains(
                        Status.fromCodeValue(failed.getCode()).getCode());
    }

    private static long millis(Failed failed) {
        return TimeUnit.SECONDS.toMillis(failed.getRetryAfter().getSeconds())
                + TimeUnit.NANOSECONDS.toMillis(failed.getRetryAfter().getNanos());
    }

    private static String text(Status status) {
        String description = status.getDescription();
        return status.getCode() + (description == null ? "" : ": " + description);
    }

    /** One stream; replies of one that was given up are not listened to. */
    private final class Stream implements StreamObserver<Reply> {

        private StreamObserver<Command> requests = NOWHERE;
        private long lastHeardNanos = System.nanoTime();

        @Override
        public void onNext(Reply reply) {
            settled(this, reply);
        }

        @Override
        public void onError(Throwable failure) {
            lose(this, Status.fromThrowable(failure));
        }

        @Override
        public void onCompleted() {
            lose(this, Status.UNAVAILABLE.withDescription("the ledger ended the stream"));
        }
    }

    private static final StreamObserver<Command> NOWHERE = new StreamObserver<>() {
        @Override
        public void onNext(Command command) {}

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {}
    };
}
