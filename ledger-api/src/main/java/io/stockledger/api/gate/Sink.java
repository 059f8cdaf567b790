package io.stockledger.api.gate;

import io.stockledger.api.problem.RequestRefused;

/**
 * Where a subscription's messages are sent to. Called by one thread at a time.
 *
 * @param <M> a message
 */
public interface Sink<M> {

    /** Whether one more would be sent at once; when not, the sink asks for more once it can. */
    boolean isReady();

    /** @throws ReaderGone when nobody is there to take it */
    void send(M message);

    /**
     * Sends something that means nothing, so that a reader who is gone is noticed.
     *
     * @throws ReaderGone when that is so
     */
    default void heartbeat() {}

    void fail(RequestRefused refused);

    /** The service stops. */
    void end();

    /** Who read has hung up, as everybody does at some time. */
    final class ReaderGone extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public ReaderGone(Throwable cause) {
            super(cause);
        }
    }
}
