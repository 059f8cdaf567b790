package io.stockledger.reservation;

import static io.stockledger.scenario.Scenario.NOON;
import static io.stockledger.scenario.Scenario.given;
import static io.stockledger.scenario.Shop.BERLIN;
import static io.stockledger.scenario.Shop.CUP;
import static io.stockledger.scenario.Shop.HALF_AN_HOUR;
import static io.stockledger.scenario.Shop.HAMBURG;
import static io.stockledger.scenario.Shop.POS;
import static io.stockledger.scenario.Shop.TEA;
import static io.stockledger.scenario.Shop.WEB;
import static io.stockledger.scenario.Shop.adjust;
import static io.stockledger.scenario.Shop.chain;
import static io.stockledger.scenario.Shop.confirm;
import static io.stockledger.scenario.Shop.document;
import static io.stockledger.scenario.Shop.goods;
import static io.stockledger.scenario.Shop.hold;
import static io.stockledger.scenario.Shop.keepBack;
import static io.stockledger.scenario.Shop.protect;
import static io.stockledger.scenario.Shop.release;
import static io.stockledger.scenario.Shop.reserve;
import static io.stockledger.scenario.Shop.shortage;
import static io.stockledger.scenario.Shop.stocked;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.adjustment.AdjustmentReason;
import io.stockledger.document.DocumentFact.CommandRefused;
import io.stockledger.document.DocumentFact.InstructionAccepted;
import io.stockledger.document.DocumentRef.Kind;
import io.stockledger.document.PostedLine;
import io.stockledger.item.ItemLines.Asked;
import io.stockledger.item.ItemRefusal;
import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.reservation.ReservationFact.ReservationChanged;
import io.stockledger.reservation.ReservationFact.ReservationReleased;
import io.stockledger.reservation.ReservationFact.ReservedLine;
import io.stockledger.scenario.Scenario;
import io.stockledger.stock.StockFact.ReservationsLapsed;
import io.stockledger.stock.StockFact.StockReleased;
import io.stockledger.stock.StockFact.StockReserved;
import io.stockledger.stock.StockRefusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What can be done with a reservation that lives: extend it, change it, release it. */
class LivingReservationRulesTest {

    private static final Instant END = NOON.plus(HALF_AN_HOUR);

    @Test
    void anExtendedReservationEndsLaterAndItsUnitsAreNeverFree() {
        Instant later = NOON.plus(Duration.ofMinutes(20)).plus(Duration.ofHours(1));
        given(chain(stocked(TEA, BERLIN, "3 piece")))
                .and(reserve("r1", WEB, BERLIN, goods(TEA, "3")))
                .after(Duration.ofMinutes(20))
                .when(extend("i1", "r1", Duration.ofHours(1)))
                .then(
                        new InstructionAccepted(
                                "extend-reservation",
                                "reservation:r1",
                                2,
                                Set.of(BERLIN),
                                later,
                                List.of(PostedLine.of(TEA, BERLIN, Quantity.of(3, Unit.PIECE)))),
                        new StockReleased(TEA, BERLIN, hold("r1", WEB, "3 piece", END)),
                        new StockReserved(TEA, BERLIN, hold("r1", WEB, "3 piece", later)),
                        new ReservationChanged(
                                "r1", later, List.of(line(TEA, BERLIN, "3 piece")), null, Set.of(BERLIN)))
                .at(later.minusNanos(1_000))
                .thenAvailable(WEB, TEA, BERLIN, "0 piece")
                .and(confirm("s1", "r1"));
    }

    @Test
    void aReservationIsNeverMadeToEndSooner() {
        Scenario reserved =
                given(chain(stocked(TEA, BERLIN, "3 piece"))).and(reserve("r1", WEB, BERLIN, goods(TEA, "3")));

        reserved.when(extend("i1", "r1", Duration.ofMinutes(1))).thenEffects();

        assertThat(reserved.document())
                .isEqualTo(new InstructionAccepted(
                        "extend-reservation",
                        "reservation:r1",
                        1,
                        Set.of(BERLIN),
                        END,
                        List.of(PostedLine.of(TEA, BERLIN, Quantity.of(3, Unit.PIECE)))));
    }

