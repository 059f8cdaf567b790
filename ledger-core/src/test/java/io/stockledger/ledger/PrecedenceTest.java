package io.stockledger.ledger;

import static io.stockledger.scenario.Scenario.NOON;
import static io.stockledger.scenario.Scenario.given;
import static io.stockledger.scenario.Shop.BERLIN;
import static io.stockledger.scenario.Shop.CUP;
import static io.stockledger.scenario.Shop.HALF_AN_HOUR;
import static io.stockledger.scenario.Shop.HAMBURG;
import static io.stockledger.scenario.Shop.TEA;
import static io.stockledger.scenario.Shop.WEB;
import static io.stockledger.scenario.Shop.adjust;
import static io.stockledger.scenario.Shop.barcode;
import static io.stockledger.scenario.Shop.chain;
import static io.stockledger.scenario.Shop.count;
import static io.stockledger.scenario.Shop.document;
import static io.stockledger.scenario.Shop.giveBack;
import static io.stockledger.scenario.Shop.goods;
import static io.stockledger.scenario.Shop.item;
import static io.stockledger.scenario.Shop.keepBack;
import static io.stockledger.scenario.Shop.open;
import static io.stockledger.scenario.Shop.protect;
import static io.stockledger.scenario.Shop.receive;
import static io.stockledger.scenario.Shop.reserve;
import static io.stockledger.scenario.Shop.sale;
import static io.stockledger.scenario.Shop.scanned;
import static io.stockledger.scenario.Shop.stocked;
import static io.stockledger.scenario.Shop.transfer;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stockledger.adjustment.AdjustmentReason;
import io.stockledger.adjustment.ReclassifyStock;
import io.stockledger.document.Command;
import io.stockledger.document.DocumentRef.Kind;
import io.stockledger.document.Fact;
import io.stockledger.item.Barcode;
import io.stockledger.item.ItemLines.Asked;
import io.stockledger.item.RegisterItem;
import io.stockledger.location.LocationKind;
import io.stockledger.location.OpenLocation;
import io.stockledger.order.ConfirmReservation;
import io.stockledger.quantity.Unit;
import io.stockledger.reservation.ChangeReservation;
import io.stockledger.reservation.ExtendReservation;
import io.stockledger.reservation.ReleaseReservation;
import io.stockledger.scenario.Scenario;
import io.stockledger.stock.Disposition;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Where several refusals hold, the first of the catalogue is answered: each command begins with all that are possible, and
 * one after the other is mended.
 */
class PrecedenceTest {

    /** A refusal that is expected, and what mends it: other facts, or another time. */
    private record Step(String reason, Consumer<Scenario> mend) {}

    private record Case(Command command, List<Step> steps) {}

    private static final Asked[] GOODS = {scanned("123", "1"), goods(TEA, "9")};

    private static final Set<String> OF_A_LINE =
            Set.of("UNKNOWN_ITEM", "UNKNOWN_BARCODE", "QUANTITY_DOES_NOT_FIT_UNIT");

