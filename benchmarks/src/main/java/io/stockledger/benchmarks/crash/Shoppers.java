package io.stockledger.benchmarks.crash;

import com.google.protobuf.Message;
import com.google.rpc.RetryInfo;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import io.stockledger.benchmarks.crash.Call.Told;
import io.stockledger.benchmarks.load.LedgerClient;
import io.stockledger.v1.Accepted;
import io.stockledger.v1.LedgerGrpc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Callers that send one call after the other, each unchanged until it is answered for good: whatever goes wrong on the
 * way, they only try again.
 */
final class Shoppers {

    private static final long PAUSE_MILLIS = 20;
    private static final long GIVE_UP_SECONDS = 120;

    private final Map<String, Call> calls = new ConcurrentHashMap<>();
    private final Map<String, Told> told = new ConcurrentHashMap<>();
    private final AtomicLong retries = new AtomicLong();
    private final Nodes nodes;
    private final List<Thread> threads = new ArrayList<>();
    private final Map<String, Long> errors = new TreeMap<>();
    private int answers;
    private int failures;
    private volatile boolean stopping;
    private volatile @Nullable Runnable afterNextAnswer;

    Shoppers(Nodes nodes) {
        this.nodes = nodes;
    }

    void start(int shoppers, Orders orders) {
        for (int i = 0; i < shoppers; i++) {
            int first = i;
            Thread thread = new Thread(() -> shop(first, orders), "shopper-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /** Lets each finish its call. */
    void stop() throws InterruptedException {
        stopping = true;
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(GIVE_UP_SECONDS));
            if (thread.isAlive()) {
                throw new IllegalStateException(thread.getName() + " got no answer for " + GIVE_UP_SECONDS + " s");
            }
        }
    }

    /** Waits for so many more answers, repeated ones included. */
    synchronized void awaitAnswers(int more, Duration within) throws InterruptedException {
        int enough = answers + more;
        long until = System.nanoTime() + within.toNanos();
        while (answers < enough) {
            wait(left(
                    until,
                    "answers within " + within + ": " + (answers - enough + more) + " (expected: " + more
                            + ", unaided)"));
        }
    }

    /** Waits for so many more calls that end without an answer. */
    synchronized void awaitErrors(int more, Duration within) throws InterruptedException {
        int enough = failures + more;
        long until = System.nanoTime() + within.toNanos();
        while (failures < enough) {
            wait(left(
                    until,
                    "errors within " + within + ": " + (failures - enough + more) + " (expected: " + more + ")"));
        }
    }

    private static long left(long until, String orElse) {
        long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        if (left <= 0) {
            throw new IllegalStateException(orElse);
        }
        return left;
    }

    private synchronized void countAnswer() {
        answers++;
        notifyAll();
    }

    private synchronized void countError(Status status, Metadata trailers) {
        com.google.rpc.Status told = StatusProto.fromStatusAndTrailers(status, trailers);
        boolean hint = told != null && told.getDetailsList().stream().anyMatch(detail -> detail.is(RetryInfo.class));
        errors.merge(status.getCode() + (hint ? " with a retry hint" : ""), 1L, Long::sum);
        failures++;
        notifyAll();
    }

    /** How often a call ended without an answer, by status. */
    synchronized Map<String, Long> errors() {
        return new TreeMap<>(errors);
    }

    /** Runs once, on the thread of the caller who has just got an answer. */
    void afterNextAnswer(Runnable action) {
        afterNextAnswer = action;
    }

    Map<String, Call> calls() {
        return calls;
    }

    Map<String, Told> told() {
        return told;
    }

    /** How often a call had to be sent again. */
    long retries() {
        return retries.get();
    }

    private void shop(int shopper, Orders orders) {
        while (!stopping) {
            Call call = orders.next();
            orders.told(call, ask(call, shopper));
        }
    }

    /** Sends the call until it is answered, and remembers the answer. */
    Told ask(Call call, int firstNode) {
        calls.put(call.name(), call);
        for (int attempt = firstNode; ; attempt++) {
            Optional<Told> answer = once(up(attempt), call);
            if (answer.isPresent()) {
                told.put(call.name(), answer.get());
                countAnswer();
                Runnable action = afterNextAnswer;
                if (action != null) {
                    afterNextAnswer = null;
                    action.run();
                }
                return answer.get();
            }
            retries.incrementAndGet();
            pause();
        }
    }

    private LedgerClient up(int attempt) {
        try {
            return nodes.up(attempt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while no node was up", e);
        }
    }

    private Optional<Told> once(LedgerClient node, Call call) {
        return switch (call.kind()) {
            case RECEIVE ->
                send(node, LedgerGrpc.getReceiveGoodsMethod(), call.command().getReceiveGoods());
            case RESERVE ->
                send(node, LedgerGrpc.getReserveStockMethod(), call.command().getReserveStock());
            case RELEASE ->
                send(
                        node,
                        LedgerGrpc.getReleaseReservationMethod(),
                        call.command().getReleaseReservation());
            case CONFIRM ->
                send(
                        node,
                        LedgerGrpc.getConfirmReservationMethod(),
                        call.command().getConfirmReservation());
            case SELL ->
                send(node, LedgerGrpc.getRecordSaleMethod(), call.command().getRecordSale());
            case RETURN ->
                send(node, LedgerGrpc.getProcessReturnMethod(), call.command().getProcessReturn());
        };
    }

    private <M extends Message> Optional<Told> send(
            LedgerClient node, MethodDescriptor<M, Accepted> method, M message) {
        CountDownLatch done = new CountDownLatch(1);
        List<Told> answer = new ArrayList<>(1);
        node.<M, Accepted>call(method, message, (accepted, status, trailers) -> {
            if (accepted != null) {
                answer.add(new Told(Optional.of(accepted), "accepted"));
            } else if (isFinal(status)) {
                answer.add(new Told(Optional.empty(), status.toString()));
            } else {
                countError(status, trailers);
            }
            done.countDown();
        });
        try {
            if (!done.await(GIVE_UP_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a call had no end for " + GIVE_UP_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return answer.stream().findFirst();
    }

    /** The ledger has decided; any other status only says that the call is to be sent again. */
    private static boolean isFinal(Status status) {
        return switch (status.getCode()) {
            case FAILED_PRECONDITION, NOT_FOUND, INVALID_ARGUMENT, ALREADY_EXISTS -> true;
            case UNAUTHENTICATED, PERMISSION_DENIED -> throw new IllegalStateException("not let in: " + status);
            default -> false;
        };
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
