package io.stockledger.api.gate;

import io.stockledger.api.contract.Contract;
import io.stockledger.api.problem.RequestRefused;
import io.stockledger.api.security.Caller;
import io.stockledger.api.security.Login;
import io.stockledger.api.security.Permission;
import io.stockledger.api.security.RateLimits;
import io.stockledger.projections.view.Views;
import io.stockledger.v1.FactsRead;
import io.stockledger.v1.FollowFactsRequest;
import io.stockledger.v1.HistoryGrpc;
import java.util.concurrent.Executor;

/** Everybody who follows the facts. */
public final class FactFollowing implements AutoCloseable {

    private static final Permission PERMISSION = Permission.ofCode(
            Contract.method(HistoryGrpc.getFollowFactsMethod()).operation().getPermission());

    private final FactReading facts;
    private final Views views;
    private final Subscriptions<FactFollower> followers;

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
        this.followers = new Subscriptions<>(PERMISSION, executor, rates, counts, mostFollowers);
    }

    /**
     * Begins to send facts. Close what is returned when nobody reads any more.
     *
     * @throws RequestRefused when the caller may not, what is asked for is wrong, or too many follow
     */
    public Subscription<FactsRead> open(FollowFactsRequest request, Login login, Sink<FactsRead> sink) {
        Caller caller = login.caller();
        return followers.open(
                caller,
                () -> new FactFollower(
                        followers,
                        login,
                        facts,
                        views,
                        facts.wanted(request.getNamesList(), request.getLocationsList(), caller),
                        FactReading.after(request.getAfter()),
                        sink));
    }

    /** How many follow now. */
    public int following() {
        return followers.size();
    }

    /** To be called now and then. */
    public void heartbeat() {
        followers.heartbeat();
    }

    /** Ends all, so that nobody waits for a service that stops. */
    @Override
    public void close() {
        followers.end();
    }
}
