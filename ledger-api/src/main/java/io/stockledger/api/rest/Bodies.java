package io.stockledger.api.rest;

import io.stockledger.api.problem.Failures;
import io.stockledger.api.problem.Problem;
import io.stockledger.api.problem.RequestRefused;
import io.stockledger.api.wire.MalformedRequest;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads requests' bodies. No thread waits for a caller who is slow to send one, none takes longer than a while, and all that
 * are not there yet take no more memory than a bound.
 */
final class Bodies {

    static final Duration LONGEST = Duration.ofSeconds(10);

    private static final long MOST_HELD = 64L * 1024 * 1024;

    private final AtomicLong held = new AtomicLong();

    /**
     * The body, at once where it has come with the head.
     *
     * @param most bytes
     * @throws RequestRefused when it is known to be larger
     */
    CompletableFuture<byte[]> read(HttpServletRequest request, HttpServletResponse response, int most)
            throws IOException {
        long length = request.getContentLengthLong();
        if (length > most) {
            throw tooLarge(most);
        }
        ServletInputStream in = request.getInputStream();
        if (length >= 0 && in.available() >= length) {
            return CompletableFuture.completedFuture(in.readNBytes((int) length));
        }
        // The answer sets its own time-out, which is longer than this one.
        request.startAsync(request, response).setTimeout(2 * LONGEST.toMillis());
        Coming coming = new Coming(in, most);
        in.setReadListener(coming);
        return coming.body.orTimeout(LONGEST.toMillis(), TimeUnit.MILLISECONDS).handle((body, failure) -> {
            coming.end();
            if (failure instanceof TimeoutException) {
                throw new MalformedRequest("", "the body did not come to its end within " + LONGEST.toSeconds() + " s");
            }
            if (failure instanceof RuntimeException refused) {
                throw refused;
            }
            return body;
        });
    }

    private static RequestRefused tooLarge(int most) {
        return new RequestRefused(Problem.of(
                Failures.TOO_LARGE, "The body has more than " + most + " bytes (expected: at most so many)."));
    }

    /** One that comes bit by bit. */
    private final class Coming implements ReadListener {

        private final ServletInputStream in;
        private final int most;
        private final CompletableFuture<byte[]> body = new CompletableFuture<>();
        private final byte[] some = new byte[8 * 1024];
        private ByteArrayOutputStream read = new ByteArrayOutputStream();
        private boolean ended;

        private Coming(ServletInputStream in, int most) {
            this.in = in;
            this.most = most;
        }

        @Override
        public synchronized void onDataAvailable() {
            try {
                while (!ended && in.isReady() && !in.isFinished()) {
                    int count = in.read(some);
                    if (count > 0 && !take(count)) {
                        return;
                    }
                }
            } catch (IOException e) {
                // Tomcat closes the connection, whatever would be answered.
                end();
            }
        }

        private boolean take(int count) {
            if (read.size() + count > most) {
                body.completeExceptionally(tooLarge(most));
                return false;
            }
            if (held.addAndGet(count) > MOST_HELD) {
                held.addAndGet(-count);
                body.completeExceptionally(
                        new RequestRefused(Failures.busy("Too many requests are being read at once.")));
                return false;
            }
            read.write(some, 0, count);
            return true;
        }

        @Override
        public synchronized void onAllDataRead() {
            body.complete(read.toByteArray());
        }

        /** The caller has hung up; there is nobody to answer. */
        @Override
        public void onError(Throwable failure) {
            end();
        }

        private synchronized void end() {
            ended = true;
            held.addAndGet(-read.size());
            read = new ByteArrayOutputStream();
        }
    }
}
