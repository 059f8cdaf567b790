package io.stockledger.api.gate;

import io.stockledger.api.problem.Failures;
import io.stockledger.api.problem.RequestRefused;
import io.stockledger.api.security.Caller;
import io.stockledger.api.security.Permission;
import io.stockledger.api.security.RateLimits;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * All who are sent one kind of message. Their number is bounded.
 *
 * @param <S> one of them
 */
final class Subscriptions<S extends Subscription<?>> {

    /** No principal takes more than one of so many places: each is told of every change, which takes time from all. */
    private static final int SHARE_OF_ONE = 16;

    private final Permission permission;
    private final Executor executor;
    private final RateLimits rates;
    private final ProblemCounts counts;
    private final int most;
    private final int mostOfOne;
    private final Set<Subscription<?>> open = ConcurrentHashMap.newKeySet();

    /** @param executor looks for what there is; a sink that blocks, blocks one of its threads */
    Subscriptions(Permission permission, Executor executor, RateLimits rates, ProblemCounts counts, int most) {
        this.permission = permission;
        this.executor = executor;
        this.rates = rates;
        this.counts = counts;
        this.most = most;
        this.mostOfOne = Math.max(1, most / SHARE_OF_ONE);
    }

    /**
     * Begins to send. Close what is returned when nobody reads any more.
     *
     * @param asked reads what is wanted
     * @throws RequestRefused when the caller may not, what is asked for is wrong, or there are too many
     */
    S open(Caller caller, Supplier<S> asked) {
        try {
            caller.require(permission);
            rates.require(caller);
            S subscription = asked.get();
            open.add(subscription);
            if (open.size() > most) {
                subscription.close();
                throw new RequestRefused(Failures.busy(most + " are connected for this already."));
            }
            if (ofPrincipal(caller.name()) > mostOfOne) {
                subscription.close();
                throw new RequestRefused(Failures.busy(
                        "'" + caller.name() + "' is connected " + mostOfOne + " times for this already."));
            }
            subscription.begin();
            return subscription;
        } catch (RuntimeException e) {
            throw counts.refused(e);
        }
    }

    private long ofPrincipal(String name) {
        return open.stream()
                .filter(subscription -> subscription.principal().equals(name))
                .count();
    }

    void execute(Runnable sending) {
        executor.execute(sending);
    }

    RequestRefused refused(RuntimeException failure) {
        return counts.refused(failure);
    }

    void forget(Subscription<?> subscription) {
        open.remove(subscription);
    }

    int size() {
        return open.size();
    }

    void heartbeat() {
        open.forEach(Subscription::heartbeat);
    }

    void end() {
        open.forEach(Subscription::end);
    }
}
