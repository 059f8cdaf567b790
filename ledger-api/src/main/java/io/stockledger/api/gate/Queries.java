package io.stockledger.api.gate;

import io.stockledger.api.problem.RequestId;
import io.stockledger.api.problem.RequestRefused;
import io.stockledger.api.security.Caller;
import io.stockledger.api.security.Permission;
import io.stockledger.api.security.RateLimits;
import io.stockledger.api.wire.AvailabilityWire;
import io.stockledger.projections.view.Freshness;
import io.stockledger.projections.view.Views;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** The one way for questions: permission, rate, waiting for freshness, and a bounded number at once. */
public final class Queries {

    private final Views views;
    private final RateLimits rates;
    private final ProblemCounts counts;
    private final Executor executor;
    private final Map<String, ViewWait> waits = new ConcurrentHashMap<>();

    /** @param executor runs questions to the database; refuses those that are too many */
    public Queries(Views views, RateLimits rates, ProblemCounts counts, Executor executor) {
        this.views = views;
        this.rates = rates;
        this.counts = counts;
        this.executor = executor;
    }

    /** Never throws: whatever is wrong is the future's {@link RequestRefused}. */
    public <A> CompletableFuture<A> ask(Caller caller, Permission permission, Supplier<A> question) {
        return ask(caller, permission, io.stockledger.v1.Freshness.getDefaultInstance(), List.of(), question);
    }

    /** The same for what is open to everybody and looks at a secret of its own. */
    public <A> CompletableFuture<A> askWithoutCaller(Supplier<A> question) {
        try {
            return answered(CompletableFuture.supplyAsync(question, executor));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(counts.refused(e));
        }
    }

    /** The same for a method of the contract, whose permission {@link Answers} requires. */
    <A> CompletableFuture<A> askPermitted(Caller caller, Supplier<A> question) {
        return askPermitted(caller, io.stockledger.v1.Freshness.getDefaultInstance(), List.of(), question);
    }

    /** @param seenBy the views that must have reached the position asked for */
    <A> CompletableFuture<A> askPermitted(
            Caller caller, io.stockledger.v1.Freshness freshness, List<String> seenBy, Supplier<A> question) {
        return askTogether(caller, freshness, seenBy, () -> CompletableFuture.supplyAsync(question, executor));
    }

    /**
     * @param seenBy the views that must have reached the position asked for
     * @param question asks {@link Together} with others
     */
    <A> CompletableFuture<A> askTogether(
            Caller caller,
            io.stockledger.v1.Freshness freshness,
            List<String> seenBy,
            Supplier<CompletableFuture<A>> question) {
        try {
            rates.require(caller);
            if (freshness.getAtLeastPosition() == 0 && !freshness.hasWait()) {
                return answered(question.get());
            }
            return answered(
                    reached(AvailabilityWire.freshness(freshness), seenBy).thenCompose(reached -> question.get()));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(counts.refused(e));
        }
    }

    /** Goes on with a question that was let in before, once a view has got further; fails as VIEW_BEHIND where it has not. */
    <A> CompletableFuture<A> whenReached(String view, long position, Duration wait, Supplier<A> question) {
        try {
            return waitOf(view).reached(position, wait).thenApplyAsync(reached -> question.get(), executor);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** @param seenBy the views that must have reached the position asked for */
    <A> CompletableFuture<A> ask(
            Caller caller,
            Permission permission,
            io.stockledger.v1.Freshness freshness,
            List<String> seenBy,
            Supplier<A> question) {
        try {
            caller.require(permission);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(counts.refused(e, caller.name(), null));
        }
        return askPermitted(caller, freshness, seenBy, question);
    }

    private <A> CompletableFuture<A> answered(CompletableFuture<A> asked) {
        RequestId request = RequestId.current();
        return asked.handle((answer, failure) -> {
            if (failure != null) {
                throw request.logged(() -> counts.refused(failure));
            }
            return answer;
        });
    }

    private CompletableFuture<Void> reached(Freshness freshness, List<String> seenBy) {
        if (freshness.atLeastPosition() == 0) {
            return CompletableFuture.completedFuture(null);
        }
        return CompletableFuture.allOf(seenBy.stream()
                .map(view -> waitOf(view).reached(freshness.atLeastPosition(), freshness.timeout()))
                .toArray(CompletableFuture<?>[]::new));
    }

    private ViewWait waitOf(String view) {
        return waits.computeIfAbsent(view, name -> new ViewWait(views, name));
    }
}
