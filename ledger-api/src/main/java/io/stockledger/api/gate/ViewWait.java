package io.stockledger.api.gate;

import io.stockledger.api.problem.Failures;
import io.stockledger.api.problem.RequestRefused;
import io.stockledger.projections.view.ViewListener;
import io.stockledger.projections.view.Views;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Waits for a view to reach a position without holding a thread. */
final class ViewWait implements ViewListener {

    private final Views views;
    private final String view;
    private final ConcurrentSkipListMap<Place, CompletableFuture<Void>> waiting = new ConcurrentSkipListMap<>();
    private final AtomicLong order = new AtomicLong();

    /** Listeners hear of a position before the view gives it itself. */
    private final AtomicLong heard = new AtomicLong();

    /** @param order tells two who wait for the same position apart */
    private record Place(long position, long order) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byPosition = Long.compare(position, other.position);
            return byPosition != 0 ? byPosition : Long.compare(order, other.order);
        }
    }

    ViewWait(Views views, String view) {
        this.views = views;
        this.view = view;
        views.listen(view, this);
    }

    /** Fails with VIEW_BEHIND when the view is not there in time. */
    CompletableFuture<Void> reached(long position, Duration timeout) {
        if (position() >= position) {
            return CompletableFuture.completedFuture(null);
        }
        Place place = new Place(position, order.incrementAndGet());
        CompletableFuture<Void> reached = new CompletableFuture<>();
        waiting.put(place, reached);
        // The view may have moved between the look and the put.
        complete(position());
        return reached.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS).handle((done, failure) -> {
            waiting.remove(place);
            return done(position, failure);
        });
    }

    private @Nullable Void done(long position, @Nullable Throwable failure) {
        if (failure instanceof TimeoutException) {
            throw new RequestRefused(Failures.viewBehind(view, position(), position));
        }
        return null;
    }

    @Override
    public void moved(long position, Collection<String> keys) {
        movedFar(position);
    }

    @Override
    public void movedFar(long position) {
        heard.accumulateAndGet(position, Math::max);
        complete(position);
    }

    private void complete(long position) {
        waiting.headMap(new Place(position, Long.MAX_VALUE), true).values().forEach(reached -> reached.complete(null));
    }

    private long position() {
        return Math.max(heard.get(), views.position(view));
    }
}
