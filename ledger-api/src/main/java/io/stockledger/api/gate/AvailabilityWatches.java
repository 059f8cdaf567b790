package io.stockledger.api.gate;

import io.stockledger.api.contract.Contract;
import io.stockledger.api.problem.RequestRefused;
import io.stockledger.api.security.Caller;
import io.stockledger.api.security.Login;
import io.stockledger.api.security.Permission;
import io.stockledger.api.security.RateLimits;
import io.stockledger.document.Check;
import io.stockledger.projections.availability.AvailabilityChanges;
import io.stockledger.projections.availability.AvailabilityQueries;
import io.stockledger.projections.availability.StockKey;
import io.stockledger.projections.catalog.CatalogQueries;
import io.stockledger.v1.AvailabilityChange;
import io.stockledger.v1.AvailabilityGrpc;
import io.stockledger.v1.WatchRequest;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;

/** Everybody who watches levels change. What each may leave unread is bounded. */
public final class AvailabilityWatches implements AutoCloseable {

    private static final Permission PERMISSION =
            Permission.ofCode(Contract.method(AvailabilityGrpc.getWatchAvailabilityMethod())
                    .operation()
                    .getPermission());

    final AvailabilityChanges changes;
    final AvailabilityQueries availability;
    final CatalogQueries catalog;
    final InstantSource clock;
    final Subscriptions<AvailabilityWatch> watches;

    /** @param executor runs the look for what changed; a sink that blocks, blocks one of its threads */
    public AvailabilityWatches(
            AvailabilityChanges changes,
            AvailabilityQueries availability,
            CatalogQueries catalog,
            InstantSource clock,
            Executor executor,
            RateLimits rates,
            ProblemCounts counts,
            int mostWatches) {
        this.changes = changes;
        this.availability = availability;
        this.catalog = catalog;
        this.clock = clock;
        this.watches = new Subscriptions<>(PERMISSION, executor, rates, counts, mostWatches);
    }

    /**
     * Begins to watch. Close what is returned when nobody looks any more.
     *
     * @throws RequestRefused when the caller may not, what is asked for is wrong, or too many watch
     */
    public Subscription<AvailabilityChange> open(WatchRequest request, Login login, Sink<AvailabilityChange> sink) {
        return watches.open(login.caller(), () -> watch(request, login, sink));
    }

    private AvailabilityWatch watch(WatchRequest request, Login login, Sink<AvailabilityChange> sink) {
        Caller caller = login.caller();
        Set<String> skus = new HashSet<>(Check.atMost("skus", request.getSkusList()));
        Set<String> locations = new HashSet<>(Check.atMost("locations", request.getLocationsList()));
        skus.forEach(sku -> Check.sku("skus", sku));
        locations.forEach(location -> caller.requireSight(Check.code("locations", location)));
        Set<String> seen = locations.isEmpty() ? caller.locations() : locations;
        return new AvailabilityWatch(this, login, skus, seen, request.getWithCurrent(), sink);
    }

    static boolean matches(StockKey key, Set<String> skus, Set<String> locations) {
        return (skus.isEmpty() || skus.contains(key.sku()))
                && (locations.isEmpty() || locations.contains(key.location()));
    }

    /** How many watch now. */
    public int watching() {
        return watches.size();
    }

    /** To be called now and then. */
    public void heartbeat() {
        watches.heartbeat();
    }

    /** Ends all, so that nobody waits for a service that stops. */
    @Override
    public void close() {
        watches.end();
    }
}