    @Test
    void aReservationWhoseUnitsAreGoneIsNotExtended() {
        given(chain(stocked(TEA, BERLIN, "3 piece")))
                .and(reserve("r1", WEB, BERLIN, goods(TEA, "3")))
                .and(adjust("a1", BERLIN, AdjustmentReason.STOLEN, goods(TEA, "-1")))
                .when(extend("i1", "r1", Duration.ofHours(1)))
                .thenRefused(
                        new StockRefusal.InsufficientStock(WEB, List.of(shortage(TEA, BERLIN, "3 piece", "2 piece"))));
    }

    @Test
    void whatWasSetLaterTakesNothingFromAReservationThatIsExtended() {
        given(chain(stocked(TEA, BERLIN, "3 piece")))
                .and(reserve("r1", WEB, BERLIN, goods(TEA, "3")))
                .and(keepBack("i1", TEA, BERLIN, "2"))
                .and(protect("i2", TEA, BERLIN, POS, "2"))
                .when(extend("i3", "r1", Duration.ofHours(1)))
                .thenAccepted()
                .and(confirm("s1", "r1"));
    }

    @Test
    void aChangedReservationHoldsMoreAndOtherItemsInOneStep() {
        given(chain(stocked(TEA, BERLIN, "5 piece"), stocked(CUP, BERLIN, "1 piece")))
                .and(reserve("r1", WEB, BERLIN, goods(TEA, "3")))
                .when(change("i1", "r1", goods(TEA, "5"), goods(CUP, "1")))
                .then(
                        new InstructionAccepted(
                                "change-reservation",
                                "reservation:r1",
                                2,
                                Set.of(BERLIN),
                                END,
                                List.of(
                                        PostedLine.of(TEA, BERLIN, Quantity.of(5, Unit.PIECE)),
                                        PostedLine.of(CUP, BERLIN, Quantity.of(1, Unit.PIECE)))),
                        new StockReleased(TEA, BERLIN, hold("r1", WEB, "3 piece", END)),
                        new StockReserved(TEA, BERLIN, hold("r1", WEB, "5 piece", END)),
                        new StockReserved(CUP, BERLIN, hold("r1", WEB, "1 piece", END)),
                        new ReservationChanged(
                                "r1",
                                END,
                                List.of(line(TEA, BERLIN, "5 piece"), line(CUP, BERLIN, "1 piece")),
                                null,
                                Set.of(BERLIN)))
                .and(confirm("s1", "r1"))
                .thenAvailable(WEB, TEA, BERLIN, "0 piece");
    }

    @Test
    void aReservationThatCannotHoldAllOfItsNewLinesStaysAsItIs() {
        Scenario reserved =
                given(chain(stocked(TEA, BERLIN, "5 piece"))).and(reserve("r1", WEB, BERLIN, goods(TEA, "3")));

        reserved.when(change("i1", "r1", goods(TEA, "6"), goods(CUP, "1")))
                .thenRefused(new StockRefusal.InsufficientStock(
                        WEB,
                        List.of(shortage(TEA, "", "6 piece", "5 piece"), shortage(CUP, "", "1 piece", "0 piece"))));

        reserved.thenAvailable(WEB, TEA, BERLIN, "2 piece").and(confirm("s1", "r1"));
    }

    @Test
    void aChangedReservationStaysWhereItIsWhenThatHasEnough() {
        given(chain(stocked(TEA, BERLIN, "9 piece"), stocked(TEA, HAMBURG, "9 piece")))
                .and(reserve("r1", WEB, HAMBURG, goods(TEA, "3")))
                .and(change("i1", "r1", goods(TEA, "1")))
                .thenAvailable(WEB, TEA, BERLIN, "9 piece")
                .thenAvailable(WEB, TEA, HAMBURG, "8 piece")
                .and(change("i2", "r1", goods(TEA, "12")))
                .thenAvailable(WEB, TEA, BERLIN, "0 piece");
    }

