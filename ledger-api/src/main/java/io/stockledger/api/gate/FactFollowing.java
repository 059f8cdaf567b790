package io.stockledger.api.gate;

import io.stockledger.api.contract.Contract;
import io.stockledger.api.problem.Failures;
import io.stockledger.api.problem.RequestRefused;
import io.stockledger.api.security.Caller;
import io.stockledger.api.security.Permission;
import io.stockledger.api.security.RateLimits;
import io.stockledger.projections.view.Views;
import io.stockledger.v1.FactsRead;
import io.stockledger.v1.FollowFactsRequest;
import io.stockledger.v1.HistoryGrpc;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** Everybody who follows the facts. Their number is bounded, and none is sent more than it reads. */
public final class FactFollowing implements AutoCloseable {

    private static final Permission PERMISSION = Permission.ofCode(
            Contract.method(HistoryGrpc.getFollowFactsMethod()).operation().getPermission());

    final FactReading facts;
    final Views views;
    final Executor executor;
    private final RateLimits rates;
    private final ProblemCounts counts;
    private final int mostFollowers;
    private final Set<FactFollower> open = ConcurrentHashMap.newKeySet();

    /** Where facts are sent to. Called by one thread at a time. */
    public interface Sink {

        /** Whether more would be sent at once; when not, the sink asks for more once it can. */
        boolean isReady();

        void send(FactsRead facts);

        void fail(RequestRefused refused);

        /** The service stops. */
        void end();
    }

    /** @param executor reads facts; no sink blocks its threads */
    public FactFollowing(
            FactReading facts,
            Views views,
            Executor executor,
            RateLimits rates,
            ProblemCounts counts,
            int mostFollowers) {
        this.facts = facts;
        this.views = views;
        this.executor = executor;
        this.rates = rates;
        this.counts = counts;
        this.mostFollowers = mostFollowers;
    }

    /**
     * Begins to send facts. Close the follower when nobody reads any more.
     *
     * @throws RequestRefused when the caller may not, or too many follow
     */
    public FactFollower open(FollowFactsRequest request, Caller caller, Sink sink) {
        try {
            caller.require(PERMISSION);
            rates.require(caller);
            var wanted = facts.wanted(request.getNamesList(), request.getLocationsList(), caller);
            long after = FactReading.after(request.getAfter());
            if (open.size() >= mostFollowers) {
                throw new RequestRefused(Failures.busy(open.size() + " follow the facts already."));
            }
            FactFollower follower = new FactFollower(this, wanted, after, sink);
            open.add(follower);
            follower.begin();
            return follower;
        } catch (RuntimeException e) {
            throw counts.refused(e);
        }
    }

    RequestRefused refused(RuntimeException failure) {
        return counts.refused(failure);
    }

    void forget(FactFollower follower) {
        open.remove(follower);
    }

    /** How many follow now. */
    public int following() {
        return open.size();
    }

    /** To be called now and then. */
    public void heartbeat() {
        open.forEach(FactFollower::heartbeat);
    }

    /** Ends all, so that nobody waits for a service that stops. */
    @Override
    public void close() {
        open.forEach(FactFollower::end);
    }
}