    private static final Map<String, Case> CASES = Map.ofEntries(
            entry(
                    "reserve-stock",
                    new Case(
                            reserve("r9", WEB, BERLIN, GOODS),
                            steps(goodsAndPlace(), step("INSUFFICIENT_STOCK", stocks())))),
            entry(
                    "record-sale",
                    new Case(
                            sale("s9", WEB, BERLIN, "r1", false, GOODS),
                            steps(
                                    goodsAndPlace(),
                                    step("UNKNOWN_RESERVATION", reserves("r1")),
                                    step("INSUFFICIENT_STOCK", stocks())))),
            entry(
                    "confirm-reservation",
                    new Case(
                            new ConfirmReservation(
                                    document(Kind.ORDER, "s9"), "r1", null, Map.of(), List.of(), List.of(), null, 1L),
                            steps(
                                    List.of(),
                                    step("UNKNOWN_RESERVATION", reserves("r1")),
                                    step("INSUFFICIENT_STOCK", stocks())))),
            entry(
                    "extend-reservation",
                    new Case(
                            new ExtendReservation(document(Kind.INSTRUCTION, "i9"), "r1", Duration.ofHours(1), 1L),
                            steps(
                                    List.of(),
                                    step("UNKNOWN_RESERVATION", reserves("r1")),
                                    step("INSUFFICIENT_STOCK", and(stocked(TEA, HAMBURG, "1 piece")))))),
            entry(
                    "change-reservation",
                    new Case(
                            new ChangeReservation(
                                    document(Kind.INSTRUCTION, "i9"), "r1", BERLIN, null, List.of(GOODS), 1L),
                            steps(
                                    goodsAndPlace(),
                                    step("UNKNOWN_RESERVATION", reserves("r1")),
                                    step("INSUFFICIENT_STOCK", stocks())))),
            entry(
                    "release-reservation",
                    new Case(
                            new ReleaseReservation(document(Kind.INSTRUCTION, "i9"), "r1", 1L),
                            steps(List.of(), step("UNKNOWN_RESERVATION", reserves("r1"))))),
            entry("receive-goods", new Case(receive("d9", BERLIN, GOODS), goodsAndPlace())),
            entry(
                    "process-return",
                    new Case(
                            giveBack("b9", BERLIN, "s1", GOODS),
                            steps(
                                    goodsAndPlace(),
                                    step("UNKNOWN_ORDER", sells("s1", "1")),
                                    step("RETURN_EXCEEDS_ORDER", chain -> {})))),
            entry(
                    "adjust-stock",
                    new Case(
                            adjust("a9", BERLIN, AdjustmentReason.OWN_USE, scanned("123", "-1"), goods(TEA, "-9")),
                            steps(
                                    goodsAndPlace(),
                                    step("NOT_ON_HAND", PrecedenceTest::stockHeld),
                                    step("HELD_BY_RESERVATIONS", PrecedenceTest::release)))),
            entry(
                    "record-count",
                    new Case(
                            count("c9", BERLIN, GOODS),
                            steps(
                                    List.of(step("UNKNOWN_LOCATION", PrecedenceTest::tooLongAgo)),
                                    steps(goodsAndPlace(), step("COUNTED_TOO_LONG_AGO", Scenario::now))))),
            entry(
                    "transfer-stock",
                    new Case(
                            transfer("t9", HAMBURG, BERLIN, GOODS),
                            steps(
                                    List.of(step("UNKNOWN_LOCATION", and(open(HAMBURG, LocationKind.SHOP)))),
                                    steps(
                                            goodsAndPlace(),
                                            step(
                                                    "NOT_ON_HAND",
                                                    and(
                                                            stocked(CUP, HAMBURG, "9 piece"),
                                                            stocked(TEA, HAMBURG, "9 piece"))))))),
            entry(
                    "reclassify-stock",
                    new Case(
                            new ReclassifyStock(
                                    document(Kind.RECLASSIFICATION, "x9"),
                                    BERLIN,
                                    Disposition.SELLABLE,
                                    Disposition.DAMAGED,
                                    null,
                                    List.of(GOODS)),
                            steps(
                                    goodsAndPlace(),
                                    step("NOT_ON_HAND", PrecedenceTest::stockHeld),
                                    step("HELD_BY_RESERVATIONS", PrecedenceTest::release)))),
            entry(
                    "set-safety-stock",
                    new Case(
                            keepBack("i9", TEA, BERLIN, "3"),
                            steps(
                                    List.of(),
                                    step("UNKNOWN_LOCATION", and(open(BERLIN, LocationKind.SHOP))),
                                    step("UNKNOWN_ITEM", and(item(TEA, Unit.PIECE)))))),
            entry(
                    "set-channel-protection",
                    new Case(
                            protect("i9", TEA, BERLIN, WEB, "0.5"),
                            steps(
                                    List.of(),
                                    step("UNKNOWN_LOCATION", and(open(BERLIN, LocationKind.SHOP))),
                                    step("UNKNOWN_ITEM", and(item(TEA, Unit.PIECE))),
                                    step("QUANTITY_DOES_NOT_FIT_UNIT", chain -> {})))),
            entry(
                    "register-item",
                    new Case(
                            new RegisterItem(
                                    document(Kind.INSTRUCTION, "i9"),
                                    TEA,
                                    "Tea",
                                    Unit.PIECE,
                                    List.of(new Barcode("123", BigDecimal.ONE)),
                                    1L),
                            steps(
                                    List.of(),
                                    step("VERSION_MOVED", and(item(TEA, Unit.KILOGRAM), barcode("123", "1", CUP))),
                                    step("UNIT_IS_FIXED", chain -> {})))),
            entry(
                    "open-location",
                    new Case(
                            new OpenLocation(document(Kind.INSTRUCTION, "i9"), BERLIN, "Berlin", LocationKind.SHOP),
                            List.of())));

    @TestFactory
    Stream<DynamicTest> theFirstThatHoldsIsAnswered() {
        return CASES.entrySet().stream().map(one -> dynamicTest(one.getKey(), () -> run(one.getValue())));
    }

    @Test
    void everyCommandIsCovered() {
        assertThat(CASES.values().stream().map(one -> one.command().getClass()).collect(Collectors.toSet()))
                .isEqualTo(Rules.commands());
        assertThat(CASES)
                .allSatisfy((name, one) -> assertThat(one.command().name()).isEqualTo(name));
    }

