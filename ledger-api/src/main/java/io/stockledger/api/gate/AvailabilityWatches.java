package io.stockledger.api.gate;

import io.stockledger.api.contract.Contract;
import io.stockledger.api.problem.Failures;
import io.stockledger.api.problem.RequestRefused;
import io.stockledger.api.security.Caller;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** Everybody who watches levels change. Their number is bounded, and so is what each may leave unread. */
public final class AvailabilityWatches implements AutoCloseable {

    private static final Permission PERMISSION =
            Permission.ofCode(Contract.method(AvailabilityGrpc.getWatchAvailabilityMethod())
                    .operation()
                    .getPermission());

    final AvailabilityChanges changes;
    final AvailabilityQueries availability;
    final CatalogQueries catalog;
    final InstantSource clock;
    final Executor executor;
    private final RateLimits rates;
    private final ProblemCounts counts;
    private final int mostWatches;
    private final Set<AvailabilityWatch> open = ConcurrentHashMap.newKeySet();

    /** Where changes are sent to. Called by one thread at a time. */
    public interface Sink {

        /** Whether one more change would be sent at once; when not, the sink asks for more once it can. */
        boolean isReady();

        /** @throws WatcherGone when nobody is there to take it */
        void send(AvailabilityChange change);

        /**
         * Sends something that means nothing, so that a caller that is gone is noticed.
         *
         * @throws WatcherGone when it is
         */
        default void heartbeat() {}

        void fail(RequestRefused refused);

        /** The service stops. */
        void end();
    }

    /** Who watched has hung up, as everybody does at some time. */
    public static final class WatcherGone extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public WatcherGone(Throwable cause) {
            super(cause);
        }
    }

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
        this.executor = executor;
        this.rates = rates;
        this.counts = counts;
        this.mostWatches = mostWatches;
    }

    /**
     * Begins to watch. Close the watch when nobody looks any more.
     *
     * @throws RequestRefused when the caller may not, or too many watch
     */
    public AvailabilityWatch open(WatchRequest request, Caller caller, Sink sink) {
        try {
            caller.require(PERMISSION);
            rates.require(caller);
            Set<String> skus = new HashSet<>(Check.atMost("skus", request.getSkusList()));
            Set<String> locations = new HashSet<>(Check.atMost("locations", request.getLocationsList()));
            skus.forEach(sku -> Check.sku("skus", sku));
            locations.forEach(location -> caller.requireSight(Check.code("locations", location)));
            Set<String> seen = locations.isEmpty() ? caller.locations() : locations;
            if (open.size() >= mostWatches) {
                throw new RequestRefused(Failures.busy(open.size() + " watch already."));
            }
            AvailabilityWatch watch = new AvailabilityWatch(this, skus, seen, request.getWithCurrent(), sink);
            open.add(watch);
            watch.pump();
            return watch;
        } catch (RuntimeException e) {
            throw counts.refused(e);
        }
    }

    static boolean matches(StockKey key, Set<String> skus, Set<String> locations) {
        return (skus.isEmpty() || skus.contains(key.sku()))
                && (locations.isEmpty() || locations.contains(key.location()));
    }

    RequestRefused refused(RuntimeException failure) {
        return counts.refused(failure);
    }

    void forget(AvailabilityWatch watch) {
        open.remove(watch);
    }

    /** How many watch now. */
    public int watching() {
        return open.size();
    }

    /** To be called now and then. */
    public void heartbeat() {
        open.forEach(AvailabilityWatch::heartbeat);
    }

    /** Ends all, so that nobody waits for a service that stops. */
    @Override
    public void close() {
        open.forEach(AvailabilityWatch::end);
    }
}
