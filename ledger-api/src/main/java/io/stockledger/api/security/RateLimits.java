package io.stockledger.api.security;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.stockledger.api.problem.Failures;
import io.stockledger.api.problem.RequestRefused;
import java.time.Duration;
import java.util.Optional;

/** How many requests each principal may send on this node. A command in a stream counts as a request. */
public final class RateLimits {

    private static final int MOST_PRINCIPALS = 10_000;

    private final Optional<LoadingCache<String, Bucket>> buckets;

    /**
     * @param perSecond requests per second and principal; 0: without limit
     * @param burst how many may come at once
     */
    public RateLimits(long perSecond, long burst) {
        this.buckets = perSecond == 0
                ? Optional.empty()
                : Optional.of(Caffeine.newBuilder()
                        .maximumSize(MOST_PRINCIPALS)
                        .build(principal -> Bucket.builder()
                                .addLimit(limit -> limit.capacity(burst).refillGreedy(perSecond, Duration.ofSeconds(1)))
                                .build()));
    }

    /** @throws RequestRefused when the principal has sent more than it may */
    public void require(Caller caller) {
        if (buckets.isEmpty()) {
            return;
        }
        ConsumptionProbe probe = buckets.get().get(caller.name()).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw new RequestRefused(
                    Failures.rateLimited(caller.name(), Duration.ofNanos(probe.getNanosToWaitForRefill())));
        }
    }
}
