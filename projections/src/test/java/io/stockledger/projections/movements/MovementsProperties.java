package io.stockledger.projections.movements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.stockledger.ledger.StoredFact;
import io.stockledger.projections.FactLog;
import io.stockledger.projections.StockDays;
import io.stockledger.projections.TestViews;
import io.stockledger.projections.availability.StockKey;
import io.stockledger.projections.view.Freshness;
import io.stockledger.projections.view.Views;
import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.Posting;
import io.stockledger.stock.StockFact.StockMoved;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.springframework.jdbc.core.JdbcTemplate;

class MovementsProperties {

    @Property(tries = 10)
    void stockAsOfAnInstantIsTheSumOfWhatHadHappenedByThen(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int mostPerBatch) {
        FactLog log = new FactLog();
        StockDays days = new StockDays(seed, log);
        days.happen(300);
        try (HikariDataSource database = TestViews.database();
                Views views = TestViews.start(database, log, mostPerBatch, new MovementsView())) {
            MovementQueries queries = new MovementQueries(database, views);
            Freshness all = TestViews.seen(log.head());
            List<Instant> businessTimes =
                    log.all().stream().map(fact -> fact.meta().businessTime()).toList();
            for (int i = 0; i < businessTimes.size(); i += 37) {
                Instant at = businessTimes.get(i);
                Map<StockKey, Map<Bucket, Quantity>> found = new HashMap<>();
                for (StockKey key : days.states().keySet()) {
                    for (StockAsOf stock : queries.asOf(key.sku(), at, all)) {
                        found.put(new StockKey(stock.sku(), stock.location()), filled(stock.buckets()));
                        assertThat(stock.onHand()).isEqualTo(sum(stock.buckets(), stock.unit()));
                    }
                }
                Map<StockKey, Map<Bucket, Quantity>> expected =
                        sums(log, fact -> !fact.meta().businessTime().isAfter(at));
                expected.replaceAll((key, buckets) -> filled(buckets));
                found.values().removeIf(Map::isEmpty);
                expected.values().removeIf(Map::isEmpty);
                assertThat(found).isEqualTo(expected);
            }
        }
    }

    @Property(tries = 5)
    void aTimelineTellsTheStockAfterEachMovement(@ForAll long seed) {
        FactLog log = new FactLog();
        StockDays days = new StockDays(seed, log);
        days.happen(300);
        try (HikariDataSource database = TestViews.database();
                Views views = TestViews.start(database, log, 50, new MovementsView())) {
            MovementQueries queries = new MovementQueries(database, views);
            for (StockKey key : days.states().keySet()) {
                List<TimelinePoint> points =
                        queries.timeline(key.sku(), key.location(), 10_000, TestViews.seen(log.head()));
                assertThat(points)
                        .isSortedAccordingTo(Comparator.comparing(TimelinePoint::businessTime)
                                .thenComparing(TimelinePoint::position));
                Unit unit = days.states().get(key).unit();
                Map<Bucket, Quantity> running = new EnumMap<>(Bucket.class);
                for (TimelinePoint point : points) {
                    point.changes().forEach((bucket, change) -> running.merge(bucket, change, Quantity::plus));
                    assertThat(filled(point.buckets())).isEqualTo(filled(running));
                    assertThat(point.onHand()).isEqualTo(sum(running, unit));
                    assertThat(point.change()).isEqualTo(sum(point.changes(), unit));
                }
                List<TimelinePoint> latest = queries.timeline(key.sku(), key.location(), 3, Freshness.ANY);
                assertThat(latest).isEqualTo(points.subList(Math.max(0, points.size() - 3), points.size()));
            }
        }
    }

    @Example
    void aBucketThatThisVersionDoesNotKnowFailsLoudly() {
        FactLog log = new FactLog();
        StockDays days = new StockDays(3, log);
        days.happen(100);
        try (HikariDataSource database = TestViews.database();
                Views views = TestViews.start(database, log, 50, new MovementsView())) {
            MovementQueries queries = new MovementQueries(database, views);
            StockAsOf known = queries.asOf("0001", Instant.parse("2030-01-01T00:00:00Z"), TestViews.seen(log.head()))
                    .get(0);
            new JdbcTemplate(database).execute("""
                    INSERT INTO movement_balance VALUES ('%s', '0001', 'on-loan', 'piece', 2)""".formatted(known.location()));
            assertThatThrownBy(() -> queries.asOf("0001", Instant.EPOCH, Freshness.ANY))
                    .hasMessageContaining("bucket: 'on-loan'");
            assertThatThrownBy(() -> queries.timeline("0001", known.location(), 10, Freshness.ANY))
                    .hasMessageContaining("bucket: 'on-loan'");
        }
    }

    private static Map<StockKey, Map<Bucket, Quantity>> sums(FactLog log, Predicate<StoredFact> which) {
        Map<StockKey, Map<Bucket, Quantity>> sums = new HashMap<>();
        for (StoredFact stored : log.all()) {
            if (stored.fact() instanceof StockMoved moved && which.test(stored)) {
                Map<Bucket, Quantity> buckets = sums.computeIfAbsent(
                        new StockKey(moved.sku(), moved.location()), key -> new EnumMap<>(Bucket.class));
                for (Posting posting : moved.postings()) {
                    buckets.merge(posting.to(), posting.quantity(), Quantity::plus);
                    buckets.merge(posting.from(), posting.quantity().negated(), Quantity::plus);
                }
            }
        }
        return sums;
    }

    /** What is physically there; an empty bucket is as good as none. */
    private static Map<Bucket, Quantity> filled(Map<Bucket, Quantity> buckets) {
        Map<Bucket, Quantity> filled = new HashMap<>(buckets);
        filled.entrySet()
                .removeIf(
                        entry -> !entry.getKey().isOnHand() || entry.getValue().isZero());
        return filled;
    }

    private static Quantity sum(Map<Bucket, Quantity> buckets, Unit unit) {
        return filled(buckets).values().stream().reduce(Quantity.zero(unit), Quantity::plus);
    }
}
