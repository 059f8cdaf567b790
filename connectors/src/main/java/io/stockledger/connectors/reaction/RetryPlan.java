package io.stockledger.connectors.reaction;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When a failed effect is tried again, and when it is given up.
 *
 * @param waits before the second try, the third and so on; the last one is repeated
 * @param giveUpAfter how long an effect is tried, from when it was first due
 * @param jitter by which share a wait is made longer at most, so that what failed together does not come back together
 */
public record RetryPlan(List<Duration> waits, Duration giveUpAfter, double jitter) {

    public RetryPlan {
        if (waits.isEmpty()) {
            throw new IllegalArgumentException("waits: none (expected: at least one)");
        }
        waits = List.copyOf(waits);
    }

    /** As Standard Webhooks recommends, for three days. */
    public static RetryPlan standard() {
        return new RetryPlan(
                List.of(
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(30),
                        Duration.ofHours(2),
                        Duration.ofHours(5),
                        Duration.ofHours(10),
                        Duration.ofHours(14),
                        Duration.ofHours(20),
                        Duration.ofHours(24)),
                Duration.ofDays(3),
                0.2);
    }

    /**
     * @param failedTries so far, from 1
     * @param atLeast how long the target wants to be left alone
     * @param chance from 0 to 1
     * @return empty when it is to be given up; the last try is when the time is up, or the second where nobody tried
     *     before
     */
    Optional<Instant> next(int failedTries, Instant dueSince, Instant now, Duration atLeast, double chance) {
        Instant end = dueSince.plus(giveUpAfter);
        boolean isLate = !now.isBefore(end);
        if (isLate && failedTries > 1) {
            return Optional.empty();
        }
        Duration wait = waits.get(Math.min(failedTries, waits.size()) - 1);
        Duration jittered = wait.plusMillis((long) (wait.toMillis() * jitter * chance));
        Instant next = now.plus(jittered.compareTo(atLeast) > 0 ? jittered : atLeast);
        return Optional.of(isLate || next.isBefore(end) ? next : end);
    }
}