    @Test
    void aReleasedReservationGivesItsUnitsBack() {
        given(chain(stocked(TEA, BERLIN, "10 piece"), stocked(CUP, BERLIN, "10 piece")))
                .and(reserve("r1", WEB, BERLIN, goods(TEA, "3"), goods(CUP, "1")))
                .at(END.minusNanos(1_000))
                .when(release("i1", "r1"))
                .then(
                        new InstructionAccepted(
                                "release-reservation", "reservation:r1", 2, Set.of(BERLIN), null, List.of()),
                        new ReservationReleased(
                                "r1", List.of(line(TEA, BERLIN, "3 piece"), line(CUP, BERLIN, "1 piece"))),
                        new StockReleased(TEA, BERLIN, hold("r1", WEB, "3 piece", END)),
                        new StockReleased(CUP, BERLIN, hold("r1", WEB, "1 piece", END)))
                .thenAvailable(WEB, TEA, BERLIN, "10 piece");
    }

    @Test
    void aReservationEndsOnce() {
        Scenario released = given(chain(stocked(TEA, BERLIN, "10 piece")))
                .and(reserve("r1", WEB, BERLIN, goods(TEA, "3")))
                .and(release("i1", "r1"));

        released.when(release("i2", "r1"))
                .thenRefused(new ReservationRefusal.ReservationEnded("r1", "released", Set.of(BERLIN)));
        released.when(confirm("s1", "r1"))
                .thenRefused(new ReservationRefusal.ReservationEnded("r1", "released", Set.of(BERLIN)));
        released.at(END)
                .when(release("i3", "r1"))
                .thenRefused(new ReservationRefusal.ReservationEnded("r1", "released", Set.of(BERLIN)));
    }

    @Test
    void aConfirmedReservationCannotBeReleased() {
        given(chain(stocked(TEA, BERLIN, "10 piece")))
                .and(reserve("r1", WEB, BERLIN, goods(TEA, "3")))
                .and(confirm("s1", "r1"))
                .when(release("i1", "r1"))
                .thenRefused(new ReservationRefusal.ReservationEnded("r1", "it became order s1", Set.of(BERLIN)));
    }

    @Test
    void aLapsedReservationCannotBeReleased() {
        given(chain(stocked(TEA, BERLIN, "10 piece")))
                .and(reserve("r1", WEB, BERLIN, goods(TEA, "3")))
                .at(END)
                .when(release("i1", "r1"))
                .thenRefused(new ReservationRefusal.ReservationLapsed("r1", END, Set.of(BERLIN)));
    }

    @Test
    void aReservationThatIsNotThereCannotBeReleased() {
        given(chain()).when(release("i1", "r1")).thenRefused(new ReservationRefusal.UnknownReservation("r1"));
    }

    @Test
    void aReservationThatWasRefusedIsNotThere() {
        Scenario refused = given(chain());
        refused.streams()
                .add(
                        "reservation:r1",
                        new CommandRefused("reserve-stock", new ItemRefusal.UnknownItem("unicorn"), Set.of()),
                        Scenario.NOON);

        refused.when(release("i1", "r1")).thenRefused(new ReservationRefusal.UnknownReservation("r1"));
    }

    @Test
    void releasingOneOfTwoThatHaveRunOutAndLiveTellsOfTheOther() {
        given(chain(stocked(TEA, BERLIN, "10 piece")))
                .and(reserve("r1", WEB, BERLIN, goods(TEA, "2")))
                .after(Duration.ofMinutes(20))
                .and(reserve("r2", WEB, BERLIN, goods(TEA, "3")))
                .at(END)
                .when(release("i1", "r2"))
                .thenEffects(
                        new ReservationReleased("r2", List.of(line(TEA, BERLIN, "3 piece"))),
                        new ReservationsLapsed(TEA, BERLIN, List.of(hold("r1", WEB, "2 piece", END))),
                        new StockReleased(TEA, BERLIN, hold("r2", WEB, "3 piece", END.plus(Duration.ofMinutes(20)))));
    }

    private static ChangeReservation change(String id, String reservation, Asked... goods) {
        return new ChangeReservation(document(Kind.INSTRUCTION, id), reservation, null, null, List.of(goods), null);
    }

    private static ExtendReservation extend(String id, String reservation, Duration timeToLive) {
        return new ExtendReservation(document(Kind.INSTRUCTION, id), reservation, timeToLive, null);
    }

    private static ReservedLine line(String sku, String location, String quantity) {
        return new ReservedLine(sku, location, Quantity.parse(quantity));
    }
}
