package io.stockledger.projections.availability;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.stockledger.projections.FactLog;
import io.stockledger.projections.StockDays;
import io.stockledger.projections.TestViews;
import io.stockledger.projections.catalog.CatalogView;
import io.stockledger.projections.view.Views;
import io.stockledger.quantity.Quantity;
import io.stockledger.stock.StockLevels;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.springframework.jdbc.core.JdbcTemplate;

class AvailabilityProperties {

    @Property(tries = 20)
    void theViewAnswersWhatTheFoldOfTheFactsWouldPromise(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 400) int facts,
            @ForAll @IntRange(min = 1, max = 60) int mostPerBatch) {
        FactLog log = new FactLog();
        StockDays days = new StockDays(seed, log);
        try (HikariDataSource database = TestViews.database();
                Views views = TestViews.start(database, log, mostPerBatch, new AvailabilityView(), new CatalogView())) {
            AvailabilityQueries queries = new AvailabilityQueries(database, views);
            for (int round = 0; round < 4; round++) {
                days.happen(1 + facts / 4);
                assertSame(days, queries, log.head());
            }
            assertThat(sumOfAllBuckets(database)).isEqualByComparingTo("0");
            assertThat(views.statuses())
                    .allSatisfy(status -> assertThat(status.parkedFacts()).isZero());
        }
    }

    private static void assertSame(StockDays days, AvailabilityQueries queries, long head) {
        List<AvailabilityQueries.Asked> all = days.states().keySet().stream()
                .map(key -> new AvailabilityQueries.Asked(key.sku(), key.location()))
                .toList();
        for (int i = 0; i < 5; i++) {
            Instant at = days.anyInstant();
            Map<StockKey, StockLevels> expected = new HashMap<>();
            days.states()
                    .forEach((key, state) ->
                            expected.put(key, StockDays.shown(state.levels(at.truncatedTo(ChronoUnit.MICROS)))));
            AvailabilityAnswer answer = queries.many(all, at, TestViews.seen(head));
            Map<StockKey, StockLevels> found = new HashMap<>();
            answer.levels().forEach(level -> found.put(level.key(), StockDays.shown(level.levels())));
            assertThat(found).isEqualTo(expected);
            assertThat(promises(found)).isEqualTo(promises(expected));
            assertThat(answer.asOf().position()).isEqualTo(head);
        }
    }

    private static BigDecimal sumOfAllBuckets(DataSource database) {
        return Objects.requireNonNull(new JdbcTemplate(database)
                .queryForObject(
                        "SELECT coalesce(sum(b.value::numeric), 0) FROM stock_level, jsonb_each_text(buckets) AS b",
                        BigDecimal.class));
    }

    private static Map<StockKey, List<Quantity>> promises(Map<StockKey, StockLevels> levels) {
        Map<StockKey, List<Quantity>> promises = new HashMap<>();
        levels.forEach((key, at) -> promises.put(
                key,
                Stream.concat(StockDays.CHANNELS.stream(), Stream.of("none"))
                        .map(at::availableToPromise)
                        .toList()));
        return promises;
    }
}
