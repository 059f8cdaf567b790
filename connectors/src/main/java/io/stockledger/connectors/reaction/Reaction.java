package io.stockledger.connectors.reaction;

import io.stockledger.document.Command;
import io.stockledger.ledger.StoredFact;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is to be done outside because of facts. Each effect is written once; it is carried out at least once, under the
 * same key each time, so that the target can tell a repeat.
 */
public interface Reaction {

    /** Stored as the name of its view and of its effects; never changes. Lower-case letters, digits and underscores. */
    String name();

    /** Facts with the same key wait for one another when one cannot be taken; empty for facts that it has no use for. */
    Optional<String> sequenceKey(StoredFact fact);

    /** As {@link io.stockledger.projections.view.View#begin}. */
    default void begin(Connection connection) {}

    /**
     * What is due because of these facts. It is written in the connection's transaction, in which it may read.
     *
     * @param facts in order, each with a sequence key
     */
    List<NewEffect> effects(List<StoredFact> facts, Connection connection) throws SQLException;

    /**
     * Carries out one effect, on a worker's thread.
     *
     * @param timeout after which another worker may take the effect over
     * @throws InterruptedException when the worker is to stop; the effect stays due
     */
    Result carryOut(Effect effect, Duration timeout) throws InterruptedException;

    /**
     * The command that tells the ledger how an effect ended, under a document id derived from the effect's key, so that
     * a repeat is a repeat. It is asked for once more when the first was not answered.
     *
     * @param result that it was carried out, or was refused for good
     */
    default Optional<Command> outcome(Effect effect, Result result) {
        return Optional.empty();
    }
}
