package io.stockledger.connectors;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.stockledger.postgres.TestPostgres;
import io.stockledger.postgres.TestPostgres.Database;
import io.stockledger.projections.view.ViewSettings;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Databases with the views' and the connectors' tables. */
public final class TestDatabase {

    private TestDatabase() {}

    public static Database fresh() {
        return TestPostgres.freshDatabase("connectors", TestDatabase::migrate);
    }

    public static HikariDataSource pool(Database database) {
        return pool(database.url(), database.user(), database.password());
    }

    /** A fresh database behind a pool. */
    public static HikariDataSource freshPool() {
        return pool(fresh());
    }

    public static HikariDataSource pool(String url, String user, String password) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMinimumIdle(0);
        config.setMaximumPoolSize(20);
        return new HikariDataSource(config);
    }

    public static ViewSettings views(int mostPerBatch) {
        return new ViewSettings(
                mostPerBatch,
                Duration.ZERO,
                Duration.ofMillis(50),
                Duration.ofMillis(20),
                Duration.ofMillis(200),
                Duration.ofMillis(100),
                5);
    }

    public static long count(DataSource database, String condition) {
        return JdbcClient.create(database)
                .sql("SELECT count(*) FROM connectors.effect WHERE " + condition)
                .query(Long.class)
                .single();
    }

    public static List<String> texts(DataSource database, String sql) {
        return JdbcClient.create(database).sql(sql).query(String.class).list();
    }

    public static void update(DataSource database, String sql) {
        JdbcClient.create(database).sql(sql).update();
    }

    private static void migrate(Database empty) {
        Flyway.configure()
                .dataSource(empty.dataSource())
                .locations("classpath:db/migration", "classpath:db/facts-elsewhere")
                .load()
                .migrate();
        empty.owner().migrate(ConnectorTables.SCHEMA, ConnectorTables.MIGRATIONS);
    }
}
