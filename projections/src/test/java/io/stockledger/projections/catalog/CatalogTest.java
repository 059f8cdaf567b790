package io.stockledger.projections.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.stockledger.item.Barcode;
import io.stockledger.item.ItemFact.BarcodeAssigned;
import io.stockledger.item.ItemFact.BarcodeWithdrawn;
import io.stockledger.item.ItemFact.ItemChanged;
import io.stockledger.item.ItemFact.ItemRegistered;
import io.stockledger.location.LocationFact.LocationOpened;
import io.stockledger.location.LocationKind;
import io.stockledger.projections.FactLog;
import io.stockledger.projections.TestViews;
import io.stockledger.projections.view.Freshness;
import io.stockledger.projections.view.Views;
import io.stockledger.quantity.Unit;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogTest {

    private static final Instant AT = Instant.parse("2026-03-01T08:00:00Z");
    private static final Barcode PEN = new Barcode("4006381333931", BigDecimal.ONE);
    private static final Barcode BOX = new Barcode("40063813339317", new BigDecimal("10.5"), true);
    private static final Barcode PEN_FILLED_UP = new Barcode("04006381333931", BigDecimal.ONE);
    private static final Barcode GONE = new Barcode("pen/1", BigDecimal.ONE);
    private static final Barcode OTHER = new Barcode("pen/2", BigDecimal.ONE);

    private final FactLog log = new FactLog();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100})
    void itemsHaveTheNamesAndBarcodesThatTheyWereGivenLast(int mostPerBatch) {
        register("0001", "Pen", PEN, BOX, GONE);
        register("0002", "Cup");
        register("Ä3", "ΟΔΟΣ");
        log.append("item:0001", new ItemChanged("0001", "Pen, blue", List.of(OTHER, PEN, PEN_FILLED_UP)), AT);
        log.append("barcode:x", new BarcodeWithdrawn(BOX.code(), "0001"), AT);
        log.append("item:0002", new ItemChanged("0002", "Cup", List.of(BOX)), AT);
        log.append("barcode:x", new BarcodeAssigned(BOX, "0002"), AT);
        log.append("locations:all", new LocationOpened("hall", "Hall", LocationKind.WAREHOUSE), AT);
        log.append("locations:all", new LocationOpened("berlin", "Berlin", LocationKind.SHOP), AT);
        try (HikariDataSource database = TestViews.database();
                Views views = TestViews.start(database, log, mostPerBatch, new CatalogView())) {
            CatalogQueries queries = new CatalogQueries(database, views);
            Freshness seen = new Freshness(log.head(), Freshness.LONGEST_WAIT);
            CatalogItem pen = new CatalogItem("0001", "Pen, blue", Unit.PIECE, List.of(OTHER, PEN), 2);
            CatalogItem cup = new CatalogItem("0002", "Cup", Unit.PIECE, List.of(BOX), 2);
            assertThat(queries.bySku("0001", seen)).contains(pen);
            assertThat(queries.bySku("0003", seen)).isEmpty();
            assertThat(queries.byBarcode("04006381333931", seen)).contains(pen);
            assertThat(queries.byBarcode(BOX.code(), seen)).contains(cup);
            assertThat(queries.byBarcode("none", seen)).isEmpty();
            assertThat(queries.byBarcode(GONE.code(), seen)).isEmpty();
            CatalogItem road = new CatalogItem("Ä3", "ΟΔΟΣ", Unit.PIECE, List.of(), 1);
            assertThat(queries.items("", "", 10)).containsExactly(pen, cup, road);
            assertThat(queries.items("", "0001", 10)).containsExactly(cup, road);
            assertThat(queries.items("οδος", "", 10)).containsExactly(road);
            assertThat(queries.items("ä3", "", 10)).containsExactly(road);
            assertThat(queries.locations())
                    .containsExactly(
                            new CatalogLocation("berlin", "Berlin", LocationKind.SHOP),
                            new CatalogLocation("hall", "Hall", LocationKind.WAREHOUSE));
            assertThat(queries.location("hall", seen)).isPresent();
            assertThat(queries.location("nowhere", seen)).isEmpty();
        }
    }

    private void register(String sku, String name, Barcode... barcodes) {
        log.append("item:" + sku, new ItemRegistered(sku, name, Unit.PIECE, List.of(barcodes)), AT);
    }
}
