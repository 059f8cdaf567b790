package io.stockledger.connectors.reaction;

import io.stockledger.ledger.StoredFact;
import io.stockledger.projections.view.View;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A reaction as a view: what is due is written in the transaction that moves its position. */
public final class ReactionView implements View {

    private final Reaction reaction;
    private final InstantSource clock;

    public ReactionView(Reaction reaction, InstantSource clock) {
        this.reaction = reaction;
        this.clock = clock;
    }

    @Override
    public String name() {
        return reaction.name();
    }

    @Override
    public List<String> tables() {
        return List.of();
    }

    /** Never: what was done outside would be done again. */
    @Override
    public boolean isRebuildable() {
        return false;
    }

    @Override
    public Optional<String> sequenceKey(StoredFact fact) {
        return reaction.sequenceKey(fact);
    }

    @Override
    public void begin(Connection connection) {
        reaction.begin(connection);
    }

    @Override
    public void apply(List<StoredFact> facts, Connection connection) throws SQLException {
        Outbox.write(reaction.name(), reaction.effects(facts, connection), clock.instant(), connection);
    }
}
