package io.stockledger.item;

import static io.stockledger.scenario.Scenario.given;
import static io.stockledger.scenario.Shop.BERLIN;
import static io.stockledger.scenario.Shop.POS;
import static io.stockledger.scenario.Shop.chain;
import static io.stockledger.scenario.Shop.document;
import static io.stockledger.scenario.Shop.receive;
import static io.stockledger.scenario.Shop.sale;
import static io.stockledger.scenario.Shop.scanned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockledger.document.DocumentFact.InstructionAccepted;
import io.stockledger.document.DocumentRef.Kind;
import io.stockledger.document.DocumentRefusal.VersionMoved;
import io.stockledger.document.Fact;
import io.stockledger.document.InvalidCommand;
import io.stockledger.item.ItemFact.BarcodeAssigned;
import io.stockledger.item.ItemFact.BarcodeWithdrawn;
import io.stockledger.item.ItemFact.ItemChanged;
import io.stockledger.item.ItemFact.ItemRegistered;
import io.stockledger.quantity.Unit;
import io.stockledger.scenario.Scenario;
import io.stockledger.stock.Bucket;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ItemRulesTest {

    private static final Fact DONE = InstructionAccepted.of("register-item", "item:jam", 1, Set.of());
    private static final Fact CHANGED = InstructionAccepted.of("register-item", "item:jam", 2, Set.of());
    private static final Barcode PIECE = new Barcode("4006381333931", BigDecimal.ONE);
    private static final Barcode CASE = new Barcode("14006381333938", new BigDecimal("12"));

    @Test
    void anItemIsRegisteredWithItsBarcodes() {
        given().when(register("i1", "Jam", Unit.PIECE, PIECE, CASE))
                .then(
                        DONE,
                        new ItemRegistered("jam", "Jam", Unit.PIECE, List.of(PIECE, CASE)),
                        new BarcodeAssigned(PIECE, "jam"),
                        new BarcodeAssigned(CASE, "jam"));
    }

    @Test
    void registeringItAgainAsItIsChangesNothing() {
        given().and(register("i1", "Jam", Unit.PIECE, PIECE, CASE))
                .when(register("i2", "Jam", Unit.PIECE, PIECE, new Barcode("14006381333938", new BigDecimal("12.0"))))
                .then(DONE);
    }

    @Test
    void theNameMayChange() {
        given().and(register("i1", "Jam", Unit.PIECE, PIECE))
                .when(register("i2", "Plum jam", Unit.PIECE, PIECE))
                .then(CHANGED, new ItemChanged("jam", "Plum jam", List.of(PIECE)));
    }

    @Test
    void whoSawAnotherVersionChangesNothing() {
        Scenario changed = given().and(register("i1", "Jam", Unit.PIECE)).and(register("i2", "Plum jam", Unit.PIECE));

        changed.when(seen("i3", "Cherry jam", 1L)).thenRefused(new VersionMoved("item:jam", 1, 2));
        changed.when(seen("i4", "Cherry jam", 0L)).thenRefused(new VersionMoved("item:jam", 0, 2));
        changed.when(seen("i5", "Cherry jam", 2L)).thenAccepted();
        changed.when(seen("i6", "Quince jam", 2L)).thenRefused(new VersionMoved("item:jam", 2, 3));
        given().when(seen("i7", "Jam", 1L)).thenRefused(new VersionMoved("item:jam", 1, 0));
        given().when(seen("i8", "Jam", 0L)).thenAccepted();
    }

    @Test
    void theUnitNeverChanges() {
        given(chain())
                .and(register("i1", "Jam", Unit.PIECE))
                .when(register("i2", "Jam", Unit.KILOGRAM))
                .thenRefused(new ItemRefusal.UnitIsFixed("jam", Unit.PIECE, Unit.KILOGRAM));
    }

    @Test
    void aBarcodeThatIsLeftOutIsGivenUpAndAnotherItemMayTakeIt() {
        Scenario registered = given().and(register("i1", "Jam", Unit.PIECE, PIECE, CASE));

        registered
                .when(register("i2", "Jam", Unit.PIECE, CASE))
                .then(
                        CHANGED,
                        new ItemChanged("jam", "Jam", List.of(CASE)),
                        new BarcodeWithdrawn("4006381333931", "jam"));
        registered
                .when(new RegisterItem(
                        document(Kind.INSTRUCTION, "i3"), "honey", "Honey", Unit.PIECE, List.of(PIECE), null))
                .thenAccepted();
    }

    @Test
    void aBarcodeNamesOneItemInWhateverFormItIsSent() {
        Scenario registered = given().and(register("i1", "Jam", Unit.PIECE, PIECE));
        for (String form : List.of("4006381333931", "04006381333931")) {
            Barcode same = new Barcode(form, BigDecimal.ONE);
            registered
                    .when(new RegisterItem(
                            document(Kind.INSTRUCTION, "i2"), "honey", "Honey", Unit.PIECE, List.of(same), null))
                    .thenRefused(new ItemRefusal.BarcodeTaken(form, "jam"));
        }
    }

    @Test
    void aBarcodeSentInAnotherFormStaysAssigned() {
        Barcode padded = new Barcode("04006381333931", BigDecimal.ONE);

        given().and(register("i1", "Jam", Unit.PIECE, PIECE))
                .when(register("i2", "Jam", Unit.PIECE, padded))
                .then(CHANGED, new ItemChanged("jam", "Jam", List.of(padded)), new BarcodeAssigned(padded, "jam"));
    }

    @Test
    void aBarcodesPackSizeMayChange() {
        Barcode smaller = new Barcode("14006381333938", new BigDecimal("10"));

        given(chain())
                .and(register("i1", "Jam", Unit.PIECE, CASE))
                .and(register("i2", "Jam", Unit.PIECE, smaller))
                .when(receive("d1", BERLIN, scanned("14006381333938", "2")))
                .thenStock("jam", BERLIN, Bucket.SELLABLE, "20 piece");
    }

    @Test
    void aBarcodeThatWasGivenUpNamesNoItem() {
        given(chain())
                .and(register("i1", "Jam", Unit.PIECE, PIECE))
                .and(register("i2", "Jam", Unit.PIECE))
                .when(sale("s1", POS, BERLIN, scanned("4006381333931", "1")))
                .thenRefused(new ItemRefusal.UnknownBarcode("4006381333931"));
    }

    @Test
    void anotherUnitIsAnsweredBeforeABarcodeThatIsTaken() {
        given().and(register("i1", "Jam", Unit.PIECE, PIECE))
                .and(new RegisterItem(document(Kind.INSTRUCTION, "i2"), "honey", "Honey", Unit.PIECE, List.of(), null))
                .when(new RegisterItem(
                        document(Kind.INSTRUCTION, "i3"), "honey", "Honey", Unit.LITRE, List.of(PIECE), null))
                .thenRefused(new ItemRefusal.UnitIsFixed("honey", Unit.PIECE, Unit.LITRE));
    }

    @Test
    void shortCodesThatOnlyLookAlikeAreDifferentOnes() {
        assertThat(Barcode.key("12345670")).isEqualTo("00000012345670");
        assertThat(Barcode.key("012345678905")).isEqualTo("00012345678905");
        assertThat(Barcode.key("4006381333931")).isEqualTo("04006381333931");
        assertThat(Barcode.key("04006381333931")).isEqualTo("04006381333931");
        assertThat(Barcode.key("1234567")).isEqualTo("1234567");
        assertThat(Barcode.key("ABCDEFGH")).isEqualTo("ABCDEFGH");
        assertThat(Barcode.key("１２３４５６７０")).isEqualTo("１２３４５６７０");
    }

    @Test
    void oneBarcodeIsGivenOnce() {
        Barcode padded = new Barcode("04006381333931", BigDecimal.TEN);

        assertThatThrownBy(() -> register("i1", "Jam", Unit.PIECE, PIECE, padded))
                .isInstanceOf(InvalidCommand.class)
                .hasMessage("barcodes: '04006381333931' twice (expected: once)");
    }

    @Test
    void aPackHoldsAWholeNumberOfPieces() {
        assertThatThrownBy(() -> register("i1", "Jam", Unit.PIECE, new Barcode("4006381333931", new BigDecimal("0.5"))))
                .isInstanceOf(InvalidCommand.class)
                .hasMessage("barcodes: pack size 0.5 (expected: one that fits piece)");
    }

    private static RegisterItem seen(String id, String name, long version) {
        return new RegisterItem(document(Kind.INSTRUCTION, id), "jam", name, Unit.PIECE, List.of(), version);
    }

    private static RegisterItem register(String id, String name, Unit unit, Barcode... barcodes) {
        return new RegisterItem(document(Kind.INSTRUCTION, id), "jam", name, unit, List.of(barcodes), null);
    }
}
