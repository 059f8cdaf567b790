package io.stockledger.eventstore.postgres;

import org.axonframework.eventsourcing.eventstore.EventStoreException;

/**
 * The connection was lost while a batch was on its way: all of it is stored, or nothing. Ask {@link
 * PostgresEventStorageEngine#outcomeOf} before anybody gets an answer.
 */
public final class AppendOutcomeUnknown extends EventStoreException {
    private static final long serialVersionUID = 1L;

    AppendOutcomeUnknown(int facts, Throwable cause) {
        super(
                "outcome unknown of appending " + facts + " facts: " + cause.getMessage()
                        + " (expected: read the store before answering)",
                cause);
    }
}
