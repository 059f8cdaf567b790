package io.stockledger.projections.view;

import io.stockledger.ledger.StoredFact;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Facts folded into tables. An implementation keeps nothing between two calls: what a rolled back batch left in
 * memory would be wrong.
 */
public interface View {

    /** Stored as the view's name; never changes. Lower-case letters, digits and underscores. */
    String name();

    /** The tables that it alone writes. Its SQL names them without a schema, so that they can be rebuilt in another. */
    List<String> tables();

    /** False when taking facts acts on the outside: taking them all again would act again. */
    default boolean isRebuildable() {
        return true;
    }

    /**
     * Told before the first facts, and again whenever somebody else has moved the view's position. What it knows of what
     * others write in the transaction that moves the position is exact until then.
     *
     * @param connection the one with which facts are added until it is told again; those that are resumed have another
     */
    default void begin(Connection connection) {}

    /**
     * What a fact is about: facts with the same key build on one another, so that when one cannot be taken the later
     * ones have to wait. Empty when the view has no use for the fact.
     */
    Optional<String> sequenceKey(StoredFact fact);

    /**
     * Adds facts to the tables, within the connection's transaction.
     *
     * @param facts in order, each with a sequence key
     */
    void apply(List<StoredFact> facts, Connection connection) throws SQLException;
}
