package io.stockledger.projections.view;

import java.util.Collection;

/** Told after a view has moved. It is called on the view's own thread, so it must return at once. */
public interface ViewListener {

    /**
     * @param keys the sequence keys of the facts that the view took up to {@code position}; empty when it had no use
     *     for them
     */
    void moved(long position, Collection<String> keys);

    /** Anything may have changed up to {@code position}. */
    void movedFar(long position);
}
