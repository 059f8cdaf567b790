package io.stockledger.api.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockledger.eventstore.postgres.FactTables;
import io.stockledger.eventstore.postgres.PostgresEventStoreOptions;
import io.stockledger.ledger.FactMeta;
import io.stockledger.ledger.FactStore.StoreUnavailable;
import io.stockledger.ledger.FactStore.StreamContents;
import io.stockledger.ledger.StoredFact;
import io.stockledger.location.LocationFact.LocationOpened;
import io.stockledger.location.LocationKind;
import io.stockledger.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Reading a stream from its snapshot on. */
class PostgresFactsIT {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final StoredFact OPENED = new StoredFact(
            StoredFact.NO_POSITION,
            "location:berlin-1",
            0,
            new LocationOpened("berlin-1", "Berlin", LocationKind.SHOP),
            new FactMeta("open-location", "location:berlin-1", "none", "test", null, NOON, null),
            NOON);

    private final TestPostgres.Database database =
            TestPostgres.freshDatabase("facts", fresh -> FactTables.migrate(fresh.owner()));
    private final AtomicBoolean away = new AtomicBoolean();
    private final AtomicInteger tried = new AtomicInteger();
    private final PostgresFacts facts = PostgresFacts.connect(
            database.dataSource(),
            new DelegatingDataSource(database.dataSource()) {
                @Override
                public Connection getConnection() throws SQLException {
                    tried.incrementAndGet();
                    if (away.get()) {
                        throw new SQLException("connection refused");
                    }
                    return super.getConnection();
                }
            },
            PostgresEventStoreOptions.standard());

    @AfterEach
    void close() {
        facts.close();
    }

    @Test
    void a_database_that_is_away_is_asked_once() {
        facts.store().append(List.of(OPENED));
        away.set(true);
        tried.set(0);
        assertThatThrownBy(() -> facts.store().readFromSnapshot(OPENED.stream()))
                .isInstanceOf(StoreUnavailable.class);
        assertThat(tried).hasValue(1);
    }

    @Test
    void instead_of_a_snapshot_that_cannot_be_read_all_facts_are() throws SQLException {
        facts.store().append(List.of(OPENED));
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO ledger.fact_snapshot VALUES ('" + OPENED.stream()
                    + "', 0, 'stock-snapshot', '1', now(), 'bad', '{\"unit\":', '{}')");
        }
        StreamContents contents = facts.store().readFromSnapshot(OPENED.stream());
        assertThat(contents.snapshot()).isNull();
        assertThat(contents.facts()).extracting(StoredFact::fact).containsExactly(OPENED.fact());
    }
}
