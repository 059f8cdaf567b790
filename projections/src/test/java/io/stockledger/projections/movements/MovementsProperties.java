package io.stockledger.projections.movements;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.stockledger.ledger.StoredFact;
import io.stockledger.projections.FactLog;
import io.stockledger.projections.StockDays;
import io.stockledger.projections.TestViews;
import io.stockledger.projections.availability.StockKey;
import io.stockledger.projections.view.Freshness;
import io.stockledger.projections.view.Views;
import io.stockledger.quantity.Quantity;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.Posting;
import io.stockledger.stock.StockFact.StockMoved;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

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
                Map<StockKey, Quantity> found = new HashMap<>();
                for (StockKey key : days.states().keySet()) {
                    for (StockAsOf stock : queries.asOf(key.sku(), at, all)) {
                        found.put(new StockKey(stock.sku(), stock.location()), stock.onHand());
                    }
                }
                Map<StockKey, Quantity> expected =
                        sums(log, fact -> !fact.meta().businessTime().isAfter(at));
                found.values().removeIf(Quantity::isZero);
                expected.values().removeIf(Quantity::isZero);
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
                Quantity running = Quantity.zero(days.states().get(key).unit());
                for (TimelinePoint point : points) {
                    running = running.plus(point.change());
                    assertThat(point.onHand()).isEqualTo(running);
                }
                List<TimelinePoint> latest = queries.timeline(key.sku(), key.location(), 3, Freshness.ANY);
                assertThat(latest).isEqualTo(points.subList(Math.max(0, points.size() - 3), points.size()));
            }
        }
    }

    private static Map<StockKey, Quantity> sums(FactLog log, Predicate<StoredFact> which) {
        Map<StockKey, Quantity> sums = new HashMap<>();
        for (StoredFact stored : log.all()) {
            if (stored.fact() instanceof StockMoved moved && which.test(stored)) {
                for (Posting posting : moved.postings()) {
                    StockKey key = new StockKey(moved.sku(), moved.location());
                    add(sums, key, posting.to(), posting.quantity());
                    add(sums, key, posting.from(), posting.quantity().negated());
                }
            }
        }
        return sums;
    }

    private static void add(Map<StockKey, Quantity> sums, StockKey key, Bucket bucket, Quantity quantity) {
        if (bucket.isOnHand()) {
            sums.merge(key, quantity, Quantity::plus);
        }
    }
}
