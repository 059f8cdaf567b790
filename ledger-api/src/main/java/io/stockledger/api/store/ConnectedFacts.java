package io.stockledger.api.store;

import io.stockledger.eventstore.AxonFactStore;

/** The facts, wherever they are, and the connection to them. */
public interface ConnectedFacts extends AutoCloseable {

    AxonFactStore store();

    /** Whether the store can be reached now. */
    boolean isConnected();

    @Override
    void close();
}
