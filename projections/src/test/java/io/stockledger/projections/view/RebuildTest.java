package io.stockledger.projections.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.stockledger.projections.FactLog;
import io.stockledger.projections.StockDays;
import io.stockledger.projections.TestViews;
import io.stockledger.projections.availability.AvailabilityQueries;
import io.stockledger.projections.availability.AvailabilityQueries.Asked;
import io.stockledger.projections.availability.AvailabilityView;
import io.stockledger.projections.availability.StockKey;
import io.stockledger.projections.catalog.CatalogView;
import io.stockledger.stock.StockLevels;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class RebuildTest {

    private static final List<String> TABLES = new AvailabilityView().tables();

    @Test
    void aViewIsRebuiltWhileItAnswersAndGrowsAndIsTheSameAfterwards() throws Exception {
        FactLog log = new FactLog();
        StockDays days = new StockDays(7, log);
        days.happen(3_000);
        try (HikariDataSource database = TestViews.database();
                Views views = TestViews.start(database, log, 100, new AvailabilityView(), new CatalogView())) {
            AvailabilityQueries queries = new AvailabilityQueries(database, views);
            views.awaitPosition(AvailabilityView.NAME, log.head(), Freshness.LONGEST_WAIT);
            // What no fact says must be gone after the rebuild, or nothing was rebuilt.
            spoil(database);

            AtomicBoolean over = new AtomicBoolean();
            AtomicLong answers = new AtomicLong();
            CompletableFuture<Void> growing = CompletableFuture.runAsync(() -> {
                while (!over.get()) {
                    days.happen(1);
                    views.awaitPosition(AvailabilityView.NAME, log.head(), Freshness.LONGEST_WAIT);
                }
            });
            CompletableFuture<Void> asking = CompletableFuture.runAsync(() -> {
                long last = 0;
                while (!over.get()) {
                    long position = queries.many(List.of(new Asked("0001", null)), Instant.now(), Freshness.ANY)
                            .asOf()
                            .position();
                    assertThat(position).isGreaterThanOrEqualTo(last);
                    last = position;
                    answers.incrementAndGet();
                }
            });
            views.rebuild(AvailabilityView.NAME);
            views.rebuild(AvailabilityView.NAME);
            over.set(true);
            growing.join();
            asking.join();

            assertThat(answers.get()).isPositive();
            views.awaitPosition(AvailabilityView.NAME, log.head(), Freshness.LONGEST_WAIT);
            Map<String, List<String>> rebuilt = contents(database);
            try (HikariDataSource fresh = TestViews.database();
                    Views again = TestViews.start(fresh, log, 1_000, new AvailabilityView())) {
                again.awaitPosition(AvailabilityView.NAME, log.head(), Freshness.LONGEST_WAIT);
                assertThat(rebuilt).isEqualTo(contents(fresh));
            }
            assertThat(levels(days, queries)).isEqualTo(fold(days));
            assertThat(schemas(database)).isEqualTo("0");
            assertThat(indexes(database)).isEqualTo(indexesOfAFreshDatabase());
        }
    }

    private static final Instant AT = Instant.parse("2026-03-02T08:00:00Z");

    private static Map<StockKey, StockLevels> levels(StockDays days, AvailabilityQueries queries) {
        Map<StockKey, StockLevels> levels = new HashMap<>();
        List<Asked> all = days.states().keySet().stream()
                .map(key -> new Asked(key.sku(), key.location()))
                .toList();
        queries.many(all, AT, Freshness.ANY)
                .levels()
                .forEach(level -> levels.put(level.key(), StockDays.shown(level.levels())));
        return levels;
    }

    private static Map<StockKey, StockLevels> fold(StockDays days) {
        Map<StockKey, StockLevels> levels = new HashMap<>();
        days.states()
                .forEach((key, state) ->
                        levels.put(key, StockDays.shown(state.levels(AT.truncatedTo(ChronoUnit.MICROS)))));
        return levels;
    }

    private static void spoil(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE stock_level SET held = held + 1000");
            statement.execute("INSERT INTO stock_level VALUES ('ghost', 'berlin-1', 'piece', '{}', 0, 0, NULL)");
        }
    }

    private static Map<String, List<String>> contents(DataSource database) throws SQLException {
        Map<String, List<String>> contents = new HashMap<>();
        for (String table : TABLES) {
            contents.put(table, column(database, "SELECT t::text FROM " + table + " t ORDER BY 1"));
        }
        return contents;
    }

    private static List<String> indexesOfAFreshDatabase() throws SQLException {
        try (HikariDataSource fresh = TestViews.database()) {
            return indexes(fresh);
        }
    }

    private static List<String> indexes(DataSource database) throws SQLException {
        return column(database, """
                SELECT indexdef FROM pg_indexes WHERE tablename IN ('stock_level', 'stock_hold')
                UNION ALL SELECT relname || reloptions::text FROM pg_class WHERE relname = 'stock_level'
                ORDER BY 1""");
    }

    private static String schemas(DataSource database) throws SQLException {
        return column(database, "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'rebuild%'")
                .get(0);
    }

    private static List<String> column(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }
}
