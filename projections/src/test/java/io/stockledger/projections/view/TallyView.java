package io.stockledger.projections.view;

import io.stockledger.document.DocumentFact.InstructionAccepted;
import io.stockledger.ledger.StoredFact;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** Counts facts by stream, so that what was missed or taken twice shows; does not take what says "poison". */
final class TallyView implements View {

    static final String NAME = "tally";
    static final String POISON = "poison";

    private static final String ADD = """
            INSERT INTO tally AS t (stream, facts)
            SELECT * FROM unnest(?::text[], ?::bigint[])
            ON CONFLICT (stream) DO UPDATE SET facts = t.facts + excluded.facts""";

    private volatile boolean cured;

    static void createTable(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE tally (stream text PRIMARY KEY, facts bigint NOT NULL)");
        }
    }

    static Map<String, Long> read(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT stream, facts FROM tally")) {
            Map<String, Long> tally = new HashMap<>();
            while (rows.next()) {
                tally.put(rows.getString(1), rows.getLong(2));
            }
            return tally;
        }
    }

    static Map<String, Long> fold(List<StoredFact> facts) {
        Map<String, Long> tally = new HashMap<>();
        facts.forEach(fact -> tally.merge(fact.stream(), 1L, Long::sum));
        return tally;
    }

    /** From now on it takes everything. */
    void cure() {
        cured = true;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> tables() {
        return List.of("tally");
    }

    @Override
    public Optional<String> sequenceKey(StoredFact fact) {
        return fact.stream().startsWith("ignored:") ? Optional.empty() : Optional.of(fact.stream());
    }

    @Override
    public void apply(List<StoredFact> facts, Connection connection) throws SQLException {
        Map<String, Long> more = fold(facts);
        try (Columns columns = Columns.of(connection, ADD)) {
            columns.texts(List.copyOf(more.keySet()))
                    .longs(List.copyOf(more.values()))
                    .write();
        }
        for (StoredFact fact : facts) {
            if (!cured
                    && fact.fact() instanceof InstructionAccepted told
                    && told.command().equals(POISON)) {
                throw new IllegalStateException("can't take position " + fact.position());
            }
        }
    }
}
