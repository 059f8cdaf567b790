package io.stockledger.projections.view;

import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.stockledger.decision.Decision.NewFact;
import io.stockledger.document.DocumentFact.InstructionAccepted;
import io.stockledger.ledger.FactMeta;
import io.stockledger.ledger.StoredFact;
import io.stockledger.projections.FactLog;
import io.stockledger.projections.TestViews;
import io.stockledger.projections.view.ViewStatus.Role;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ViewsTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Instant AT = Instant.parse("2026-03-01T08:00:00Z");

    private final FactLog log = new FactLog();
    private final TallyView view = new TallyView();
    private final Random random = new Random(42);
    private HikariDataSource database;

    @BeforeEach
    void createTable() throws SQLException {
        database = TestViews.database();
        TallyView.createTable(database);
    }

    @AfterEach
    void closePool() {
        database.close();
    }

    @Test
    void everyFactCountsOnceThoughProcessesComeAndGo() throws SQLException {
        tell(500);
        for (int i = 0; i < 5; i++) {
            try (Views one = start(7);
                    Views other = start(7)) {
                tell(400);
                one.awaitPosition(TallyView.NAME, log.head() - random.nextInt(400), LONG);
                other.awaitPosition(TallyView.NAME, log.head() - random.nextInt(400), LONG);
            }
        }
        try (Views last = start(100)) {
            last.awaitPosition(TallyView.NAME, log.head(), LONG);
            assertThat(TallyView.read(database)).isEqualTo(TallyView.fold(log.all()));
        }
    }

    @Test
    void aWriterThatWasOvertakenTakesNothing() throws Exception {
        tell(10);
        ViewWriter.Watcher nobody = new ViewWriter.Watcher() {
            @Override
            public void moved(ViewProgress.Place place, Collection<String> keys) {}

            @Override
            public void parked(long facts, long sequences) {}
        };
        try (ViewConnection one = ViewConnection.open(database, null);
                ViewConnection other = ViewConnection.open(database, null)) {
            ViewWriter first = ViewWriter.open(view, TallyView.NAME, one, 5, nobody);
            ViewWriter second = ViewWriter.open(view, TallyView.NAME, other, 5, nobody);
            first.take(log.all(), 10, AT);
            assertThatThrownBy(() -> second.take(log.all(), 10, AT)).isInstanceOf(MovedByAnother.class);
            first.take(log.all(), 10, AT);
        }
        assertThat(TallyView.read(database)).isEqualTo(TallyView.fold(log.all()));
    }

    @Test
    void oneNodeWorksAndTheOtherHearsOfItAndTakesOver() throws SQLException {
        Views working = start(50);
        try (Views standingBy = start(50)) {
            await().atMost(LONG)
                    .until(() ->
                            Set.of(role(working), role(standingBy)).equals(Set.of(Role.WORKING, Role.STANDING_BY)));
            Views idle = role(working) == Role.WORKING ? standingBy : working;
            Views busy = idle == working ? standingBy : working;
            Set<String> heard = ConcurrentHashMap.newKeySet();
            idle.listen(TallyView.NAME, new ViewListener() {
                @Override
                public void moved(long position, Collection<String> keys) {
                    heard.addAll(keys);
                }

                @Override
                public void movedFar(long position) {}
            });
            log.append("instruction:heard", InstructionAccepted.of("x", "y", 1, Set.of()), AT);
            idle.awaitPosition(TallyView.NAME, 1, LONG);
            await().atMost(LONG).until(() -> heard.contains("instruction:heard"));
            busy.close();
            tell(100);
            idle.awaitPosition(TallyView.NAME, log.head(), LONG);
            assertThat(role(idle)).isEqualTo(Role.WORKING);
            idle.close();
        } finally {
            working.close();
        }
        assertThat(TallyView.read(database)).isEqualTo(TallyView.fold(log.all()));
    }

    @Test
    void noQuestionSeesHalfACommandHoweverLargeItIsAndSmallABatch() throws SQLException {
        for (int command = 0; command < 60; command++) {
            tellCommand(command, random.nextInt(20));
        }
        Set<Long> seen = positionsSeen(7);
        assertThat(seen).hasSizeGreaterThan(40).isSubsetOf(ends());
        assertThat(TallyView.read(database)).isEqualTo(TallyView.fold(log.all()));
    }

    @Test
    void aFactThatCannotBeTakenPartsNoCommandButItsOwn() throws SQLException {
        for (int command = 0; command < 60; command++) {
            if (command == 30) {
                poison("instruction:3");
            }
            tellCommand(command, 1 + random.nextInt(20));
        }
        // The only command that holds a fact which cannot be taken; it is parted around that fact.
        List<NewFact> told = new ArrayList<>();
        for (String stream : List.of("stock:a", "stock:b", "stock:c", "instruction:last")) {
            String says = stream.equals("stock:b") ? TallyView.POISON : "x";
            told.add(new NewFact(stream, InstructionAccepted.of(says, "y", 1, Set.of())));
        }
        long last = log.append(told, meta("instruction:last"), AT);
        Set<Long> seen = positionsSeen(1_000);
        assertThat(seen).contains(last - 2, last);
        seen.removeIf(position -> position > last - 4);
        assertThat(seen).hasSizeGreaterThan(2).isSubsetOf(ends());
    }

    private Set<Long> positionsSeen(int mostPerBatch) {
        Set<Long> seen = ConcurrentHashMap.newKeySet();
        try (Views views = start(mostPerBatch)) {
            views.listen(TallyView.NAME, new ViewListener() {
                @Override
                public void moved(long position, Collection<String> keys) {
                    seen.add(position);
                }

                @Override
                public void movedFar(long position) {
                    seen.add(position);
                }
            });
            views.awaitPosition(TallyView.NAME, log.head(), LONG);
        }
        return seen;
    }

    private Set<Long> ends() {
        return log.all().stream()
                .filter(fact -> fact.stream().equals(fact.meta().document()))
                .map(StoredFact::position)
                .collect(toSet());
    }

    private void tellCommand(int command, int effects) {
        List<NewFact> told = new ArrayList<>();
        for (int effect = 0; effect < effects; effect++) {
            told.add(new NewFact("stock:" + random.nextInt(20), InstructionAccepted.of("x", "y", 1, Set.of())));
        }
        String document = "order:" + command;
        told.add(new NewFact(document, InstructionAccepted.of("x", "y", 1, Set.of())));
        log.append(told, meta(document), AT);
    }

    private static FactMeta meta(String document) {
        return new FactMeta("test", document, "none", "tester", null, AT, null);
    }

    @Test
    void aFactThatCannotBeTakenParksOnlyItsOwnSequenceUntilItIsResumed() throws Exception {
        tell(60);
        poison("instruction:3");
        tell(60);
        poison("instruction:5");
        tell(60);
        try (Views views = start(1000)) {
            views.awaitPosition(TallyView.NAME, log.head(), LONG);
            assertThat(TallyView.read(database)).isEqualTo(withoutPoisoned());
            List<ParkedFact> parked = views.parked(TallyView.NAME);
            assertThat(parked.stream().map(ParkedFact::key)).containsOnly("instruction:3", "instruction:5");
            assertThat(parked.get(0).error()).contains("can't take position 61");
            assertThat(parked.stream().filter(fact -> fact.error() != null)).hasSize(2);
            ViewStatus status = views.statuses().get(0);
            assertThat(status.parkedFacts()).isEqualTo(parked.size());
            assertThat(status.parkedSequences()).isEqualTo(2);

            assertThatThrownBy(() -> views.resume(TallyView.NAME, "instruction:3"))
                    .hasMessageContaining("can't take position 61");
            assertThat(TallyView.read(database)).isEqualTo(withoutPoisoned());

            view.cure();
            assertThat(views.resume(TallyView.NAME, "instruction:3")).isGreaterThan(1);
            assertThat(views.resume(TallyView.NAME, "instruction:3")).isZero();
            tell(50);
            views.awaitPosition(TallyView.NAME, log.head(), LONG);
            assertThat(views.resume(TallyView.NAME, "instruction:5")).isGreaterThan(1);
            // Also while nothing else happens.
            await().atMost(LONG).until(() -> views.statuses().get(0).parkedFacts() == 0);
            tell(50);
            views.awaitPosition(TallyView.NAME, log.head(), LONG);
            assertThat(TallyView.read(database)).isEqualTo(TallyView.fold(log.all()));
            assertThat(views.parked(TallyView.NAME)).isEmpty();
        }
    }

    @Test
    void aFaultOfTheViewItselfStopsItInsteadOfParkingEverything() throws Exception {
        for (int i = 0; i < 8; i++) {
            poison("instruction:" + i);
        }
        try (Views views = start(100)) {
            await().atMost(LONG).until(() -> views.statuses().get(0).error() != null);
            ViewStatus status = views.statuses().get(0);
            assertThat(status.role()).isEqualTo(Role.RETRYING);
            assertThat(status.error()).contains("5 sequences parked", "position 6");
            assertThat(status.position()).isEqualTo(5);
            assertThat(status.positionsBehind()).isEqualTo(3);
            view.cure();
            views.awaitPosition(TallyView.NAME, 8, LONG);
            assertThat(TallyView.read(database)).hasSize(3);
        }
    }

    @Test
    void itGoesOnAfterTheStoreWasAwayAndAfterItsConnectionsWereCut() throws SQLException {
        try (Views views = start(20)) {
            tell(100);
            views.awaitPosition(TallyView.NAME, log.head(), LONG);
            log.away(true);
            await().atMost(LONG).until(() -> role(views) == Role.RETRYING);
            tell(100);
            log.away(false);
            views.awaitPosition(TallyView.NAME, log.head(), LONG);
            for (int i = 0; i < 5; i++) {
                tell(100);
                cutConnections();
                tell(100);
                views.awaitPosition(TallyView.NAME, log.head(), LONG);
            }
        }
        assertThat(TallyView.read(database)).isEqualTo(TallyView.fold(log.all()));
    }

    @Test
    void aFailureLastsUntilTheViewHasSucceededAndNotUntilItTriesAgain() {
        try (Views views = start(20)) {
            tell(100);
            views.awaitPosition(TallyView.NAME, log.head(), LONG);
            log.away(true);
            await().atMost(LONG).until(() -> role(views) == Role.RETRYING);
            Instant failing = Instant.now();
            long refused = log.refusedReads();
            await().atMost(LONG).until(() -> {
                assertThat(role(views)).isEqualTo(Role.RETRYING);
                return log.refusedReads() >= refused + 3;
            });
            Duration atLeast = Duration.between(failing, Instant.now());
            assertThat(views.asOf(TallyView.NAME, 100, 100, null, AT).behind()).isGreaterThanOrEqualTo(atLeast);
            log.away(false);
            await().atMost(LONG).until(() -> role(views) == Role.WORKING);
            assertThat(views.asOf(TallyView.NAME, 100, 100, null, AT).behind()).isZero();
        }
    }

    @Test
    void anAnswerHidesNothingThatThisNodeHasAppended() {
        tell(3);
        try (Views views = start(10)) {
            views.awaitPosition(TallyView.NAME, 3, LONG);
            AsOf before = views.asOf(TallyView.NAME, 2, 2, null, AT);
            assertThat(before.head()).isEqualTo(3);
            assertThat(before.behind()).isPositive();
            assertThat(views.asOf(TallyView.NAME, 3, 3, null, AT).behind()).isZero();
        }
    }

    @Test
    void aPositionThatIsNotReachedInTimeIsToldWithBothPositions() {
        tell(3);
        try (Views views = start(10)) {
            views.awaitPosition(TallyView.NAME, 3, LONG);
            assertThatThrownBy(() -> views.awaitPosition(TallyView.NAME, 4, Duration.ofMillis(30)))
                    .isInstanceOfSatisfying(ViewBehind.class, behind -> {
                        assertThat(behind.position()).isEqualTo(3);
                        assertThat(behind.asked()).isEqualTo(4);
                    });
        }
    }

    @Test
    void aConnectionGoesBackToItsPoolAsItCame() throws SQLException {
        database.setMaximumPoolSize(1);
        try (ViewConnection used = ViewConnection.open(database, "somewhere")) {
            assertThat(used.tryLock(TallyView.NAME)).isTrue();
            used.listen();
        }
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(text(statement, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(text(statement, "SHOW search_path")).doesNotContain("somewhere");
            assertThat(text(statement, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"))
                    .isEqualTo("0");
            assertThat(text(statement, "SELECT count(*) FROM pg_listening_channels()"))
                    .isEqualTo("0");
        }
    }

    private static String text(Statement statement, String sql) throws SQLException {
        try (var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private Views start(int mostPerBatch) {
        return TestViews.start(database, log, mostPerBatch, view);
    }

    private void tell(int facts) {
        for (int i = 0; i < facts; i++) {
            log.append("instruction:" + random.nextInt(20), InstructionAccepted.of("x", "y", 1, Set.of()), AT);
        }
    }

    private void poison(String stream) {
        log.append(stream, InstructionAccepted.of(TallyView.POISON, "y", 1, Set.of()), AT);
    }

    private Map<String, Long> withoutPoisoned() {
        Map<String, Long> expected = new HashMap<>(TallyView.fold(log.all()));
        for (String stream : List.of("instruction:3", "instruction:5")) {
            expected.remove(stream);
            long before = log.all().stream()
                    .filter(fact -> fact.stream().equals(stream))
                    .collect(toList())
                    .indexOf(log.all().stream()
                            .filter(fact -> fact.stream().equals(stream)
                                    && ((InstructionAccepted) fact.fact())
                                            .command()
                                            .equals(TallyView.POISON))
                            .findFirst()
                            .orElseThrow());
            if (before > 0) {
                expected.put(stream, before);
            }
        }
        return expected;
    }

    private static Role role(Views views) {
        return views.statuses().get(0).role();
    }

    private void cutConnections() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid()""");
        }
    }
}
