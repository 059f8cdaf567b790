package io.stockledger.projections.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.stockledger.item.ItemFact.ItemRegistered;
import io.stockledger.ledger.FactMeta;
import io.stockledger.location.LocationFact.LocationOpened;
import io.stockledger.location.LocationKind;
import io.stockledger.projections.FactLog;
import io.stockledger.projections.TestViews;
import io.stockledger.projections.catalog.CatalogView;
import io.stockledger.projections.drift.DriftLine.Kind;
import io.stockledger.projections.drift.DriftLine.LastMovement;
import io.stockledger.projections.drift.DriftLine.Movements;
import io.stockledger.projections.drift.DriftReport.NotCompared;
import io.stockledger.projections.drift.SnapshotUpload.HoldsOthers;
import io.stockledger.projections.drift.SnapshotUpload.IdTaken;
import io.stockledger.projections.drift.SnapshotUpload.Stored;
import io.stockledger.projections.drift.SnapshotUpload.Unreadable;
import io.stockledger.projections.movements.MovementsView;
import io.stockledger.projections.view.Freshness;
import io.stockledger.projections.view.ViewBehind;
import io.stockledger.projections.view.Views;
import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.Posting;
import io.stockledger.stock.StockFact.Cause;
import io.stockledger.stock.StockFact.StockMoved;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DriftTest {

    private static final Instant MIDNIGHT = Instant.parse("2026-03-02T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

    private static final Set<String> EVERYWHERE = Set.of();

    private final FactLog log = new FactLog();
    private HikariDataSource database;
    private Views views;
    private ErpSnapshots snapshots;
    private DriftQueries drift;

    @BeforeEach
    void open() {
        database = TestViews.database();
        views = TestViews.start(database, log, 10, new MovementsView(), new CatalogView());
        snapshots = new ErpSnapshots(database);
        drift = new DriftQueries(database, views);
        log.append("locations:all", new LocationOpened("berlin", "Berlin", LocationKind.SHOP), MIDNIGHT);
        log.append("locations:all", new LocationOpened("hall", "Hall", LocationKind.WAREHOUSE), MIDNIGHT);
        for (String sku : List.of("0001", "0002", "0003", "0004", "0005")) {
            log.append("item:" + sku, new ItemRegistered(sku, "Item " + sku, Unit.PIECE, List.of()), MIDNIGHT);
        }
        log.append("item:kilo", new ItemRegistered("kilo", "Apples", Unit.KILOGRAM, List.of()), MIDNIGHT);
        views.await(CatalogView.NAME, TestViews.seen(log.head()));
    }

    @AfterEach
    void close() {
        views.close();
        database.close();
    }

    @Test
    void theStockAsOfTheSnapshotIsComparedNotTodays() {
        move("receipt:1", "0001", "berlin", 10, MIDNIGHT.minusSeconds(3_600), 0);
        move("order:2", "0001", "berlin", -4, MIDNIGHT.plusSeconds(60), 0);
        assertThat(report("location,sku,quantity\nberlin,0001,10\n").lines()).isEmpty();
    }

    @Test
    void linesComeBiggestFirstWithWhatTheErpMayNotHaveKnown() {
        move("receipt:1", "0001", "berlin", 10, MIDNIGHT.minusSeconds(3_600), 0);
        // Sold while the till was offline, told hours after the snapshot.
        move("order:late", "0001", "berlin", -3, MIDNIGHT.minusSeconds(600), 7_200);
        move("order:next", "0001", "berlin", -1, MIDNIGHT.plusSeconds(600), 0);
        move("receipt:2", "0002", "berlin", 50, MIDNIGHT.minusSeconds(60), 0);
        move("receipt:3", "0003", "hall", 7, MIDNIGHT.minusSeconds(60), 0);
        move("receipt:4", "0004", "berlin", 5, MIDNIGHT.minusSeconds(60), 0);
        move("receipt:5", "0005", "berlin", 5, MIDNIGHT.plusSeconds(60), 0);
        DriftReport report = report("""
                SKU,Quantity,Location
                0001,10,berlin
                0004,5,berlin
                "tea, green",2,berlin
                0003,1,nowhere
                kilo,1.250,berlin
                """);
        assertThat(report.lines().stream()
                        .collect(Collectors.toMap(line -> line.location() + "/" + line.sku(), DriftLine::kind)))
                .isEqualTo(Map.of(
                        "berlin/0002", Kind.NOT_IN_ERP,
                        "berlin/0001", Kind.DIFFERENT,
                        "berlin/tea, green", Kind.UNKNOWN_ITEM,
                        "berlin/kilo", Kind.NOT_IN_LEDGER,
                        "nowhere/0003", Kind.UNKNOWN_LOCATION));
        assertThat(report.lines().stream().map(DriftLine::difference).toList())
                .containsExactly(number("50"), number("-3"), number("-2"), number("-1.25"), number("-1"));
        DriftLine late = report.lines().get(1);
        assertThat(late)
                .isEqualTo(new DriftLine(
                        "berlin",
                        "0001",
                        "Item 0001",
                        "piece",
                        Kind.DIFFERENT,
                        number("10"),
                        number("7"),
                        number("-3"),
                        new LastMovement(10, MIDNIGHT.minusSeconds(600), Cause.SOLD, "order:late", number("-3")),
                        new Movements(1, number("-3"), List.of("order:late")),
                        new Movements(1, number("-1"), List.of("order:next"))));
        assertThat(late.isExplainedByLateRecords()).isTrue();
        assertThat(report.lines().get(0).isExplainedByLateRecords()).isFalse();
        // 0005 came after the instant: nothing on either side.
        assertThat(report.totals()).isEqualTo(new DriftReport.Totals(6, 1, 5, 1, 1, number("57.25")));
        assertThat(report.asOf().position()).isEqualTo(log.head());
    }

    @Test
    void aReportIsWrittenAsCsv() throws IOException {
        move("receipt:1", "0001", "berlin", 10, MIDNIGHT.minusSeconds(3_600), 0);
        move("receipt:2", "0001", "hall", 10, MIDNIGHT.minusSeconds(3_600), 0);
        report("location,sku,quantity\nberlin,0001,12\nberlin,=1+2,1\nberlin,\"tea, \"\"green\"\"\",1\n");
        StringWriter csv = new StringWriter();
        assertThat(drift.writeCsv("s1", EVERYWHERE, csv, Freshness.ANY)).isTrue();
        assertThat(csv.toString()).isEqualTo("""
                        location,sku,name,unit,kind,erp,ledger,difference,last_movement_at,last_movement_cause,\
                        last_movement_document,recorded_late,recorded_late_change,moved_after,moved_after_change
                        berlin,0001,Item 0001,piece,different,12,10,-2,2026-03-01T23:00:00Z,received,receipt:1,0,0,0,0
                        berlin,'=1+2,,,unknown-item,1,,-1,,,,0,0,0,0
                        berlin,"tea, ""green""\",,,unknown-item,1,,-1,,,,0,0,0,0
                        hall,,,,location-not-in-erp,,,,,,,,,,
                        """.replace("\n", "\r\n"));
        assertThat(drift.writeCsv("none", EVERYWHERE, csv, Freshness.ANY)).isFalse();
        assertThat(drift.report("none", EVERYWHERE, null, 10, Freshness.ANY)).isEmpty();
    }

    @Test
    void aLocationThatTheSnapshotLacksIsTold() {
        move("receipt:1", "0001", "berlin", 10, MIDNIGHT.minusSeconds(60), 0);
        move("receipt:2", "0001", "hall", 10, MIDNIGHT.minusSeconds(60), 0);
        move("receipt:3", "0002", "hall", 10, MIDNIGHT.minusSeconds(60), 0);
        move("receipt:4", "0003", "hall", 10, MIDNIGHT.plusSeconds(60), 0);
        assertThat(report("location,sku,quantity\nberlin,0001,10\n").notCompared())
                .containsExactly(new NotCompared("hall", 2));
        assertThat(drift.report("s1", Set.of("berlin"), null, 100, Freshness.ANY)
                        .orElseThrow()
                        .notCompared())
                .isEmpty();
    }

    @Test
    void whatIsToldBetweenPagesMovesNoLineToAnother() {
        List<String> skus = IntStream.range(0, 30).mapToObj("x%02d"::formatted).toList();
        for (int i = 0; i < 30; i++) {
            move("receipt:" + i, skus.get(i), "berlin", i + 1, MIDNIGHT.minusSeconds(3_600), 0);
        }
        DriftReport whole = report("location,sku,quantity\nberlin,0001,0\n");
        List<DriftLine> read = new ArrayList<>();
        DriftReport page =
                drift.report("s1", EVERYWHERE, null, 10, Freshness.ANY).orElseThrow();
        while (page.next() != null) {
            read.addAll(page.lines());
            // Sold while the till was offline: the biggest becomes the smallest, the smallest the biggest, and one is
            // new.
            move("order:a" + read.size(), "x29", "berlin", -30, MIDNIGHT.minusSeconds(600), 7_200);
            move("order:b" + read.size(), "x00", "berlin", 90, MIDNIGHT.minusSeconds(600), 7_200);
            move("order:c" + read.size(), "0002", "berlin", 15, MIDNIGHT.minusSeconds(600), 7_200);
            page = drift.report("s1", EVERYWHERE, DriftPlace.of(page.next().text()), 10, TestViews.seen(log.head()))
                    .orElseThrow();
        }
        read.addAll(page.lines());
        assertThat(read).isEqualTo(whole.lines()).hasSize(30);
        assertThat(page.totals()).isEqualTo(whole.totals());
        assertThat(page.asOf().position()).isEqualTo(whole.asOf().position()).isLessThan(log.head());
    }

    @Test
    void aPageOfAPositionThatTheViewHasNotReachedWaitsForIt() {
        report("location,sku,quantity\nberlin,0001,1\n");
        DriftPlace ahead = new DriftPlace(log.head() + 1, number("1"), "berlin", "0001");
        assertThatThrownBy(() -> drift.report("s1", EVERYWHERE, ahead, 10, Freshness.ANY))
                .isInstanceOf(ViewBehind.class);
        for (String none : List.of("", "1 1 berlin", "x 1 berlin 0001", "1 1e9 berlin 0001", "1 1 berlin \n")) {
            assertThatThrownBy(() -> DriftPlace.of(none)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aReportOfSomeLocationsSumsUpThoseOnly() throws IOException {
        move("receipt:1", "0001", "berlin", 10, MIDNIGHT.minusSeconds(3_600), 0);
        move("receipt:2", "0002", "berlin", 50, MIDNIGHT.minusSeconds(60), 0);
        move("receipt:3", "0003", "hall", 7, MIDNIGHT.minusSeconds(60), 0);
        report("location,sku,quantity\nberlin,0001,8\nhall,0003,7\nhall,0004,1\nnowhere,0003,1\n");
        DriftReport hall =
                drift.report("s1", Set.of("hall"), null, 100, Freshness.ANY).orElseThrow();
        assertThat(hall.locations()).containsExactly("hall");
        assertThat(hall.lines()).extracting(DriftLine::sku).containsExactly("0004");
        assertThat(hall.totals()).isEqualTo(new DriftReport.Totals(2, 1, 1, 0, 0, number("1")));
        DriftReport two = drift.report("s1", Set.of("nowhere", "berlin"), null, 100, Freshness.ANY)
                .orElseThrow();
        assertThat(two.locations()).containsExactly("berlin", "nowhere");
        assertThat(two.totals()).isEqualTo(new DriftReport.Totals(3, 0, 3, 0, 1, number("53")));
        DriftReport none =
                drift.report("s1", Set.of("shed"), null, 100, Freshness.ANY).orElseThrow();
        assertThat(none.totals()).isEqualTo(new DriftReport.Totals(0, 0, 0, 0, 0, number("0")));
        StringWriter csv = new StringWriter();
        assertThat(drift.writeCsv("s1", Set.of("hall"), csv, Freshness.ANY)).isTrue();
        assertThat(csv.toString().lines().skip(1)).singleElement().asString().startsWith("hall,0004,");
        assertThat(snapshots.latest(Set.of("hall"), 10))
                .extracting(ErpSnapshot::lines)
                .containsExactly(2);
        assertThat(snapshots.latest(Set.of("shed"), 10)).isEmpty();
    }

    @Test
    void whoMaySpeakForSomeLocationsUploadsThoseOnly() {
        String csv = "location,sku,quantity\nberlin,0001,3\nhall,0001,4\nattic,0001,4\n";
        assertThat(snapshots.upload("s1", MIDNIGHT, new StringReader(csv), "c", Set.of("hall", "shed"), NOW))
                .isEqualTo(new HoldsOthers(new TreeSet<>(Set.of("berlin", "attic"))));
        assertThat(snapshots.find("s1")).isEmpty();
        assertThat(snapshots.upload(
                        "s1", MIDNIGHT, new StringReader(csv), "c", Set.of("hall", "berlin", "attic", "shed"), NOW))
                .isInstanceOf(Stored.class);
    }

    @Test
    void theSameSnapshotAgainIsTheSameAndAnotherUnderItsIdIsRefused() {
        String csv =
                "location,sku,quantity,taken_at\nberlin,0001,3,2026-03-02T00:00:00Z\nhall,0001,4.0,2026-03-02T01:00:00+01:00\n";
        ErpSnapshot stored = ((Stored) upload("s1", null, csv)).snapshot();
        assertThat(stored.takenAt()).isEqualTo(MIDNIGHT);
        assertThat(stored.lines()).isEqualTo(2);
        assertThat(upload("s1", MIDNIGHT, "sku,location,quantity\n\n0001,hall,4\n0001,berlin,3.000\n"))
                .isEqualTo(new Stored(stored, true));
        assertThat(upload("s1", MIDNIGHT, "sku,location,quantity\n0001,hall,4\n0001,berlin,3.001\n"))
                .isEqualTo(new IdTaken(stored));
        assertThat(upload("s1", MIDNIGHT.minusSeconds(1), "sku,location,quantity\n0001,hall,4\n0001,berlin,3\n"))
                .isEqualTo(new IdTaken(stored));
        assertThat(snapshots.latest(EVERYWHERE, 10)).containsExactly(stored);
    }

    @Test
    void aFileWithAnyErrorIsNoSnapshot() {
        assertErrors("", null, "1:: no lines");
        assertErrors("location,sku\n", MIDNIGHT, "1:quantity: not in the header");
        assertErrors("location,sku,quantity\n", null, "1:taken_at: nowhere");
        assertErrors("location,sku,sku,quantity\n", MIDNIGHT, "1:sku: twice");
        assertErrors("location,sku,quantity,colour\n", MIDNIGHT, "1:: column 'colour'");
        assertErrors("location,sku,quantity\n", MIDNIGHT, "1:: no lines");
        assertErrors(
                """
                location,sku,quantity
                berlin,0001,1
                berlin,0001
                ber lin,0002,1
                berlin,0002,1.2345
                berlin,0003,1e400000000
                berlin,0003,ten
                berlin,0001,1
                berlin,,1
                berlin,0004,1000000000000
                """,
                MIDNIGHT,
                "3:: 2 fields (expected: 3",
                "4:location: ",
                "5:quantity: '1.2345'",
                "6:quantity: '1e400000000'",
                "7:quantity: 'ten'",
                "8:sku: '0001' at 'berlin' again (expected: once, and line 2 has it)",
                "9:sku: ",
                "10:quantity: '1000000000000'");
        assertErrors(
                "location,sku,quantity,taken_at\nberlin,0001,1,yesterday\nberlin,0002,1,2026-03-01T00:00:00Z\n",
                MIDNIGHT,
                "2:taken_at: 'yesterday'",
                "3:taken_at: 2026-03-01T00:00:00Z (expected: 2026-03-02T00:00:00Z");
        assertErrors("location,sku,quantity\nberlin,0001,1\n", NOW.plusSeconds(1), "1:taken_at: ");
        assertErrors(
                "location,sku,quantity\nberlin,0001,1\n",
                Instant.EPOCH,
                "1:taken_at: 1970-01-01T00:00:00Z (expected: a");
        assertErrors("location,sku,quantity\nberlin,0001,1\n", Instant.MIN, "1:taken_at: ");
        assertErrors(
                "location,sku,quantity\nberlin,kilo,1.5\nberlin,0001,1.5\n",
                MIDNIGHT,
                "3:quantity: '1.5' (expected: a whole");
        assertErrors("location,sku,quantity\nberlin,\"0001,1\n", MIDNIGHT, "");
        String many = IntStream.range(0, 500)
                .mapToObj(i -> "berlin,%d,x\n".formatted(i))
                .collect(Collectors.joining("", "location,sku,quantity\n", ""));
        assertThat(((Unreadable) upload("bad", MIDNIGHT, many)).errors()).hasSize(SnapshotCsv.MOST_ERRORS);
        assertThat(snapshots.latest(EVERYWHERE, 10)).isEmpty();
    }

    private void assertErrors(String csv, @Nullable Instant takenAt, String... expected) {
        List<LineError> errors = ((Unreadable) upload("bad", takenAt, csv)).errors();
        List<String> told = errors.stream()
                .map(error -> error.line() + ":" + error.field() + ": " + error.message())
                .toList();
        assertThat(told).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(told.get(i)).startsWith(expected[i]);
        }
    }

    @Test
    void unitsThatOnlyChangedTheirConditionMovedOnceAndMakeNoDifference() {
        move("receipt:1", "0001", "berlin", 5, MIDNIGHT.minusSeconds(60), 0);
        Posting damaged = new Posting(Bucket.SELLABLE, Bucket.DAMAGED, Quantity.of(2, Unit.PIECE));
        Instant before = MIDNIGHT.minusSeconds(30);
        log.append(
                "stock:0001@berlin",
                new StockMoved("0001", "berlin", Cause.RECLASSIFIED, null, List.of(damaged), Map.of(), null, null),
                new FactMeta("test", "reclassification:1", "none", "tester", null, before, null),
                MIDNIGHT.plusSeconds(1));
        DriftLine line =
                report("location,sku,quantity\nberlin,0001,4\n").lines().get(0);
        assertThat(line.ledger()).isEqualByComparingTo("5");
        assertThat(Objects.requireNonNull(line.lastBefore()).document()).isEqualTo("reclassification:1");
        assertThat(Objects.requireNonNull(line.lastBefore()).change()).isEqualByComparingTo("0");
        assertThat(line.recordedLate().count()).isEqualTo(1);
        assertThat(line.recordedLate().documents()).containsExactly("reclassification:1");
    }

    private DriftReport report(String csv) {
        assertThat(upload("s1", MIDNIGHT, csv)).isInstanceOf(Stored.class);
        return drift.report("s1", EVERYWHERE, null, 100, TestViews.seen(log.head()))
                .orElseThrow();
    }

    private SnapshotUpload upload(String id, @Nullable Instant takenAt, String csv) {
        return snapshots.upload(id, takenAt, new StringReader(csv), "controller", EVERYWHERE, NOW);
    }

    /** @param quantity signed */
    private void move(
            String document, String sku, String location, int quantity, Instant businessTime, long recordedAfter) {
        Quantity units = Quantity.of(Math.abs(quantity), Unit.PIECE);
        Posting posting = quantity > 0
                ? new Posting(Bucket.SUPPLIER, Bucket.SELLABLE, units)
                : new Posting(Bucket.SELLABLE, Bucket.CUSTOMER, units);
        Cause cause = quantity > 0 ? Cause.RECEIVED : Cause.SOLD;
        log.append(
                "stock:" + sku + "@" + location,
                new StockMoved(sku, location, cause, null, List.of(posting), Map.of(), null, null),
                new FactMeta("test", document, "none", "tester", null, businessTime, null),
                businessTime.plusSeconds(recordedAfter));
    }

    private static BigDecimal number(String text) {
        return new BigDecimal(text);
    }
}
