package io.stockledger.projections.view;

import io.stockledger.ledger.FactFeed;
import io.stockledger.ledger.StoredFact;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Resumes one sequence of facts that a view had to park. */
final class ParkedSequence {

    private static final Duration READ_WAIT = Duration.ofSeconds(5);

    private ParkedSequence() {}

    /** In one transaction, so that the view has all of them or none. */
    static int resume(View view, String key, FactFeed feed, DataSource dataSource)
            throws SQLException, InterruptedException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                int taken = resume(view, key, feed, connection);
                connection.commit();
                return taken;
            } catch (SQLException | InterruptedException | RuntimeException | Error e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private static int resume(View view, String key, FactFeed feed, Connection connection)
            throws SQLException, InterruptedException {
        // Holds up the view's writer, so that no later fact of the sequence overtakes these.
        StoredPosition at = StoredPosition.lock(connection, view.name());
        List<ParkedFact> parked = ParkingLot.list(connection, view.name(), key, Integer.MAX_VALUE);
        if (parked.isEmpty()) {
            return 0;
        }
        view.apply(read(parked, feed), connection);
        ParkingLot.remove(connection, view.name(), key);
        StoredPosition resumed =
                new StoredPosition(at.position(), at.head(), at.behindSince(), at.parkedRevision() + 1);
        ViewNotice notice = new ViewNotice(view.name(), at.position(), false, List.of());
        if (!at.move(connection, view.name(), resumed, notice)) {
            throw new IllegalStateException("view " + view.name() + " moved under its lock");
        }
        return parked.size();
    }

    private static List<StoredFact> read(List<ParkedFact> parked, FactFeed feed) throws InterruptedException {
        List<StoredFact> facts = new ArrayList<>(parked.size());
        for (ParkedFact fact : parked) {
            try (FactFeed.Reader reader = feed.open(fact.position() - 1)) {
                List<StoredFact> found = reader.next(1, READ_WAIT);
                if (found.isEmpty() || found.get(0).position() != fact.position()) {
                    throw new IllegalStateException(
                            "position " + fact.position() + ": " + found + " (expected: the fact that was parked)");
                }
                facts.add(found.get(0));
            }
        }
        return facts;
    }
}
