package io.stockledger.projections.availability;

import io.stockledger.projections.view.ViewListener;
import io.stockledger.projections.view.Views;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tells watchers in this process which stock has changed, after the view shows it. What a watcher has not taken yet
 * is kept as a set of keys, so a slow one costs a bounded memory, sees the latest levels, and skips those between.
 */
public final class AvailabilityChanges {

    /** Past this, a watcher reads everything anew. */
    public static final int MOST_WAITING = 10_000;

    private final Views views;

    public AvailabilityChanges(Views views) {
        this.views = views;
    }

    /**
     * Begins to watch. Close the watch when nobody looks any more.
     *
     * @param filter which stock is of interest
     * @param wake called, on the view's thread, when there is something to take after there was nothing; it must
     *     return at once
     */
    public Watch watch(Predicate<StockKey> filter, Runnable wake) {
        Watch watch = new Watch(filter, wake);
        views.listen(AvailabilityView.NAME, watch);
        return watch;
    }

    /**
     * What has changed since the last look.
     *
     * @param position the view's when the last of it changed
     * @param resync anything may have changed: read all that is of interest anew
     */
    public record Changed(long position, Set<StockKey> keys, boolean resync) {
        public boolean isEmpty() {
            return keys.isEmpty() && !resync;
        }
    }

    /** One watcher's view of the changes. */
    public final class Watch implements ViewListener, AutoCloseable {

        private final Predicate<StockKey> filter;
        private final Runnable wake;
        private Set<StockKey> waiting = new HashSet<>();
        private boolean resync;
        private long position;

        private Watch(Predicate<StockKey> filter, Runnable wake) {
            this.filter = filter;
            this.wake = wake;
        }

        /** Takes what has changed since the last call; returns at once, empty when nothing has. */
        public synchronized Changed take() {
            Changed changed = new Changed(position, waiting, resync);
            waiting = new HashSet<>();
            resync = false;
            return changed;
        }

        @Override
        public void moved(long toPosition, Collection<String> keys) {
            if (add(toPosition, keys)) {
                wake.run();
            }
        }

        @Override
        public void movedFar(long toPosition) {
            if (addAll(toPosition)) {
                wake.run();
            }
        }

        @Override
        public void close() {
            views.forget(AvailabilityView.NAME, this);
        }

        private synchronized boolean add(long toPosition, Collection<String> keys) {
            boolean hadNothing = waiting.isEmpty() && !resync;
            for (String text : keys) {
                StockKey key = StockKey.parse(text);
                if (filter.test(key)) {
                    position = toPosition;
                    if (!resync) {
                        waiting.add(key);
                    }
                }
            }
            if (waiting.size() > MOST_WAITING) {
                waiting = new HashSet<>();
                resync = true;
            }
            return hadNothing && (resync || !waiting.isEmpty());
        }

        private synchronized boolean addAll(long toPosition) {
            boolean hadNothing = waiting.isEmpty() && !resync;
            position = toPosition;
            waiting = new HashSet<>();
            resync = true;
            return hadNothing;
        }
    }
}
