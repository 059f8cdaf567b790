package io.stockledger.api.gate;

import io.stockledger.api.gate.Sink.ReaderGone;
import io.stockledger.api.security.Login;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One who is sent what comes, no faster than it is read. However often it is asked to send, one thread does at a time.
 *
 * @param <M> a message
 */
public abstract class Subscription<M> implements AutoCloseable {

    private final Subscriptions<?> all;
    private final Login login;
    private final Sink<M> sink;
    private final AtomicInteger wishes = new AtomicInteger();
    private volatile boolean heartbeatIsDue;
    private volatile boolean ending;
    private volatile boolean closed;

    Subscription(Subscriptions<?> all, Login login, Sink<M> sink) {
        this.all = all;
        this.login = login;
        this.sink = sink;
    }

    /**
     * The next message, where there is one. Called by one thread at a time.
     *
     * @return false when there is nothing to look at until the next {@link #pump}
     */
    abstract boolean sendOne(Sink<M> to);

    /** Shows the reader that the service lives, where there was nothing to send. Called as {@link #sendOne} is. */
    abstract void showLife(Sink<M> to);

    /** Lets go of what told of more. */
    abstract void stopListening();

    /** Begins to send. */
    void begin() {
        pump();
    }

    /** Sends what there is, on another thread. Called whenever there is more or the sink can take more. */
    public final void pump() {
        if (!closed && wishes.getAndIncrement() == 0) {
            try {
                all.execute(this::run);
            } catch (RejectedExecutionException e) {
                fail(e);
            }
        }
    }

    private void run() {
        int seen;
        do {
            seen = wishes.get();
            try {
                sendWhatThereIs();
            } catch (ReaderGone e) {
                close();
            } catch (RuntimeException e) {
                fail(e);
            }
        } while (!closed && !wishes.compareAndSet(seen, 0));
    }

    private void sendWhatThereIs() {
        boolean more = true;
        while (more && !closed) {
            if (ending) {
                close();
                sink.end();
            } else {
                login.requireGood();
                if (heartbeatIsDue) {
                    heartbeatIsDue = false;
                    showLife(sink);
                }
                more = sink.isReady() && sendOne(sink);
            }
        }
    }

    /** Whose it is. */
    final String principal() {
        return login.caller().name();
    }

    private void fail(RuntimeException failure) {
        if (!closed) {
            close();
            sink.fail(all.refused(failure));
        }
    }

    final void heartbeat() {
        heartbeatIsDue = true;
        pump();
    }

    final void end() {
        ending = true;
        pump();
    }

    @Override
    public final void close() {
        closed = true;
        stopListening();
        all.forget(this);
    }
}
