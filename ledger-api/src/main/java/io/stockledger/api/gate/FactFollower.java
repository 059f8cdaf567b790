package io.stockledger.api.gate;

import io.stockledger.api.security.Login;
import io.stockledger.api.wire.HistoryWire;
import io.stockledger.connectors.feed.FactsPage;
import io.stockledger.connectors.feed.FactsWanted;
import io.stockledger.projections.history.HistoryView;
import io.stockledger.projections.view.ViewListener;
import io.stockledger.projections.view.Views;
import io.stockledger.v1.FactsRead;
import java.util.Collection;

/** One who follows the facts. None is kept for a slow one: they are read when it can take them. */
final class FactFollower extends Subscription<FactsRead> implements ViewListener {

    private static final int PAGE = 100;

    private final FactReading facts;
    private final Views views;
    private final FactsWanted wanted;
    private boolean lifeIsDue;
    private long next;
    private long told;

    FactFollower(
            Subscriptions<FactFollower> all,
            Login login,
            FactReading facts,
            Views views,
            FactsWanted wanted,
            long after,
            Sink<FactsRead> sink) {
        super(all, login, sink);
        this.facts = facts;
        this.views = views;
        this.wanted = wanted;
        this.next = after;
        this.told = after;
    }

    @Override
    void begin() {
        views.listen(HistoryView.NAME, this);
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

    @Override
    boolean sendOne(Sink<FactsRead> to) {
        FactsPage page = facts.page(next, wanted, PAGE);
        boolean further = page.next() > next;
        next = page.next();
        boolean tell = lifeIsDue && next > told;
        if (!page.facts().isEmpty() || tell) {
            lifeIsDue = false;
            told = next;
            to.send(HistoryWire.read(page));
        }
        return further;
    }

    /** With the next look: it tells how far it has been looked, where nothing was found. */
    @Override
    void showLife(Sink<FactsRead> to) {
        lifeIsDue = true;
    }

    @Override
    void stopListening() {
        views.forget(HistoryView.NAME, this);
    }
}
