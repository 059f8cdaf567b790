package io.stockledger.projections.view;

import io.stockledger.ledger.StoredFact;
import io.stockledger.projections.view.ParkingLot.Parking;
import io.stockledger.projections.view.ViewProgress.Place;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes facts into a view: a whole batch in one transaction, and around those facts that the view cannot take, even if
 * that parts a command. It begins where the view is and is thrown away when somebody else has moved it.
 */
final class ViewWriter {

    private static final Logger LOG = LoggerFactory.getLogger(ViewWriter.class);

    /** Told after each commit. */
    interface Watcher {
        void moved(Place place, Collection<String> keys);

        void parked(long facts, long sequences);
    }

    private final View view;
    private final String storedAs;
    private final ViewConnection connection;
    private final int mostParkedSequences;
    private final Watcher watcher;
    private final Set<String> parked;
    private long parkedFacts;
    private StoredPosition at;

    private ViewWriter(
            View view,
            String storedAs,
            ViewConnection connection,
            int mostParkedSequences,
            Watcher watcher,
            Set<String> parked,
            long parkedFacts,
            StoredPosition at) {
        this.view = view;
        this.storedAs = storedAs;
        this.connection = connection;
        this.mostParkedSequences = mostParkedSequences;
        this.watcher = watcher;
        this.parked = parked;
        this.parkedFacts = parkedFacts;
        this.at = at;
    }

    /** @param storedAs the name under which its position and its parked facts are kept */
    static ViewWriter open(
            View view, String storedAs, ViewConnection connection, int mostParkedSequences, Watcher watcher)
            throws SQLException {
        StoredPosition at = StoredPosition.readOrCreate(connection.jdbc(), storedAs);
        Set<String> parked = ParkingLot.keys(connection.jdbc(), storedAs);
        long parkedFacts = ParkingLot.count(connection.jdbc(), storedAs);
        connection.commit();
        watcher.parked(parkedFacts, parked.size());
        view.begin(connection.jdbc());
        return new ViewWriter(view, storedAs, connection, mostParkedSequences, watcher, parked, parkedFacts, at);
    }

    StoredPosition at() {
        return at;
    }

    /**
     * @param head the last position of the ledger
     * @param behindSince since when the view has been behind, should it still be after these
     */
    void take(List<StoredFact> facts, long head, Instant behindSince) throws SQLException, MovedByAnother {
        List<StoredFact> unseen = unseen(facts);
        if (unseen.isEmpty()) {
            return;
        }
        try {
            write(unseen, head, behindSince);
        } catch (SQLException | RuntimeException | AssertionError e) {
            if (!rolledBack(e) || !Failures.isOfTheFacts(e)) {
                throw e;
            }
            if (unseen.size() == 1) {
                park(unseen.get(0), e, head, behindSince);
            } else {
                // Only of the command that cannot be taken whole does a question see a part.
                int middle = Commands.middle(unseen);
                take(unseen.subList(0, middle), head, behindSince);
                take(unseen.subList(middle, unseen.size()), head, behindSince);
            }
        }
    }

    private boolean rolledBack(Throwable failure) {
        try {
            connection.rollback();
            return true;
        } catch (SQLException e) {
            // The connection is lost, and the failure says why.
            failure.addSuppressed(e);
            return false;
        }
    }

    /** There is nothing after what was taken. */
    void caughtUp() throws SQLException, MovedByAnother {
        if (at.behindSince() != null) {
            StoredPosition to = new StoredPosition(at.position(), at.position(), null, at.parkedRevision());
            move(to, Set.of());
            commit(to, Set.of());
        }
    }

    /** A feed that was opened again may repeat itself; no fact counts twice. */
    private List<StoredFact> unseen(List<StoredFact> facts) {
        if (facts.isEmpty() || facts.get(0).position() > at.position()) {
            return facts;
        }
        return facts.stream().filter(fact -> fact.position() > at.position()).toList();
    }

    private void write(List<StoredFact> facts, long head, Instant behindSince) throws SQLException, MovedByAnother {
        List<StoredFact> wanted = new ArrayList<>(facts.size());
        List<Parking> parkings = new ArrayList<>();
        Set<String> keys = new LinkedHashSet<>();
        long position = at.position();
        for (StoredFact fact : facts) {
            if (fact.position() <= position) {
                throw new IllegalStateException("fact at position " + fact.position() + " after " + position
                        + " (expected: the ledger's order)");
            }
            position = fact.position();
            Optional<String> key = view.sequenceKey(fact);
            if (key.isEmpty()) {
                continue;
            }
            if (parked.contains(key.get())) {
                parkings.add(new Parking(key.get(), fact, null));
            } else {
                keys.add(key.get());
                wanted.add(fact);
            }
        }
        StoredPosition to = next(position, head, behindSince, at.parkedRevision());
        move(to, keys);
        if (!wanted.isEmpty()) {
            view.apply(wanted, connection.jdbc());
        }
        ParkingLot.park(connection.jdbc(), storedAs, parkings);
        commit(to, keys);
        countParked(parkings.size());
    }

    private void park(StoredFact fact, Throwable failure, long head, Instant behindSince)
            throws SQLException, MovedByAnother {
        String key = keyOf(fact);
        String message = ErrorText.of(failure);
        if (parked.size() >= mostParkedSequences) {
            throw new IllegalStateException("view " + storedAs + ": " + parked.size()
                    + " sequences parked, and the fact at position " + fact.position()
                    + " cannot be taken either; the fault is not in the facts: " + message);
        }
        StoredPosition to = next(fact.position(), head, behindSince, at.parkedRevision() + 1);
        move(to, Set.of());
        ParkingLot.park(connection.jdbc(), storedAs, List.of(new Parking(key, fact, message)));
        commit(to, Set.of());
        parked.add(key);
        countParked(1);
        LOG.error(
                "View {} cannot take the fact at position {}; its sequence {} is parked until it is resumed",
                storedAs,
                fact.position(),
                key,
                failure);
    }

    private String keyOf(StoredFact fact) {
        try {
            return view.sequenceKey(fact).orElse(fact.stream());
        } catch (RuntimeException e) {
            return fact.stream();
        }
    }

    private StoredPosition next(long position, long head, Instant behindSince, long parkedRevision) {
        @Nullable Instant since = head > position ? behindSince : null;
        return new StoredPosition(position, Math.max(head, position), since, parkedRevision);
    }

    private void move(StoredPosition to, Set<String> keys) throws SQLException, MovedByAnother {
        if (!at.move(connection.jdbc(), storedAs, to, ViewNotice.of(storedAs, to.position(), keys))) {
            connection.rollback();
            throw new MovedByAnother(storedAs, at.position());
        }
    }

    private void commit(StoredPosition to, Set<String> keys) throws SQLException {
        connection.commit();
        at = to;
        watcher.moved(new Place(at.position(), at.head(), at.behindSince()), keys);
    }

    private void countParked(int more) {
        if (more > 0) {
            parkedFacts += more;
            watcher.parked(parkedFacts, parked.size());
        }
    }
}
