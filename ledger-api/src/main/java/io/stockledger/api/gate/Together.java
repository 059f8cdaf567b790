package io.stockledger.api.gate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.springframework.dao.DataAccessException;

/**
 * Questions of one kind that are answered together: those that come while others are under way wait, and are then asked
 * as one. A lone one waits for nobody.
 *
 * @param <Q> a question; equal ones have one answer
 * @param <A> its answer
 */
public final class Together<Q, A> {

    private static final int MOST_AT_ONCE = 32;

    private final Function<Collection<Q>, Map<Q, A>> answers;
    private final Executor executor;
    private final int threads;
    private final BlockingQueue<Waiting<Q, A>> waiting;
    private final AtomicInteger busy = new AtomicInteger();

    private record Waiting<Q, A>(Q question, CompletableFuture<Optional<A>> answer) {}

    /**
     * @param answers gives those that there are
     * @param executor takes as many tasks as there are threads
     * @param mostWaiting from then on questions are refused
     */
    public Together(Function<Collection<Q>, Map<Q, A>> answers, Executor executor, int threads, int mostWaiting) {
        this.answers = answers;
        this.executor = executor;
        this.threads = threads;
        this.waiting = new ArrayBlockingQueue<>(mostWaiting);
    }

    /**
     * The answer's future; empty where there is none.
     *
     * @throws RejectedExecutionException when too many wait
     */
    CompletableFuture<Optional<A>> ask(Q question) {
        Waiting<Q, A> asked = new Waiting<>(question, new CompletableFuture<>());
        if (!waiting.offer(asked)) {
            throw new RejectedExecutionException(
                    "waiting: more than " + waiting.size() + " questions (expected: at most that many)");
        }
        begin();
        return asked.answer();
    }

    private void begin() {
        int now = busy.get();
        while (now < threads && !waiting.isEmpty()) {
            if (busy.compareAndSet(now, now + 1)) {
                executor.execute(this::answerAll);
                return;
            }
            now = busy.get();
        }
    }

    private void answerAll() {
        List<Waiting<Q, A>> some = new ArrayList<>(MOST_AT_ONCE);
        while (waiting.drainTo(some, MOST_AT_ONCE) > 0) {
            answer(some);
            some.clear();
        }
        busy.decrementAndGet();
        // One may have come between the last look and here.
        begin();
    }

    private void answer(List<Waiting<Q, A>> asked) {
        Set<Q> questions = new LinkedHashSet<>();
        asked.forEach(one -> questions.add(one.question()));
        Map<Q, A> found;
        try {
            found = answers.apply(questions);
        } catch (RuntimeException | Error e) {
            fail(asked, e);
            return;
        }
        asked.forEach(one -> one.answer().complete(Optional.ofNullable(found.get(one.question()))));
    }

    /** What is wrong with one question is no trouble of the others; a database that is away is everybody's. */
    private void fail(List<Waiting<Q, A>> asked, Throwable failure) {
        if (asked.size() == 1 || failure instanceof DataAccessException) {
            asked.forEach(one -> one.answer().completeExceptionally(failure));
        } else {
            asked.forEach(one -> answer(List.of(one)));
        }
    }
}
