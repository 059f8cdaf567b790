package io.stockledger.benchmarks.crash;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.stockledger.api.store.PostgresFacts;
import io.stockledger.benchmarks.Workbench.Database;
import io.stockledger.eventstore.postgres.PostgresEventStoreOptions;
import io.stockledger.ledger.FactFeed;
import io.stockledger.ledger.StoredFact;
import java.time.Duration;
import java.util.List;

/** Reads the store from its first fact to its last. */
final class StoreReplay {

    private static final Duration NO_MORE = Duration.ofMillis(200);

    private StoreReplay() {}

    static void into(Reckoning reckoning, Database database) throws InterruptedException {
        HikariConfig config = new HikariConfig();
        config.setDataSource(database.dataSource());
        config.setMaximumPoolSize(2);
        try (HikariDataSource pool = new HikariDataSource(config);
                PostgresFacts facts =
                        PostgresFacts.connect(database.dataSource(), pool, PostgresEventStoreOptions.standard());
                FactFeed.Reader reader = facts.store().open(0)) {
            for (List<StoredFact> next = reader.next(1_000, NO_MORE);
                    !next.isEmpty();
                    next = reader.next(1_000, NO_MORE)) {
                next.forEach(reckoning::read);
            }
        }
        reckoning.end();
    }
}
