package io.stockledger.api.gate;

import io.stockledger.api.gate.FactFollowing.Sink;
import io.stockledger.api.wire.HistoryWire;
import io.stockledger.connectors.feed.FactsPage;
import io.stockledger.connectors.feed.FactsWanted;
import io.stockledger.projections.history.HistoryView;
import io.stockledger.projections.view.ViewListener;
import java.util.Collection;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** One who follows the facts. None is kept for a slow one: they are read when it can take them. */
public final class FactFollower implements AutoCloseable, ViewListener {

    private static final int PAGE = 100;

    private final FactFollowing all;
    private final FactsWanted wanted;
    private final Sink sink;
    private final AtomicInteger wishes = new AtomicInteger();
    private volatile boolean heartbeatIsDue;
    private volatile boolean ending;
    private volatile boolean closed;
    private long next;
    private long told;

    FactFollower(FactFollowing all, FactsWanted wanted, long after, Sink sink) {
        this.all = all;
        this.wanted = wanted;
        this.sink = sink;
        this.next = after;
        this.told = after;
    }

    void begin() {
        all.views.listen(HistoryView.NAME, this);
        pump();
    }

    @Override
    public void moved(long position, Collection<String> keys) {
        pump();
    }

    @Override
    public void movedFar(long position) {
        pump();
    }

    /** Sends what there is, on another thread. Called whenever there is more or the sink can take more. */
    public void pump() {
        if (!closed && wishes.getAndIncrement() == 0) {
            try {
                all.executor.execute(this::run);
            } catch (RejectedExecutionException e) {
                fail(e);
            }
        }
    }

    private void run() {
        int seen;
        do {
            seen = wishes.get();
            try {
                sendWhatThereIs();
            } catch (RuntimeException e) {
                fail(e);
            }
        } while (!closed && !wishes.compareAndSet(seen, 0));
    }

    private void sendWhatThereIs() {
        boolean more = true;
        while (more && !closed) {
            if (ending) {
                close();
                sink.end();
            } else {
                more = sink.isReady() && sendOne();
            }
        }
    }

    /** @return false when there is nothing more to look at */
    private boolean sendOne() {
        FactsPage page = all.facts.page(next, wanted, PAGE);
        boolean further = page.next() > next;
        next = page.next();
        boolean tell = heartbeatIsDue && next > told;
        if (!page.facts().isEmpty() || tell) {
            heartbeatIsDue = false;
            told = next;
            sink.send(HistoryWire.read(page));
        }
        return further;
    }

    private void fail(RuntimeException failure) {
        if (!closed) {
            close();
            sink.fail(all.refused(failure));
        }
    }

    /** Tells how far it has been looked, where nothing was found. */
    void heartbeat() {
        heartbeatIsDue = true;
        pump();
    }

    void end() {
        ending = true;
        pump();
    }

    @Override
    public void close() {
        closed = true;
        all.views.forget(HistoryView.NAME, this);
        all.forget(this);
    }
}
