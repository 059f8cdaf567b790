package io.stockledger.projections;

import io.stockledger.ledger.FactFeed;
import io.stockledger.postgres.TestPostgres;
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

    public static DataSource migratedDatabase() {
        return TestPostgres.freshDatabase("views", TestViews::migrate).dataSource();
    }

    public static ViewSettings settings(int mostPerBatch) {
        return new ViewSettings(
                mostPerBatch,
                Duration.ofMillis(50),
                Duration.ofMillis(20),
                Duration.ofMillis(200),
                Duration.ofMillis(100),
                5);
    }

    public static Views start(DataSource database, FactFeed feed, int mostPerBatch, View... views) {
        return Views.start(List.of(views), feed, database, settings(mostPerBatch), InstantSource.system());
    }

    private static void migrate(DataSource empty) {
        Flyway.configure()
                .dataSource(empty)
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }
}
