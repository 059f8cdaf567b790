package io.stockledger.item;

import static io.stockledger.scenario.Scenario.given;
import static io.stockledger.scenario.Shop.BERLIN;
import static io.stockledger.scenario.Shop.CUP;
import static io.stockledger.scenario.Shop.POS;
import static io.stockledger.scenario.Shop.TEA;
import static io.stockledger.scenario.Shop.chain;
import static io.stockledger.scenario.Shop.document;
import static io.stockledger.scenario.Shop.giveBack;
import static io.stockledger.scenario.Shop.sale;
import static io.stockledger.scenario.Shop.scanned;
import static io.stockledger.scenario.Shop.stocked;

import io.stockledger.document.DocumentRef.Kind;
import io.stockledger.quantity.Unit;
import io.stockledger.scenario.Scenario;
import io.stockledger.stock.Bucket;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A barcode names the item that had it when it was scanned, whenever that is told. */
class BarcodesInTimeTest {

    private static final String CODE = "4006381333931";
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void whatWasSoldBeforeABarcodeMovedIsTheItemThatHadIt() {
        Scenario moved = moved();
        moved.ago(DAY)
                .when(sale("s1", POS, BERLIN, scanned(CODE, "1")))
                .thenStock(TEA, BERLIN, Bucket.SELLABLE, "9 piece")
                .thenStock(CUP, BERLIN, Bucket.SELLABLE, "10 piece");
        moved.now()
                .when(sale("s2", POS, BERLIN, scanned(CODE, "1")))
                .thenStock(TEA, BERLIN, Bucket.SELLABLE, "9 piece")
                .thenStock(CUP, BERLIN, Bucket.SELLABLE, "9 piece");
    }

    @Test
    void whatComesBackIsWhatTheBarcodeNamedWhenItWasSold() {
        moved().ago(DAY)
                .and(sale("s1", POS, BERLIN, scanned(CODE, "1")))
                .now()
                .when(giveBack("b1", BERLIN, "s1", scanned(CODE, "1")))
                .thenStock(TEA, BERLIN, Bucket.SELLABLE, "10 piece");
    }

    @Test
    void aCartonThatWasSoldBeforeItsSizeChangedHoldsWhatItHeld() {
        Scenario changed = given(chain(stocked(TEA, BERLIN, "40 piece")))
                .and(register("i1", TEA, "12"))
                .after(DAY)
                .and(register("i2", TEA, "6"))
                .after(HOUR);
        changed.ago(Duration.ofHours(2))
                .when(sale("s1", POS, BERLIN, scanned(CODE, "1")))
                .thenStock(TEA, BERLIN, Bucket.SELLABLE, "28 piece");
        changed.now()
                .when(sale("s2", POS, BERLIN, scanned(CODE, "1")))
                .thenStock(TEA, BERLIN, Bucket.SELLABLE, "22 piece");
    }

    @Test
    void whatWasSoldBeforeAnybodyRegisteredItIsTheFirstThatHadTheBarcode() {
        given(chain(stocked(TEA, BERLIN, "10 piece")))
                .and(register("i1", TEA, "1"))
                .ago(DAY)
                .when(sale("s1", POS, BERLIN, scanned(CODE, "1")))
                .thenStock(TEA, BERLIN, Bucket.SELLABLE, "9 piece");
    }

    @Test
    void whileNobodyHadItABarcodeNamedNothing() {
        moved().ago(HOUR.plusSeconds(30))
                .when(sale("s1", POS, BERLIN, scanned(CODE, "1")))
                .thenRefused(new ItemRefusal.UnknownBarcode(CODE));
    }

    /** The barcode was the tea's for a day, then nobody's for a minute, and is the cup's since an hour. */
    private static Scenario moved() {
        return given(chain(stocked(TEA, BERLIN, "10 piece"), stocked(CUP, BERLIN, "10 piece")))
                .and(register("i1", TEA, "1"))
                .after(DAY.plus(DAY).minus(HOUR).minusSeconds(60))
                .and(new RegisterItem(document(Kind.INSTRUCTION, "i2"), TEA, "Tea", Unit.PIECE, List.of(), null))
                .after(Duration.ofSeconds(60))
                .and(register("i3", CUP, "1"))
                .after(HOUR);
    }

    private static RegisterItem register(String id, String sku, String packSize) {
        List<Barcode> barcodes = List.of(new Barcode(CODE, new BigDecimal(packSize)));
        return new RegisterItem(document(Kind.INSTRUCTION, id), sku, "An item", Unit.PIECE, barcodes, null);
    }
}
