package io.stockledger.eventstore.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockledger.postgres.TableOwner;
import io.stockledger.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database itself refuses to the role that the service uses. */
class FactRolesIT {
    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final TestPostgres.Database DATABASE = TestStore.freshDatabase();

    static {
        try (PostgresEventStorageEngine engine = TestStore.engine(DATABASE)) {
            engine.append(List.of(TestStore.event("stock:a", 0)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE ledger.fact SET sequence = 7",
                "DELETE FROM ledger.fact",
                "TRUNCATE ledger.fact",
                "ALTER TABLE ledger.fact DISABLE TRIGGER facts_stay",
                "ALTER TABLE ledger.fact DROP CONSTRAINT fact_stream_sequence",
                "ALTER TABLE ledger.fact RENAME TO old",
                "DROP TABLE ledger.fact CASCADE",
                "DROP SCHEMA ledger CASCADE",
                "CREATE TABLE ledger.more (n int)",
                "CREATE TRIGGER mine BEFORE INSERT ON ledger.fact EXECUTE FUNCTION ledger.refuse_to_change_facts()",
                "CREATE OR REPLACE FUNCTION ledger.refuse_to_change_facts() RETURNS trigger LANGUAGE plpgsql"
                        + " AS 'BEGIN RETURN NULL; END'",
                "CREATE OR REPLACE VIEW ledger.fact_as_json AS SELECT 1",
                "UPDATE ledger.flyway_schema_history SET checksum = 1",
                "SELECT * FROM ledger.fact FOR UPDATE",
                "BEGIN; LOCK TABLE ledger.fact IN ACCESS EXCLUSIVE MODE",
                "SET session_replication_role = replica",
                "SET ROLE stockledger_owner",
                "ALTER ROLE stockledger SUPERUSER",
                "REASSIGN OWNED BY stockledger_owner TO stockledger",
                "COPY (SELECT 1) TO PROGRAM 'true'"
            })
    void refusesTheServiceWhatItNeverDoes(String sql) {
        assertThatThrownBy(() -> asService(sql))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    void refusesTheServiceItsDatabaseToo() {
        for (String sql : List.of("DROP DATABASE %s", "ALTER DATABASE %s SET synchronous_commit = off")) {
            assertThatThrownBy(() -> asService(sql.formatted(DATABASE.name())))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("must be owner of database");
        }
    }

    @Test
    void letsTheServiceAddFactsAndMakeViewsAnew() throws SQLException {
        try (PostgresEventStorageEngine engine = TestStore.engine(DATABASE)) {
            engine.append(List.of(TestStore.event("stock:b", 0)));
            engine.storeSnapshot(TestStore.event("stock:b", 0));
            engine.storeSnapshot(TestStore.event("stock:b", 1));
            assertThat(engine.readSnapshot("stock:b")).isPresent();
        }
        asService("CREATE SCHEMA rebuild_view");
        asService("CREATE TABLE rebuild_view.rows (n int)");
        asService("ALTER TABLE rebuild_view.rows SET SCHEMA public");
        asService("DROP TABLE public.rows");
        asService("DROP SCHEMA rebuild_view");
    }

    @Test
    void tellsWhetherARoleCouldChangeFacts() {
        assertThat(FactTables.mayBeChangedBy(DATABASE.dataSource())).isEmpty();
        assertThat(FactTables.mayBeChangedBy(DATABASE.ownerDataSource())).contains("stockledger_owner");
        assertThat(FactTables.mayBeChangedBy(TestPostgres.freshDatabase().dataSource()))
                .as("facts are elsewhere")
                .isEmpty();
    }

    @Test
    void worksWithOneRoleForAllAndTellsIt() {
        TestPostgres.Database database = TestPostgres.freshDatabase();
        FactTables.migrate(TableOwner.unknown(database.dataSource()));
        try (PostgresEventStorageEngine engine = TestStore.engine(database)) {
            assertThat(engine.append(List.of(TestStore.event("stock:a", 0)))).isEqualTo(1);
        }
        assertThat(FactTables.mayBeChangedBy(database.dataSource())).contains("stockledger");

        assertThatThrownBy(() -> FactTables.migrate(database.owner()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("schema ledger belongs to role 'stockledger'")
                .hasMessageContaining("docs/postgresql.md");
    }

    @Test
    void startsWithoutTheOwnerOnlyOnTablesOfThisVersion() throws SQLException {
        TestPostgres.Database database = TestStore.freshDatabase();
        TableOwner withoutTheOwner = TableOwner.unknown(database.dataSource());
        FactTables.migrate(withoutTheOwner);

        try (Connection owner = database.ownerDataSource().getConnection();
                Statement statement = owner.createStatement()) {
            statement.execute("DELETE FROM ledger.flyway_schema_history WHERE version IS NULL");
        }
        assertThatThrownBy(() -> FactTables.migrate(withoutTheOwner))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("belongs to role 'stockledger_owner' and is not of this version")
                .hasMessageContaining("owner-user");
    }

    private static void asService(String sql) throws SQLException {
        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