    @Test
    void ofAReservationThatMovedAndEndedItsVersionIsAnsweredFirst() {
        Scenario moved = given(chain(stocked(TEA, BERLIN, "9 piece")))
                .and(reserve("r1", WEB, BERLIN, goods(TEA, "2")))
                .and(sale("s1", WEB, BERLIN, "r1", false, goods(TEA, "1")));
        Command seenFirst = new ReleaseReservation(document(Kind.INSTRUCTION, "i1"), "r1", 1L);
        Command seenLast = new ReleaseReservation(document(Kind.INSTRUCTION, "i1"), "r1", 2L);

        moved.at(NOON.plus(HALF_AN_HOUR));

        assertThat(reason(moved, seenFirst)).isEqualTo("VERSION_MOVED");
        assertThat(reason(moved, seenLast)).isEqualTo("RESERVATION_LAPSED");
        moved.at(NOON).and(seenLast).at(NOON.plus(HALF_AN_HOUR));
        assertThat(reason(moved, new ReleaseReservation(document(Kind.INSTRUCTION, "i2"), "r1", null)))
                .as("ended before it would have lapsed")
                .isEqualTo("RESERVATION_ENDED");
    }

    private static void run(Case one) {
        Scenario scenario = given();
        int last = -1;
        for (Step step : one.steps()) {
            assertThat(reason(scenario, one.command())).isEqualTo(step.reason());
            assertThat(place(step.reason()))
                    .as("place of %s in the catalogue", step.reason())
                    .isGreaterThanOrEqualTo(last);
            last = place(step.reason());
            step.mend().accept(scenario);
        }
    }

    /** In the catalogue; what is wrong with a line is answered line by line. */
    private static int place(String reason) {
        List<String> order = RefusalCatalogue.entries().stream()
                .map(RefusalCatalogue.Entry::reason)
                .toList();
        return order.indexOf(OF_A_LINE.contains(reason) ? "UNKNOWN_ITEM" : reason);
    }

    private static String reason(Scenario scenario, Command command) {
        return RefusalCatalogue.of(scenario.when(command).refusal()).reason();
    }

    /** Goods and places that nobody knows, first to last. */
    private static List<Step> goodsAndPlace() {
        return List.of(
                step("UNKNOWN_LOCATION", and(open(BERLIN, LocationKind.SHOP))),
                step("UNKNOWN_BARCODE", and(barcode("123", "0.5", CUP))),
                step("UNKNOWN_ITEM", and(item(CUP, Unit.PIECE))),
                step("QUANTITY_DOES_NOT_FIT_UNIT", and(barcode("123", "1", CUP))),
                step("UNKNOWN_ITEM", and(item(TEA, Unit.PIECE))));
    }

    private static List<Step> steps(Collection<Step> first, Step... more) {
        return Stream.concat(first.stream(), Stream.of(more)).toList();
    }

    private static List<Step> steps(Collection<Step> first, Collection<Step> more) {
        return Stream.concat(first.stream(), more.stream()).toList();
    }

    private static Step step(String reason, Consumer<Scenario> mend) {
        return new Step(reason, mend);
    }

    private static Consumer<Scenario> and(Fact... facts) {
        return scenario -> scenario.and(facts);
    }

    private static Consumer<Scenario> stocks() {
        return and(stocked(CUP, BERLIN, "9 piece"), stocked(TEA, BERLIN, "9 piece"));
    }

    private static void stockHeld(Scenario scenario) {
        stocks().accept(scenario);
        scenario.and(reserve("r1", WEB, BERLIN, goods(TEA, "9")));
    }

    private static void tooLongAgo(Scenario scenario) {
        scenario.ago(HALF_AN_HOUR).streams().lookThroughNone();
    }

    private static void release(Scenario scenario) {
        scenario.and(new ReleaseReservation(document(Kind.INSTRUCTION, "i1"), "r1", null));
    }

    /** A reservation of what is there no more. */
    private static Consumer<Scenario> reserves(String id) {
        return scenario -> scenario.and(open(HAMBURG, LocationKind.SHOP), open(BERLIN, LocationKind.SHOP))
                .and(item(TEA, Unit.PIECE), stocked(TEA, HAMBURG, "1 piece"))
                .and(reserve(id, WEB, HAMBURG, goods(TEA, "1")))
                .and(adjust("a-" + id, HAMBURG, AdjustmentReason.STOLEN, goods(TEA, "-1")));
    }

    private static Consumer<Scenario> sells(String id, String quantity) {
        return scenario ->
                scenario.and(stocked(TEA, BERLIN, "9 piece")).and(sale(id, WEB, BERLIN, goods(TEA, quantity)));
    }
}
