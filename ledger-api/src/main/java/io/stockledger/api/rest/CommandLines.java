package io.stockledger.api.rest;

import io.stockledger.api.gate.PipelinedCommands;
import io.stockledger.api.gate.ProblemCounts;
import io.stockledger.api.problem.Failures;
import io.stockledger.api.problem.Problem;
import io.stockledger.api.problem.RequestId;
import io.stockledger.api.problem.RequestRefused;
import io.stockledger.api.wire.JsonForm;
import io.stockledger.api.wire.MalformedRequest;
import io.stockledger.v1.Accepted;
import io.stockledger.v1.Command;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads commands line by line, and writes their answers in the same order, each as soon as it and those before it are
 * there. A caller that does not take its answers is not read from for long, so neither side can fill the other's memory.
 */
final class CommandLines implements AsyncListener {

    /** Of one body; a caller with more sends it in parts. */
    static final Duration LONGEST = Duration.ofMinutes(10);

    private static final int MOST_LINES = 10_000;

    /** As a message has over gRPC at most. */
    private static final int LONGEST_LINE = 1024 * 1024;

    private static final long MOST_BYTES = 64L * 1024 * 1024;

    /** So many answers wait for a caller who sends all before it reads any. */
    private static final int MOST_UNREAD = 4_096;

    /** Longer than a read waits for the next byte. */
    private static final Duration UNTIL_READ_ENDS = Duration.ofSeconds(15);

    private final PipelinedCommands commands;
    private final ProblemCounts counts;
    private final RequestId request;
    private final LineReader lines;
    private final OutputStream out;
    private final Semaphore inFlight = new Semaphore(PipelinedCommands.MOST_IN_FLIGHT);
    private final BlockingQueue<Line> answers = new ArrayBlockingQueue<>(MOST_UNREAD);
    private final CountDownLatch readIsOver = new CountDownLatch(1);
    private final CountDownLatch writeIsOver = new CountDownLatch(1);
    private volatile boolean hungUp;

    /**
     * One command.
     *
     * @param number its place in the body, from 1
     * @param tag as the caller gave it; null where it could not be read
     */
    private record Line(long number, @Nullable Long tag, CompletableFuture<Accepted> answer) {

        /** Behind the last one. */
        static final Line END = new Line(0, null, new CompletableFuture<>());

        boolean isEnd() {
            return number == 0;
        }
    }

    CommandLines(
            PipelinedCommands commands, ProblemCounts counts, RequestId request, InputStream in, OutputStream out) {
        this.commands = commands;
        this.counts = counts;
        this.request = request;
        this.lines = new LineReader(in, LONGEST_LINE, MOST_BYTES);
        this.out = out;
    }

    /** Reads to the end, on a thread of its own. */
    void read() {
        try (RequestId.Logged logged = request.logged()) {
            readAll();
        } catch (IOException e) {
            put(refused(lines.number(), new MalformedRequest("", "the body did not come to its end")));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            put(refused(lines.number(), e));
        } finally {
            put(Line.END);
            readIsOver.countDown();
        }
    }

    private void readAll() throws IOException, InterruptedException {
        int taken = 0;
        while (!hungUp && lines.next()) {
            if (lines.isBlank()) {
                continue;
            }
            if (++taken > MOST_LINES) {
                throw tooLarge("The body has more than " + MOST_LINES + " commands (expected: at most so many; nothing"
                        + " of this line and those behind it was done).");
            }
            inFlight.acquire();
            Line line = decided();
            var unused = line.answer().whenComplete((accepted, failure) -> inFlight.release());
            put(line);
        }
    }

    /** @throws RequestRefused when nothing behind it counts either */
    private Line decided() {
        if (lines.isTooLong()) {
            return refused(
                    lines.number(),
                    tooLarge("The line has more than " + LONGEST_LINE + " bytes (expected: at most so many)."));
        }
        Command envelope;
        try {
            envelope = JsonForm.read(lines.bytes(), Command.getDefaultInstance());
        } catch (RuntimeException e) {
            return refused(lines.number(), e);
        }
        return new Line(lines.number(), envelope.getTag(), commands.send(envelope));
    }

    private Line refused(long number, RuntimeException why) {
        return new Line(number, null, CompletableFuture.failedFuture(counts.refused(why)));
    }

    private static RequestRefused tooLarge(String message) {
        return new RequestRefused(Problem.of(Failures.TOO_LARGE, message));
    }

    /** Waits as long as there is somebody who may take answers. */
    private void put(Line line) {
        try {
            boolean taken = false;
            while (!hungUp && !taken) {
                taken = answers.offer(line, 100, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            hungUp = true;
            Thread.currentThread().interrupt();
        }
    }

    /** Writes to the end, on a thread of its own. */
    void write() {
        try {
            Line line = next();
            while (!line.isEnd()) {
                out.write(written(line));
                line = next();
            }
            out.flush();
        } catch (IOException | RuntimeException e) {
            // The caller has hung up, or Tomcat has for it; there is nobody to answer.
            hungUp = true;
        } finally {
            writeIsOver.countDown();
        }
    }

    /** The next one whose answer is there; what is there already is not kept back for it. */
    private Line next() throws IOException {
        try {
            Line line = answers.poll();
            if (line == null) {
                out.flush();
                line = answers.take();
            }
            if (!line.isEnd() && !line.answer().isDone()) {
                out.flush();
                line.answer().handle((accepted, failure) -> true).join();
            }
            return line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the service stops", e);
        }
    }

    private byte[] written(Line line) {
        try {
            return AnswerLine.accepted(line.number(), line.tag(), line.answer().join());
        } catch (CompletionException e) {
            return AnswerLine.refused(line.number(), line.tag(), Failures.problem(e), request);
        }
    }

    /** Ends the exchange once nobody reads from it any more: Tomcat uses it again for the next request. */
    void complete(AsyncContext exchange) {
        try {
            awaitEnd(readIsOver);
            exchange.complete();
        } catch (IllegalStateException e) {
            // It has ended already, by an error of the connection.
        }
    }

    private static void awaitEnd(CountDownLatch latch) {
        try {
            boolean unused = latch.await(UNTIL_READ_ENDS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        stop(event.getAsyncContext());
    }

    /** The caller has hung up; left to itself Tomcat would answer with a failure of its own. */
    @Override
    public void onError(AsyncEvent event) {
        stop(event.getAsyncContext());
    }

    private void stop(AsyncContext exchange) {
        hungUp = true;
        boolean unused = answers.offer(Line.END);
        awaitEnd(writeIsOver);
        complete(exchange);
    }

    @Override
    public void onComplete(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}
}
