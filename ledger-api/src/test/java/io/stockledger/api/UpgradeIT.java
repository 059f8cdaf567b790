package io.stockledger.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.stockledger.api.start.FailedStart;
import io.stockledger.postgres.TestPostgres;
import io.stockledger.postgres.TestPostgres.Database;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A service on a database of another version: what an older one made is brought up to date, what a newer one made is refused. */
class UpgradeIT {

    private static final Map<String, String> ROLES = Map.of("service", "stockledger", "owner", "stockledger_owner");

    private final Database database = TestPostgres.freshDatabase();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path firstOnly;

    @Test
    void tables_of_the_first_version_are_brought_up_to_date_and_all_is_answered_from_the_same_facts()
            throws IOException {
        String facts;
        String stock;
        long position;
        try (RunningLedger before = RunningLedger.start(database)) {
            before.post("/v1/locations", "{\"documentId\":\"l\",\"location\":\"a\",\"name\":\"A\",\"kind\":\"shop\"}");
            before.post("/v1/items", "{\"documentId\":\"i\",\"sku\":\"1\",\"name\":\"Cup\"}");
            position = before.post(
                            "/v1/receipts",
                            "{\"documentId\":\"r\",\"location\":\"a\",\"supplier\":\"s\","
                                    + "\"lines\":[{\"item\":{\"sku\":\"1\"},\"quantity\":10}]}")
                    .json()
                    .get("position")
                    .asLong();
            facts = facts(before, position);
            stock = stock(before, position);
        }
        setBack(database.ownerDataSource(), "access", "access/V1__api_keys.sql");
        setBack(database.ownerDataSource(), "connectors", "connectors/V1__effects.sql");
        setBack(database.dataSource(), "public", "migration/V100__views.sql");

        try (RunningLedger after = RunningLedger.start(database)) {
            assertThat(facts(after, position)).isEqualTo(facts).contains("goods-received");
            assertThat(stock(after, position)).isEqualTo(stock).contains("10");
            assertThat(level("access")).isGreaterThanOrEqualTo(MigrationVersion.fromVersion("5"));
        }
    }

    @Test
    void tables_of_a_newer_version_are_refused_with_a_way_back() {
        RunningLedger.start(database).close();
        JdbcClient.create(database.ownerDataSource())
                .sql("INSERT INTO access.flyway_schema_history"
                        + " (installed_rank, version, description, type, script, installed_by, execution_time, success)"
                        + " VALUES (999, '999', 'of tomorrow', 'SQL', 'V999__of_tomorrow.sql', 'x', 1, true)")
                .update();

        assertThat(FailedStart.sentence(Objects.requireNonNull(catchThrowable(() -> RunningLedger.start(database)))))
                .startsWith("schema access is not as this version of the service or an older one made it (expected:");
    }

    private void setBack(DataSource role, String schema, String script) throws IOException {
        FluentConfiguration tables =
                Flyway.configure().dataSource(role).schemas(schema).cleanDisabled(false);
        tables.load().clean();
        Path folder = Files.createDirectories(firstOnly.resolve(schema));
        try (InputStream first = Objects.requireNonNull(getClass().getResourceAsStream("/db/" + script), script)) {
            Files.copy(first, folder.resolve(Path.of(script).getFileName()));
        }
        tables.locations("filesystem:" + folder).placeholders(ROLES).load().migrate();
        assertThat(Objects.requireNonNull(tables.load().info().current()).getScript())
                .isEqualTo(Path.of(script).getFileName().toString());
    }

    private MigrationVersion level(String schema) {
        return Objects.requireNonNull(Flyway.configure()
                .dataSource(database.ownerDataSource())
                .schemas(schema)
                .load()
                .info()
                .current()
                .getVersion());
    }

    /** Views begin anew at the start, so what is asked for waits for them. */
    private static String facts(RunningLedger service, long position) {
        service.get("/v1/history?pageSize=1&wait=PT30S&atLeastPosition=" + position);
        return service.get("/v1/facts?pageSize=1000").json().get("facts").toString();
    }

    private static String stock(RunningLedger service, long position) {
        return service.get("/v1/availability/items/1?wait=PT30S&atLeastPosition=" + position)
                .json()
                .get("levels")
                .toString();
    }
}
