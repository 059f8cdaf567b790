package io.stockledger.projections.availability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.stockledger.projections.FactLog;
import io.stockledger.projections.TestViews;
import io.stockledger.projections.availability.AvailabilityQueries.Asked;
import io.stockledger.projections.view.Freshness;
import io.stockledger.projections.view.ViewBehind;
import io.stockledger.projections.view.Views;
import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.Hold;
import io.stockledger.stock.Posting;
import io.stockledger.stock.StockFact.Cause;
import io.stockledger.stock.StockFact.ChannelProtectionSet;
import io.stockledger.stock.StockFact.CountTaken;
import io.stockledger.stock.StockFact.StockMoved;
import io.stockledger.stock.StockFact.StockReleased;
import io.stockledger.stock.StockFact.StockReserved;
import io.stockledger.stock.StockState;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class AvailabilityQueriesTest {

    private static final Instant AT = Instant.parse("2026-03-01T08:00:00Z");

    private final FactLog log = new FactLog();
    private HikariDataSource database;
    private Views views;
    private AvailabilityQueries queries;

    @BeforeEach
    void open() {
        database = TestViews.database();
        views = TestViews.start(database, log, 100, new AvailabilityView());
        queries = new AvailabilityQueries(database, views);
    }

    @AfterEach
    void close() {
        views.close();
        database.close();
    }

    @Test
    void aLocationIsListedPageByPage() {
        for (int i = 0; i < 25; i++) {
            receive("%04d".formatted(i), "berlin", i + 1);
            receive("%04d".formatted(i), "hall", 1);
        }
        List<String> skus = new ArrayList<>();
        String after = "";
        while (after != null) {
            AvailabilityPage page = queries.atLocation("berlin", after, 10, AT, seen());
            page.levels().forEach(level -> skus.add(level.key().sku()));
            after = page.nextAfter();
        }
        assertThat(skus).hasSize(25).isSorted();
        AvailabilityPage none = queries.atLocation("nowhere", "", 10, AT, seen());
        assertThat(none.levels()).isEmpty();
        assertThat(none.asOf().position()).isEqualTo(log.head());
    }

    @Test
    void manyAreAskedForAtOnceAndEachIsToldOnce() {
        receive("0001", "berlin", 1);
        receive("0001", "hall", 2);
        receive("0002", "berlin", 3);
        List<StockLevel> levels = queries.many(
                        List.of(
                                new Asked("0001", "hall"),
                                new Asked("0001", null),
                                new Asked("0002", "berlin"),
                                new Asked("0002", "berlin"),
                                new Asked("0002", "hall"),
                                new Asked("none", null)),
                        AT,
                        seen())
                .levels();
        assertThat(levels.stream().map(StockLevel::key))
                .containsExactly(
                        new StockKey("0001", "berlin"), new StockKey("0001", "hall"), new StockKey("0002", "berlin"));
    }

    @Test
    void aCountThatFindsWhatIsThereChangesNothing() {
        receive("0001", "berlin", 10);
        assertThat(promised(AT)).isEqualTo(pieces(10));
        log.append("stock:0001@berlin", new CountTaken("0001", "berlin", "c1", pieces(10)), AT);
        assertThat(promised(AT)).isEqualTo(pieces(10));
        assertThat(views.statuses())
                .allSatisfy(status -> assertThat(status.parkedFacts()).isZero());
    }

    @Test
    void aReservationStopsCountingAtItsEndToTheNanosecond() {
        receive("0001", "berlin", 10);
        Instant end = AT.plusNanos(1_500);
        Hold hold = new Hold("r1", "web", pieces(4), pieces(0), end);
        log.append("stock:0001@berlin", new StockReserved("0001", "berlin", hold), AT);
        assertThat(promised(AT.plusNanos(1_000))).isEqualTo(pieces(6));
        assertThat(promised(AT.plusNanos(2_000))).isEqualTo(pieces(10));
    }

    @Test
    void whatIsHeldWithoutAnEndCountsUntilItIsUsedAndAPartOfItLeavesTheRest() {
        receive("0001", "berlin", 10);
        Hold hold = new Hold("order-1/1", "web", pieces(4), pieces(0), null);
        log.append("stock:0001@berlin", new StockReserved("0001", "berlin", hold), AT);
        Instant far = AT.plus(Duration.ofDays(36_500));
        assertThat(promised(far)).isEqualTo(pieces(6));
        Posting sold = new Posting(Bucket.SELLABLE, Bucket.CUSTOMER, pieces(3));
        log.append(
                "stock:0001@berlin",
                new StockMoved(
                        "0001", "berlin", Cause.SOLD, "web", List.of(sold), Map.of(), hold.part(pieces(3)), null),
                AT);
        assertThat(promised(far)).isEqualTo(pieces(6));
        log.append("stock:0001@berlin", new StockReleased("0001", "berlin", hold.part(pieces(1))), AT);
        assertThat(promised(far)).isEqualTo(pieces(7));
    }

    @Test
    void whatIsLeftOfAHoldUsesSoMuchOfItsChannelsProtectionAndNoneOnceItHasLapsed() {
        receive("0001", "berlin", 20);
        log.append("stock:0001@berlin", new ChannelProtectionSet("0001", "berlin", "web", pieces(10)), AT);
        Hold hold = new Hold("r1", "web", pieces(4), pieces(4), AT.plusSeconds(60));
        log.append("stock:0001@berlin", new StockReserved("0001", "berlin", hold), AT);
        promised(AT);
        log.append("stock:0001@berlin", new StockReleased("0001", "berlin", hold.part(pieces(3))), AT);
        assertThat(protectedForWeb(AT)).isEqualTo(pieces(9));
        assertThat(protectedForWeb(AT.plusSeconds(60))).isEqualTo(pieces(10));
    }

    private Quantity protectedForWeb(Instant at) {
        return Objects.requireNonNull(queries.many(List.of(new Asked("0001", "berlin")), at, seen())
                .levels()
                .get(0)
                .levels()
                .protectedFor()
                .get("web"));
    }

    @Test
    void moreThanIsHeldCannotEnd() throws SQLException {
        receive("0001", "berlin", 10);
        Hold hold = new Hold("r1", "web", pieces(4), pieces(0), AT);
        log.append("stock:0001@berlin", new StockReserved("0001", "berlin", hold), AT);
        promised(AT);
        Hold more = new Hold("r1", "web", pieces(5), pieces(0), AT);
        log.append("stock:0001@berlin", new StockReleased("0001", "berlin", more), AT);
        promised(AT);
        assertThat(views.parked(AvailabilityView.NAME).get(0).error())
                .contains("0 holds ended or reduced (expected: 1, each at most what is held)");
    }

    @Test
    void aBucketThatThisVersionDoesNotKnowFailsLoudly() {
        receive("0001", "berlin", 10);
        promised(AT);
        new JdbcTemplate(database).execute("UPDATE stock_level SET buckets = buckets || '{\"on-loan\": 2}'");
        assertThatThrownBy(() -> promised(AT)).hasMessageContaining("bucket: 'on-loan'");
    }

    @Test
    void anAnswerThatMustHaveSeenMoreIsRefusedInTime() {
        receive("0001", "berlin", 10);
        Freshness future = new Freshness(log.head() + 1, Duration.ofMillis(20));
        assertThatThrownBy(() -> queries.many(List.of(new Asked("0001", null)), AT, future))
                .isInstanceOf(ViewBehind.class);
    }

    private Quantity promised(Instant at) {
        return queries.many(List.of(new Asked("0001", "berlin")), at, seen())
                .levels()
                .get(0)
                .levels()
                .availableToPromise();
    }

    private Freshness seen() {
        return new Freshness(log.head(), Freshness.LONGEST_WAIT);
    }

    private void receive(String sku, String location, int quantity) {
        Posting posting = new Posting(Bucket.SUPPLIER, Bucket.SELLABLE, pieces(quantity));
        log.append(
                StockState.STREAM.stream(StockState.key(sku, location)),
                new StockMoved(sku, location, Cause.RECEIVED, null, List.of(posting), Map.of(), null, null),
                AT);
    }

    private static Quantity pieces(int amount) {
        return Quantity.of(amount, Unit.PIECE);
    }
}
