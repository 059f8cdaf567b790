package io.stockledger.connectors.reaction;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Leaves a target alone that fails, and asks with one call now and then whether it is back. Used under a lock. */
final class Circuit {

    private final int failuresToOpen;
    private final Duration openFor;
    private final Duration longestOpen;

    private int failures;
    private Duration open;
    private @Nullable Instant openUntil;

    Circuit(WorkerSettings settings) {
        this.failuresToOpen = settings.failuresToOpen();
        this.openFor = settings.openFor();
        this.longestOpen = settings.longestOpen();
        this.open = openFor;
    }

    /** How many more calls may begin. */
    int admits(int free, int underWay, Instant now) {
        if (openUntil == null) {
            return free;
        }
        return underWay == 0 && free > 0 && !now.isBefore(openUntil) ? 1 : 0;
    }

    /** @return whether that closed it */
    boolean succeeded() {
        boolean wasOpen = openUntil != null;
        failures = 0;
        open = openFor;
        openUntil = null;
        return wasOpen;
    }

    /** @return whether that opened it, for the first time or again */
    boolean failed(Instant now) {
        failures++;
        if (openUntil == null && failures >= failuresToOpen) {
            openUntil = now.plus(open);
            return true;
        }
        if (openUntil != null && !now.isBefore(openUntil)) {
            Duration doubled = open.multipliedBy(2);
            open = doubled.compareTo(longestOpen) < 0 ? doubled : longestOpen;
            openUntil = now.plus(open);
            return true;
        }
        return false;
    }

    boolean isUntouched() {
        return failures == 0 && openUntil == null;
    }

    int failures() {
        return failures;
    }

    /** When it probes; null when it is closed. */
    @Nullable Instant openUntil() {
        return openUntil;
    }
}
