package io.stockledger.projections.view;

import io.stockledger.projections.view.ViewStatus.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Where a view is, as this node knows it, and who waits for it to get further. */
final class ViewProgress {

    /** @param since since when the view has been behind; null when it is not */
    record Place(long position, long head, @Nullable Instant since) {}

    private final String view;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();

    private Place place = new Place(0, 0, null);
    private Role role = Role.STARTING;
    private @Nullable String error;
    private @Nullable Instant failingSince;
    private long parkedFacts;
    private long parkedSequences;

    ViewProgress(String view) {
        this.view = view;
    }

    void moved(Place to) {
        lock.lock();
        try {
            place = to;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends a failure: a part is played only once it has been seen to work. */
    void playing(Role part) {
        lock.lock();
        try {
            role = part;
            error = null;
            failingSince = null;
        } finally {
            lock.unlock();
        }
    }

    void failing(String message, Instant now) {
        lock.lock();
        try {
            role = Role.RETRYING;
            error = message;
            failingSince = failingSince == null ? now : failingSince;
        } finally {
            lock.unlock();
        }
    }

    void parked(long facts, long sequences) {
        lock.lock();
        try {
            parkedFacts = facts;
            parkedSequences = sequences;
        } finally {
            lock.unlock();
        }
    }

    Place place() {
        lock.lock();
        try {
            return place;
        } finally {
            lock.unlock();
        }
    }

    /** Since when the view has not moved because of a failure; null when it is well. */
    @Nullable Instant failingSince() {
        lock.lock();
        try {
            return failingSince;
        } finally {
            lock.unlock();
        }
    }

    void await(long position, Duration wait) throws InterruptedException {
        long left = wait.toNanos();
        lock.lockInterruptibly();
        try {
            while (place.position < position) {
                if (left <= 0) {
                    throw new ViewBehind(view, place.position, position);
                }
                left = moved.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** @param ledgerHead the ledger's last position now, or 0 when the store does not say */
    ViewStatus status(long ledgerHead, Instant now) {
        lock.lock();
        try {
            long head = Math.max(ledgerHead, place.head);
            @Nullable Instant since = place.since != null ? place.since : failingSince;
            Duration behind = since == null || head <= place.position ? Duration.ZERO : Duration.between(since, now);
            return new ViewStatus(
                    view,
                    role,
                    place.position,
                    head,
                    Math.max(0, head - place.position),
                    behind.isNegative() ? Duration.ZERO : behind,
                    parkedFacts,
                    parkedSequences,
                    error);
        } finally {
            lock.unlock();
        }
    }
}
