package io.stockledger.api.rest;

import com.google.protobuf.Message;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is not there yet. No thread waits for it, nor for a caller who is slow to take it: what it is and its
 * bytes are made and written on the web server's threads, whoever completes the future.
 */
final class PendingAnswer implements WriteListener, AsyncListener {

    /** Longer than the ledger's own patience, so that the ledger's answer comes first. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What an answer looks like, of a message or of a failure. */
    interface Form extends BiFunction<@Nullable Message, @Nullable Throwable, HttpAnswer> {}

    private final AsyncContext exchange;
    private final HttpServletResponse response;
    private final ServletOutputStream out;
    private final Form form;
    private final AtomicBoolean answered = new AtomicBoolean();
    private @Nullable Message message;
    private @Nullable Throwable failure;
    private boolean written;

    private PendingAnswer(AsyncContext exchange, HttpServletResponse response, Form form) throws IOException {
        this.exchange = exchange;
        this.response = response;
        this.out = response.getOutputStream();
        this.form = form;
    }

    static void give(
            HttpServletRequest request, HttpServletResponse response, CompletableFuture<Message> asked, Form form)
            throws IOException {
        if (asked.isDone() && !request.isAsyncStarted()) {
            HttpAnswer answer = asked.handle(form).join();
            answer.head(response);
            response.getOutputStream().write(answer.body());
            return;
        }
        AsyncContext exchange =
                request.isAsyncStarted() ? request.getAsyncContext() : request.startAsync(request, response);
        exchange.setTimeout(PATIENCE.toMillis());
        PendingAnswer pending = new PendingAnswer(exchange, response, form);
        exchange.addListener(pending);
        var unused = asked.whenComplete(pending::ready);
    }

    private void ready(@Nullable Message given, @Nullable Throwable why) {
        if (answered.compareAndSet(false, true)) {
            message = given;
            failure = why;
            try {
                // Whoever completes the future must not be kept: Tomcat writes on the thread that sets the listener,
                // and
                // goes on there with whatever the caller has sent meanwhile.
                exchange.start(this::write);
            } catch (IllegalStateException e) {
                // The caller has hung up; there is nobody to answer.
                end();
            }
        }
    }

    private void write() {
        try {
            out.setWriteListener(this);
        } catch (IllegalStateException e) {
            // The caller has hung up; there is nobody to answer.
            end();
        }
    }

    @Override
    public void onWritePossible() throws IOException {
        if (!written && out.isReady()) {
            written = true;
            HttpAnswer answer = form.apply(message, failure);
            answer.head(response);
            out.write(answer.body());
        }
        if (written && out.isReady()) {
            end();
        }
    }

    @Override
    public void onError(Throwable hungUp) {
        end();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        if (answered.compareAndSet(false, true)) {
            now(form.apply(null, new TimeoutException("no answer within " + PATIENCE)));
        }
    }

    private void now(HttpAnswer answer) {
        try {
            answer.head(response);
            out.write(answer.body());
        } catch (IOException e) {
            // The caller has hung up; there is nobody to answer.
        }
        end();
    }

    /** The caller has hung up; left to itself Tomcat would answer with a failure of its own. */
    @Override
    public void onError(AsyncEvent event) {
        answered.set(true);
        end();
    }

    @Override
    public void onComplete(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}

    private void end() {
        try {
            exchange.complete();
        } catch (IllegalStateException e) {
            // It has ended already, by an error of the connection.
        }
    }
}
