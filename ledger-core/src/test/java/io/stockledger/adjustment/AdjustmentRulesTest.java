package io.stockledger.adjustment;

import static io.stockledger.scenario.Scenario.given;
import static io.stockledger.scenario.Shop.BERLIN;
import static io.stockledger.scenario.Shop.CHEESE;
import static io.stockledger.scenario.Shop.CUP;
import static io.stockledger.scenario.Shop.HALF_AN_HOUR;
import static io.stockledger.scenario.Shop.HAMBURG;
import static io.stockledger.scenario.Shop.POS;
import static io.stockledger.scenario.Shop.TEA;
import static io.stockledger.scenario.Shop.WEB;
import static io.stockledger.scenario.Shop.adjust;
import static io.stockledger.scenario.Shop.barcode;
import static io.stockledger.scenario.Shop.chain;
import static io.stockledger.scenario.Shop.confirm;
import static io.stockledger.scenario.Shop.count;
import static io.stockledger.scenario.Shop.document;
import static io.stockledger.scenario.Shop.goods;
import static io.stockledger.scenario.Shop.keepBack;
import static io.stockledger.scenario.Shop.moved;
import static io.stockledger.scenario.Shop.protect;
import static io.stockledger.scenario.Shop.reserve;
import static io.stockledger.scenario.Shop.scanned;
import static io.stockledger.scenario.Shop.shortage;
import static io.stockledger.scenario.Shop.stocked;
import static io.stockledger.scenario.Shop.transfer;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockledger.adjustment.AdjustmentFact.AdjustedLine;
import io.stockledger.adjustment.AdjustmentFact.ShiftedItem;
import io.stockledger.adjustment.AdjustmentFact.StockAdjusted;
import io.stockledger.adjustment.AdjustmentFact.StockReclassified;
import io.stockledger.adjustment.AdjustmentFact.StockTransferred;
import io.stockledger.document.Command;
import io.stockledger.document.DocumentRef.Kind;
import io.stockledger.document.InvalidCommand;
import io.stockledger.document.Refusal;
import io.stockledger.item.ItemLines.Asked;
import io.stockledger.item.ItemRefusal;
import io.stockledger.location.LocationRefusal;
import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.scenario.Scenario;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.Disposition;
import io.stockledger.stock.StockFact.Cause;
import io.stockledger.stock.StockRefusal;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AdjustmentRulesTest {

    @ParameterizedTest
    @CsvSource({
        "OPENING_BALANCE, 5, FOUND, SELLABLE",
        "FOUND, 5, FOUND, SELLABLE",
        "CORRECTION, 5, FOUND, SELLABLE",
        "LOST, -5, SELLABLE, LOST",
        "STOLEN, -5, SELLABLE, LOST",
        "OWN_USE, -5, SELLABLE, LOST",
        "GIVEN_AWAY, -5, SELLABLE, LOST",
        "CORRECTION, -5, SELLABLE, LOST",
        "DAMAGED, -5, SELLABLE, DISPOSED",
        "EXPIRED, -5, SELLABLE, DISPOSED"
    })
    void anAdjustmentMovesUnitsAsItsReasonSays(AdjustmentReason reason, String quantity, Bucket from, Bucket to) {
        given(chain(stocked(TEA, BERLIN, "10 piece")))
                .when(adjust("a1", BERLIN, reason, goods(TEA, quantity)))
                .then(
                        new StockAdjusted("a1", BERLIN, reason, null, List.of(line(TEA, quantity + " piece"))),
                        moved(Cause.ADJUSTED, TEA, BERLIN, from, to, "5 piece"));
    }

    @ParameterizedTest
    @CsvSource({"OPENING_BALANCE, -1, above 0", "FOUND, -1, above 0", "LOST, 1, below 0", "EXPIRED, 1, below 0"})
    void aReasonSaysWhetherUnitsAreAddedOrRemoved(AdjustmentReason reason, String quantity, String expected) {
        assertThatThrownBy(() -> adjust("a1", BERLIN, reason, goods(TEA, quantity)))
                .isInstanceOf(InvalidCommand.class)
                .hasMessage(
                        "lines[0].quantity: " + quantity + " for reason " + reason + " (expected: " + expected + ")");
    }

    @Test
    void moreThanIsThereCannotBeRemoved() {
        given(chain(stocked(TEA, BERLIN, "2 piece")))
                .when(adjust("a1", BERLIN, AdjustmentReason.LOST, goods(TEA, "-2"), goods(TEA, "-1"), goods(CUP, "-1")))
                .thenRefused(new StockRefusal.NotOnHand(
                        Disposition.SELLABLE,
                        List.of(
                                shortage(TEA, BERLIN, "3 piece", "2 piece"),
                                shortage(CUP, BERLIN, "1 piece", "0 piece"))));
    }

    @Test
    void linesOfOneDispositionThatNameAnItemTwiceAreSummed() {
        given(chain(barcode("4006381333931", "6", TEA), stocked(TEA, BERLIN, "2 piece")))
                .when(adjust(
                        "a1", BERLIN, AdjustmentReason.CORRECTION, scanned("4006381333931", "-1"), goods(TEA, "5")))
                .then(
                        new StockAdjusted(
                                "a1",
                                BERLIN,
                                AdjustmentReason.CORRECTION,
                                null,
                                List.of(
                                        new AdjustedLine(
                                                TEA,
                                                Quantity.of(-6, Unit.PIECE),
                                                Disposition.SELLABLE,
                                                "4006381333931"),
                                        line(TEA, "5 piece"))),
                        moved(Cause.ADJUSTED, TEA, BERLIN, Bucket.SELLABLE, Bucket.LOST, "1 piece"));
    }

    @Test
    void aCorrectionThatCancelsItselfOutMovesNothing() {
        given(chain(stocked(TEA, BERLIN, "2 piece")))
                .when(adjust("a1", BERLIN, AdjustmentReason.CORRECTION, goods(TEA, "-6"), goods(TEA, "6")))
                .thenEffects();
    }

    @Test
    void unitsAreRemovedFromTheDispositionThatIsNamed() {
        Scenario broken = given(chain(
                stocked(TEA, BERLIN, "9 piece"),
                moved(Cause.RECLASSIFIED, TEA, BERLIN, Bucket.SELLABLE, Bucket.DAMAGED, "2 piece")));

        broken.when(adjustDamaged("a1", "-3"))
                .thenRefused(new StockRefusal.NotOnHand(
                        Disposition.DAMAGED, List.of(shortage(TEA, BERLIN, "3 piece", "2 piece"))));
        broken.when(adjustDamaged("a2", "-2"))
                .thenEffects(moved(Cause.ADJUSTED, TEA, BERLIN, Bucket.DAMAGED, Bucket.DISPOSED, "2 piece"));
    }

    @Test
    void disposedUnitsAreNowhereToBeAdjusted() {
        assertThatThrownBy(() -> new AdjustStock.Line(goods(TEA, "1"), Disposition.DISPOSED))
                .isInstanceOf(InvalidCommand.class)
                .hasMessage("lines.disposition: DISPOSED (expected: one that is on hand)");
    }

    @Test
    void whatIsLostIsLostAlthoughItWasPromised() {
        given(chain(stocked(TEA, BERLIN, "5 piece")))
                .and(reserve("r1", WEB, BERLIN, goods(TEA, "5")))
                .when(adjust("a1", BERLIN, AdjustmentReason.STOLEN, goods(TEA, "-3")))
                .thenAvailable(POS, TEA, BERLIN, "-3 piece");
    }

    @ParameterizedTest
    @EnumSource(
            value = AdjustmentReason.class,
            names = {"LOST", "STOLEN", "DAMAGED", "EXPIRED", "CORRECTION"})
    void whatIsGoneIsRecordedAndTheShortfallOfThePromisesShows(AdjustmentReason reason) {
        given(chain(stocked(TEA, BERLIN, "5 piece")))
                .and(reserve("r1", WEB, BERLIN, goods(TEA, "5")))
                .and(adjust("a1", BERLIN, reason, goods(TEA, "-2")))
                .thenAvailable(WEB, TEA, BERLIN, "-2 piece")
                .when(confirm("s1", "r1"))
                .thenRefused(
                        new StockRefusal.InsufficientStock(WEB, List.of(shortage(TEA, BERLIN, "5 piece", "3 piece"))));
    }

    @ParameterizedTest
    @EnumSource(
            value = AdjustmentReason.class,
            names = {"OWN_USE", "GIVEN_AWAY"})
    void whatIsPromisedIsNotGivenUpByChoice(AdjustmentReason reason) {
        given(chain(stocked(TEA, BERLIN, "5 piece")))
                .and(reserve("r1", WEB, BERLIN, goods(TEA, "4")))
                .when(adjust("a1", BERLIN, reason, goods(TEA, "-1"), goods(TEA, "-1")))
                .thenRefused(heldByReservations("2 piece", "1 piece"))
                .when(adjust("a2", BERLIN, reason, goods(TEA, "-1")))
                .thenAccepted();
    }

    @Test
    void whatIsPromisedIsNotTransferredAwayUntilItsReservationEnds() {
        Scenario promised =
                given(chain(stocked(TEA, BERLIN, "5 piece"))).and(reserve("r1", WEB, BERLIN, goods(TEA, "4")));
        promised.when(transfer("t1", BERLIN, HAMBURG, goods(TEA, "2")))
                .thenRefused(heldByReservations("2 piece", "1 piece"));
        promised.when(transfer("t2", BERLIN, HAMBURG, goods(TEA, "6")))
                .thenRefused(new StockRefusal.NotOnHand(
                        Disposition.SELLABLE, List.of(shortage(TEA, BERLIN, "6 piece", "5 piece"))));
        promised.when(transfer("t3", BERLIN, HAMBURG, goods(TEA, "1"))).thenAccepted();
        promised.when(transfer("t4", BERLIN, HAMBURG, goods(TEA, "1")))
                .thenRefused(heldByReservations("1 piece", "0 piece"));
        promised.after(HALF_AN_HOUR)
                .when(transfer("t5", BERLIN, HAMBURG, goods(TEA, "4")))
                .thenAccepted();
    }

    @Test
    void whatIsKeptBackOrProtectedIsFreeToBeMoved() {
        given(chain(stocked(TEA, BERLIN, "5 piece")))
                .and(keepBack("i1", TEA, BERLIN, "3"))
                .and(protect("i2", TEA, BERLIN, WEB, "2"))
                .when(transfer("t1", BERLIN, HAMBURG, goods(TEA, "5")))
                .thenAccepted();
    }

    @Test
    void onlySellableUnitsArePromisedAndHeldBackFromAChangeOfDisposition() {
        Scenario promised = given(chain(
                        stocked(TEA, BERLIN, "5 piece"),
                        moved(Cause.RECEIVED, TEA, BERLIN, Bucket.SUPPLIER, Bucket.QUARANTINE, "2 piece")))
                .and(reserve("r1", WEB, BERLIN, goods(TEA, "5")));
        promised.when(change("c1", Disposition.SELLABLE, Disposition.QUARANTINE, goods(TEA, "1")))
                .thenRefused(heldByReservations("1 piece", "0 piece"));
        promised.when(change("c2", Disposition.QUARANTINE, Disposition.DAMAGED, goods(TEA, "1")))
                .thenAccepted();
    }

    private static Refusal heldByReservations(String requested, String free) {
        return new StockRefusal.HeldByReservations(List.of(shortage(TEA, BERLIN, requested, free)));
    }

    @Test
    void aTransferMovesUnitsAtOnce() {
        given(chain(stocked(TEA, BERLIN, "5 piece"), stocked(CHEESE, BERLIN, "1 kg")))
                .when(transfer("t1", BERLIN, HAMBURG, goods(TEA, "2"), goods(CHEESE, "0.5"), goods(TEA, "1")))
                .then(
                        new StockTransferred(
                                "t1",
                                BERLIN,
                                HAMBURG,
                                List.of(
                                        new ShiftedItem(TEA, Quantity.parse("3 piece")),
                                        new ShiftedItem(CHEESE, Quantity.parse("0.5 kg")))),
                        moved(Cause.TRANSFERRED, TEA, BERLIN, Bucket.SELLABLE, Bucket.IN_TRANSIT, "3 piece"),
                        moved(Cause.TRANSFERRED, TEA, HAMBURG, Bucket.IN_TRANSIT, Bucket.SELLABLE, "3 piece"),
                        moved(Cause.TRANSFERRED, CHEESE, BERLIN, Bucket.SELLABLE, Bucket.IN_TRANSIT, "0.5 kg"),
                        moved(Cause.TRANSFERRED, CHEESE, HAMBURG, Bucket.IN_TRANSIT, Bucket.SELLABLE, "0.5 kg"))
                .thenAvailable(POS, TEA, HAMBURG, "3 piece")
                .thenAvailable(POS, TEA, BERLIN, "2 piece");
    }

    @Test
    void moreThanIsThereCannotBeTransferred() {
        given(chain(stocked(TEA, BERLIN, "2 piece")))
                .when(transfer("t1", BERLIN, HAMBURG, goods(TEA, "2"), goods(TEA, "1")))
                .thenRefused(new StockRefusal.NotOnHand(
                        Disposition.SELLABLE, List.of(shortage(TEA, BERLIN, "3 piece", "2 piece"))));
    }

    @Test
    void bothEndsOfATransferAreOpen() {
        Scenario chain = given(chain());

        chain.when(transfer("t1", "atlantis", "lemuria", goods(TEA, "1")))
                .thenRefused(new LocationRefusal.UnknownLocation("atlantis"));
        chain.when(transfer("t1", BERLIN, "lemuria", goods(TEA, "1")))
                .thenRefused(new LocationRefusal.UnknownLocation("lemuria"));
        assertThatThrownBy(() -> transfer("t1", BERLIN, BERLIN, goods(TEA, "1")))
                .isInstanceOf(InvalidCommand.class)
                .hasMessage("toLocation: 'berlin-1' (expected: another location than fromLocation)");
    }

    @Test
    void aChangeOfDispositionMovesUnitsWithinALocation() {
        Scenario returned = given(chain(
                stocked(TEA, BERLIN, "3 piece"),
                moved(Cause.RETURNED, TEA, BERLIN, Bucket.CUSTOMER, Bucket.QUARANTINE, "2 piece")));

        returned.when(change("x1", Disposition.QUARANTINE, Disposition.SELLABLE, goods(TEA, "3")))
                .thenRefused(new StockRefusal.NotOnHand(
                        Disposition.QUARANTINE, List.of(shortage(TEA, BERLIN, "3 piece", "2 piece"))));
        returned.when(change("x2", Disposition.QUARANTINE, Disposition.SELLABLE, goods(TEA, "2")))
                .then(
                        new StockReclassified(
                                "x2",
                                BERLIN,
                                Disposition.QUARANTINE,
                                Disposition.SELLABLE,
                                "checked",
                                List.of(new ShiftedItem(TEA, Quantity.parse("2 piece")))),
                        moved(Cause.RECLASSIFIED, TEA, BERLIN, Bucket.QUARANTINE, Bucket.SELLABLE, "2 piece"))
                .thenAvailable(POS, TEA, BERLIN, "5 piece");
        returned.when(change("x3", Disposition.SELLABLE, Disposition.DISPOSED, goods(TEA, "5")))
                .thenEffects(moved(Cause.RECLASSIFIED, TEA, BERLIN, Bucket.SELLABLE, Bucket.DISPOSED, "5 piece"));
    }

    @Test
    void disposedUnitsDoNotComeBack() {
        assertThatThrownBy(() -> change("x1", Disposition.DISPOSED, Disposition.SELLABLE, goods(TEA, "1")))
                .isInstanceOf(InvalidCommand.class)
                .hasMessage("from: DISPOSED (expected: one that is on hand)");
        assertThatThrownBy(() -> change("x1", Disposition.DAMAGED, Disposition.DAMAGED, goods(TEA, "1")))
                .isInstanceOf(InvalidCommand.class)
                .hasMessage("to: DAMAGED (expected: another disposition than from)");
    }

    @Test
    void whatIsUnknownIsRefusedInTheOrderInWhichRefusalsAreListed() {
        List<BiFunction<String, Asked, Command>> commands = List.of(
                (location, line) -> adjust("a1", location, AdjustmentReason.FOUND, line),
                (location, line) -> count("c1", location, line),
                (location, line) -> transfer("t1", location, HAMBURG, line),
                (location, line) -> new ReclassifyStock(
                        document(Kind.RECLASSIFICATION, "x1"),
                        location,
                        Disposition.SELLABLE,
                        Disposition.DAMAGED,
                        null,
                        List.of(line)));
        for (BiFunction<String, Asked, Command> command : commands) {
            Scenario chain = given(chain());
            chain.when(command.apply("atlantis", goods("unicorn", "1")))
                    .thenRefused(new LocationRefusal.UnknownLocation("atlantis"));
            chain.when(command.apply(BERLIN, goods("unicorn", "1")))
                    .thenRefused(new ItemRefusal.UnknownItem("unicorn"));
            chain.when(command.apply(BERLIN, scanned("123", "1"))).thenRefused(new ItemRefusal.UnknownBarcode("123"));
            chain.when(command.apply(BERLIN, goods(TEA, "0.5")))
                    .thenRefused(new ItemRefusal.QuantityDoesNotFitUnit(TEA, new BigDecimal("0.5"), Unit.PIECE));
        }
    }

    private static AdjustStock adjustDamaged(String id, String quantity) {
        return new AdjustStock(
                document(Kind.ADJUSTMENT, id),
                BERLIN,
                AdjustmentReason.DAMAGED,
                null,
                List.of(new AdjustStock.Line(goods(TEA, quantity), Disposition.DAMAGED)));
    }

    private static ReclassifyStock change(String id, Disposition from, Disposition to, Asked line) {
        return new ReclassifyStock(document(Kind.RECLASSIFICATION, id), BERLIN, from, to, "checked", List.of(line));
    }

    private static AdjustedLine line(String sku, String quantity) {
        return new AdjustedLine(sku, Quantity.parse(quantity), Disposition.SELLABLE, null);
    }
}
