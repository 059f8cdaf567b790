package io.stockledger.projections;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.stockledger.ledger.FactFeed;
import io.stockledger.postgres.TestPostgres;
import io.stockledger.projections.view.Freshness;
import io.stockledger.projections.view.View;
import io.stockledger.projections.view.ViewSettings;
import io.stockledger.projections.view.Views;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Databases with the views' tables, and views over them. */
public final class TestViews {

    private TestViews() {}

    /** A fresh database behind a pool. */
    public static HikariDataSource database() {
        HikariConfig config = new HikariConfig();
        config.setDataSource(
                TestPostgres.freshDatabase("views", TestViews::migrate).dataSource());
        config.setMinimumIdle(2);
        config.setMaximumPoolSize(20);
        return new HikariDataSource(config);
    }

    /** Quick to try again, and stops after five parked sequences. */
    public static ViewSettings settings(int mostPerBatch) {
        return new ViewSettings(
                mostPerBatch,
                Duration.ZERO,
                Duration.ofMillis(50),
                Duration.ofMillis(20),
                Duration.ofMillis(200),
                Duration.ofMillis(100),
                5);
    }

    public static Views start(DataSource database, FactFeed feed, int mostPerBatch, View... views) {
        return Views.start(List.of(views), feed, database, settings(mostPerBatch), InstantSource.system());
    }

    /** Waits long, because a busy machine is slow and no failure. */
    public static Freshness seen(long position) {
        return new Freshness(position, Freshness.LONGEST_WAIT);
    }

    private static void migrate(TestPostgres.Database empty) {
        Flyway.configure()
                .dataSource(empty.dataSource())
                .locations("classpath:db/migration", "classpath:db/facts-elsewhere")
                .load()
                .migrate();
    }
}
