package io.stockledger.projections.availability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.stockledger.item.Barcode;
import io.stockledger.item.ItemFact.ItemRegistered;
import io.stockledger.projections.FactLog;
import io.stockledger.projections.TestViews;
import io.stockledger.projections.catalog.CatalogView;
import io.stockledger.projections.view.Freshness;
import io.stockledger.projections.view.Views;
import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.Posting;
import io.stockledger.stock.StockFact.Cause;
import io.stockledger.stock.StockFact.StockMoved;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ItemQueriesTest {

    private static final Instant AT = Instant.parse("2026-03-01T08:00:00Z");
    private static final Barcode BARCODE = new Barcode("4006381333931", BigDecimal.ONE);

    private final FactLog log = new FactLog();
    private HikariDataSource database;
    private Views views;
    private ItemQueries queries;

    @BeforeEach
    void open() {
        database = TestViews.database();
        views = TestViews.start(database, log, 100, new AvailabilityView(), new CatalogView());
        queries = new ItemQueries(database, views);
    }

    @AfterEach
    void close() {
        views.close();
        database.close();
    }

    @Test
    void anItemIsFoundEverywhereByItsSkuAndByItsBarcodeInBothForms() {
        register("0001", "Pen", Unit.PIECE, BARCODE);
        receive("0001", "hall", 5);
        receive("0001", "berlin", 3);
        receive("0002", "berlin", 9);
        ItemAvailability pen = item(ItemKey.ofSku("0001")).orElseThrow();
        assertThat(pen.name()).isEqualTo("Pen");
        assertThat(pen.unit()).isEqualTo(Unit.PIECE);
        assertThat(pen.levels().stream().map(level -> level.key().location())).containsExactly("berlin", "hall");
        assertThat(pen.levels().get(1).levels().availableToPromise()).isEqualTo(pieces(5));
        assertThat(pen.asOf().position()).isEqualTo(log.head());
        assertThat(pen.asOf().behind()).isEqualTo(Duration.ZERO);
        assertThat(item(ItemKey.ofBarcode("4006381333931"))).contains(pen);
        assertThat(item(ItemKey.ofBarcode("04006381333931"))).contains(pen);
        assertThat(item(ItemKey.ofBarcode("4006381333932"))).isEmpty();
        assertThat(item(ItemKey.ofSku("0002"))).isEmpty();
    }

    @Test
    void anItemThatNeverMovedHasNoLevels() {
        register("0001", "Pen", Unit.KILOGRAM);
        ItemAvailability pen = item(ItemKey.ofSku("0001")).orElseThrow();
        assertThat(pen.levels()).isEmpty();
        assertThat(pen.unit()).isEqualTo(Unit.KILOGRAM);
    }

    @Test
    void severalAreAnsweredAtOnceEachByWhatItWasAskedFor() {
        register("0001", "Pen", Unit.PIECE, BARCODE);
        register("0002", "Cup", Unit.PIECE);
        register("0003", "Box", Unit.PIECE);
        receive("0001", "hall", 5);
        receive("0001", "berlin", 3);
        receive("0003", "hall", 7);
        seen();
        ItemKey pen = ItemKey.ofSku("0001");
        ItemKey penByBarcode = ItemKey.ofBarcode(BARCODE.code());
        ItemKey box = ItemKey.ofSku("0003");
        ItemKey unknown = ItemKey.ofSku("0004");

        Map<ItemKey, ItemAvailability> found = queries.items(List.of(box, penByBarcode, unknown, pen, box), AT);

        assertThat(found).containsOnlyKeys(pen, penByBarcode, box);
        assertThat(found).containsEntry(penByBarcode, item(pen).orElseThrow());
        assertThat(found).containsEntry(pen, item(pen).orElseThrow());
        assertThat(found).containsEntry(box, item(box).orElseThrow());
    }

    @Test
    void oneIsAskedForByOneKey() {
        assertThatThrownBy(() -> new ItemKey(null, null)).hasMessageContaining("expected: one of them");
        assertThatThrownBy(() -> new ItemKey("0001", "4006381333931")).hasMessageContaining("expected: one of them");
    }

    private Optional<ItemAvailability> item(ItemKey key) {
        seen();
        return queries.item(key, AT);
    }

    private void seen() {
        views.awaitPosition(AvailabilityView.NAME, log.head(), Freshness.LONGEST_WAIT);
        views.awaitPosition(CatalogView.NAME, log.head(), Freshness.LONGEST_WAIT);
    }

    private void register(String sku, String name, Unit unit, Barcode... barcodes) {
        log.append("item:" + sku, new ItemRegistered(sku, name, unit, List.of(barcodes)), AT);
    }

    private void receive(String sku, String location, int quantity) {
        Posting posting = new Posting(Bucket.SUPPLIER, Bucket.SELLABLE, pieces(quantity));
        log.append(
                "stock:" + sku + "@" + location,
                new StockMoved(sku, location, Cause.RECEIVED, null, List.of(posting), Map.of(), null, null),
                AT);
    }

    private static Quantity pieces(int amount) {
        return Quantity.of(amount, Unit.PIECE);
    }
}
