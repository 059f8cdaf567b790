package io.stockledger.eventstore.postgres;

import static io.stockledger.eventstore.postgres.TestStore.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stockledger.postgres.TestPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LostConnectionIT {
    private static final List<DomainEventMessage<?>> BATCH =
            List.of(event("order:1", 0), event("stock:a", 0), event("stock:b", 0));

    private static final String APPENDS_WAITING =
            "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
                    + " WHERE locktype = 'advisory' AND NOT granted AND datname = current_database()";

    private final TestPostgres.Database database = TestStore.freshDatabase();
    private final CuttableCable cable;
    private final PostgresEventStorageEngine engine;

    LostConnectionIT() throws IOException {
        cable = new CuttableCable();
        engine = new PostgresEventStorageEngine(
                cable.dataSource(database),
                database.dataSource(),
                TestStore.SERIALIZER,
                TestStore.SERIALIZER,
                PostgresEventStoreOptions.standard());
    }

    @BeforeEach
    void append() {
        engine.append(List.of(event("order:0", 0)));
    }

    @AfterEach
    void close() throws IOException {
        engine.close();
        cable.close();
    }

    @Test
    void findsOutByItselfThatALostAnswerWasAYes() {
        cable.cutNextReply();

        assertThat(engine.append(BATCH)).isEqualTo(4);

        assertThat(engine.append(List.of(event("order:2", 0)))).isEqualTo(5);
    }

    @Test
    void findsOutByItselfThatALostRequestWasNeverDone() {
        cable.cutNextRequest();

        assertThatThrownBy(() -> engine.append(BATCH))
                .isInstanceOf(EventStoreException.class)
                .isNotInstanceOf(AppendOutcomeUnknown.class)
                .hasMessageContaining("nothing appended of 3 facts");

        assertThat(engine.append(BATCH)).isEqualTo(4);
    }

    @Test
    void saysThatTheOutcomeIsUnknownWhileTheDatabaseIsAwayAndItWasAYes() {
        cable.cutNextReply();
        cable.takeNewConnections(false);

        assertThatThrownBy(() -> engine.append(BATCH))
                .isInstanceOf(AppendOutcomeUnknown.class)
                .hasMessageContaining("outcome unknown of appending 3 facts");
        assertThatThrownBy(() -> engine.outcomeOf(BATCH))
                .isInstanceOf(EventStoreException.class)
                .isNotInstanceOf(AppendOutcomeUnknown.class);

        cable.takeNewConnections(true);
        assertThat(engine.outcomeOf(BATCH)).hasValue(4);
        assertThatThrownBy(() -> engine.append(BATCH)).isInstanceOf(FactConflict.class);
    }

    @Test
    void saysThatTheOutcomeIsUnknownWhileTheDatabaseIsAwayAndItWasANo() {
        cable.cutNextRequest();
        cable.takeNewConnections(false);

        assertThatThrownBy(() -> engine.append(BATCH)).isInstanceOf(AppendOutcomeUnknown.class);
        // Nothing was sent this time, so this is no longer in doubt.
        assertThatThrownBy(() -> engine.append(BATCH))
                .isInstanceOf(EventStoreException.class)
                .isNotInstanceOf(AppendOutcomeUnknown.class)
                .hasMessageContaining("nothing appended, no connection");

        cable.takeNewConnections(true);
        assertThat(engine.outcomeOf(BATCH)).isEmpty();
        assertThat(engine.append(BATCH)).isEqualTo(4);
    }

    @Test
    void takesAnotherNodesFactUnderTheSameIdentifierForNoneOfOurs() {
        cable.cutNextRequest();
        cable.takeNewConnections(false);
        assertThatThrownBy(() -> engine.append(BATCH)).isInstanceOf(AppendOutcomeUnknown.class);
        try (PostgresEventStorageEngine other = TestStore.engine(database)) {
            other.append(List.of(event("stock:b", 0, TestStore.NOON.plusSeconds(1))));
        }

        cable.takeNewConnections(true);

        assertThat(engine.outcomeOf(BATCH)).isEmpty();
    }

    @Test
    void survivesThatItsBackendIsEndedInTheMiddleOfAnAppend() throws Exception {
        try (Connection holder = lockHolder()) {
            CompletableFuture<Long> append = CompletableFuture.supplyAsync(() -> engine.append(BATCH));
            awaitAnAppendThatWaits();
            query("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted");

            assertThatThrownBy(append::join)
                    .hasCauseInstanceOf(EventStoreException.class)
                    .hasMessageContaining("nothing appended of 3 facts");
            holder.commit();
        }
        assertThat(engine.append(BATCH)).isEqualTo(4);
    }

    @Test
    void leavesNoAppendBehindThatCouldStillHappen() throws Exception {
        try (Connection holder = lockHolder()) {
            CompletableFuture<Long> append = CompletableFuture.supplyAsync(() -> engine.append(BATCH));
            awaitAnAppendThatWaits();
            // The server's process waits for the lock and does not know that nobody listens any more.
            cable.cutNow();

            assertThatThrownBy(append::join)
                    .hasCauseInstanceOf(EventStoreException.class)
                    .hasMessageContaining("nothing appended of 3 facts");
            assertThat(query(APPENDS_WAITING)).isEqualTo("0");
            holder.commit();
        }
        assertThat(engine.headPosition()).isEqualTo(1);
        assertThat(engine.append(BATCH)).isEqualTo(4);
    }

    @Test
    void givesUpWaitingForANodeThatHoldsTheLock() throws Exception {
        PostgresEventStoreOptions impatient =
                PostgresEventStoreOptions.standard().withTimeouts(Duration.ofMillis(200), Duration.ofSeconds(20));
        try (PostgresEventStorageEngine waiting = TestStore.engine(database, impatient);
                Connection holder = lockHolder()) {
            assertThatThrownBy(() -> waiting.append(BATCH))
                    .isInstanceOf(EventStoreException.class)
                    .hasMessageContaining("nothing appended of 3 facts")
                    .hasMessageContaining("lock timeout");
            holder.commit();
            assertThat(waiting.append(BATCH)).isEqualTo(4);
        }
    }

    private Connection lockHolder() throws SQLException {
        Connection holder = database.dataSource().getConnection();
        holder.setAutoCommit(false);
        try (Statement statement = holder.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(" + FactAppender.LOCK_KEY + ")");
        }
        return holder;
    }

    private void awaitAnAppendThatWaits() {
        await().atMost(Duration.ofMinutes(2)).until(() -> query(APPENDS_WAITING).equals("1"));
    }

    private String query(String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }
}
