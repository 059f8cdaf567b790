package io.stockledger.order;

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
import static io.stockledger.scenario.Shop.sale;
import static io.stockledger.scenario.Shop.shortage;
import static io.stockledger.scenario.Shop.sold;
import static io.stockledger.scenario.Shop.stocked;

import io.stockledger.adjustment.AdjustmentReason;
import io.stockledger.document.DocumentRef.Kind;
import io.stockledger.order.OrderFact.SaleRecorded;
import io.stockledger.order.OrderFact.SoldLine;
import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.reservation.ReservationFact.ReservationChanged;
import io.stockledger.reservation.ReservationFact.ReservationConfirmed;
import io.stockledger.reservation.ReservationFact.ReservedLine;
import io.stockledger.reservation.ReservationRefusal;
import io.stockledger.reservation.ReservationRefusal.ReservationEnded;
import io.stockledger.scenario.Scenario;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.Hold;
import io.stockledger.stock.StockFact.ReservationsLapsed;
import io.stockledger.stock.StockRefusal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.joda.money.BigMoney;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sales that fulfil a reservation. */
class ReservedSaleRulesTest {

    private static final Instant END = NOON.plus(HALF_AN_HOUR);

    @Test
    void aSaleMayTakeItsReservationAndWhatIsFree() {
        Scenario reserved = given(chain(stocked(TEA, BERLIN, "10 piece")))
                .and(reserve("r0", WEB, BERLIN, goods(TEA, "4")))
                .and(reserve("r1", WEB, BERLIN, goods(TEA, "3")));

        reserved.when(sale("s1", WEB, BERLIN, "r1", false, goods(TEA, "7")))
                .thenRefused(
                        new StockRefusal.InsufficientStock(WEB, List.of(shortage(TEA, BERLIN, "7 piece", "6 piece"))));
        reserved.when(sale("s2", WEB, BERLIN, "r1", false, goods(TEA, "6")))
                .then(
                        recorded("s2", WEB, BERLIN, "r1", line(TEA, BERLIN, "6 piece", null)),
                        sold(WEB, TEA, BERLIN, "6 piece", Map.of(), hold("r1", WEB, "3 piece", END)),
                        new ReservationConfirmed("r1", "s2", List.of(held(TEA, BERLIN, "3 piece"))))
                .thenAvailable(WEB, TEA, BERLIN, "0 piece");
    }

    @Test
    void aSaleOfLessThanWasReservedLeavesTheRestHeld() {
        given(chain(stocked(TEA, BERLIN, "10 piece"), stocked(CUP, BERLIN, "10 piece")))
                .and(reserve("r1", WEB, BERLIN, goods(TEA, "3"), goods(CUP, "2")))
                .when(sale("s1", WEB, BERLIN, "r1", false, goods(TEA, "1")))
                .thenEffects(
                        sold(WEB, TEA, BERLIN, "1 piece", Map.of(), hold("r1", WEB, "1 piece", END)),
                        new ReservationChanged(
                                "r1",
                                END,
                                List.of(held(TEA, BERLIN, "2 piece"), held(CUP, BERLIN, "2 piece")),
                                "s1",
                                Set.of(BERLIN)))
                .thenAvailable(POS, TEA, BERLIN, "7 piece")
                .thenAvailable(POS, CUP, BERLIN, "8 piece");
    }

    @Test
    void aReservationThatIsSoldPartByPartEndsWithTheLast() {
        given(chain(stocked(TEA, BERLIN, "3 piece"), stocked(TEA, HAMBURG, "2 piece")))
                .and(protect("i1", TEA, BERLIN, WEB, "3"))
                .and(reserve("r1", WEB, null, goods(TEA, "5")))
                .and(sale("s1", WEB, BERLIN, "r1", false, goods(TEA, "1")))
                .thenAvailable(WEB, TEA, BERLIN, "0 piece")
                .and(sale("s2", WEB, HAMBURG, "r1", false, goods(TEA, "2")))
                .when(sale("s3", WEB, BERLIN, "r1", false, goods(TEA, "2")))
                .thenEffects(
                        sold(WEB, TEA, BERLIN, "2 piece", Map.of(WEB, "2 piece"), part("r1", WEB, "2 piece", END)),
                        new ReservationConfirmed("r1", "s3", List.of(held(TEA, BERLIN, "2 piece"))))
                .thenStock(TEA, BERLIN, Bucket.SELLABLE, "0 piece")
                .when(release("i2", "r1"))
                .thenRefused(new ReservationEnded("r1", "it became order s3", Set.of(BERLIN)));
    }

    @Test
    void aSaleWithAReservationAtAnotherLocationNeedsUnitsOfItsOwnAndLeavesThoseHeld() {
        Scenario elsewhere = given(chain(stocked(TEA, BERLIN, "5 piece"), stocked(TEA, HAMBURG, "1 piece")))
                .and(reserve("r1", WEB, BERLIN, goods(TEA, "2")));

        elsewhere
                .when(sale("s1", POS, HAMBURG, "r1", false, goods(TEA, "2")))
                .thenRefused(
                        new StockRefusal.InsufficientStock(POS, List.of(shortage(TEA, HAMBURG, "2 piece", "1 piece"))));
        elsewhere
                .when(sale("s2", POS, HAMBURG, "r1", false, goods(TEA, "1")))
                .thenEffects(sold(POS, TEA, HAMBURG, "1 piece", Map.of(), null))
                .thenAvailable(POS, TEA, BERLIN, "3 piece");
    }

    @Test
    void aReservationMayBeCollectedThroughAnotherChannelAlthoughItsChannelIsProtected() {
        given(chain(stocked(TEA, BERLIN, "10 piece")))
                .and(protect("i1", TEA, BERLIN, WEB, "10"))
                .and(reserve("r1", WEB, BERLIN, goods(TEA, "5")))
                .when(sale("s1", POS, BERLIN, "r1", false, goods(TEA, "5")))
                .thenAccepted()
                .thenAvailable(POS, TEA, BERLIN, "0 piece")
                .thenAvailable(WEB, TEA, BERLIN, "5 piece");
    }

    @Test
    void safetyStockThatWasSetLaterDoesNotBreakAPromise() {
        given(chain(stocked(TEA, BERLIN, "5 piece")))
                .and(reserve("r1", WEB, BERLIN, goods(TEA, "5")))
                .and(keepBack("i1", TEA, BERLIN, "3"))
                .when(sale("s1", WEB, BERLIN, "r1", false, goods(TEA, "5")))
                .thenAccepted();
    }

    @Test
    void aSaleCannotNameAReservationThatHasEnded() {
        Scenario reserved = given(chain(stocked(TEA, BERLIN, "10 piece")))
                .and(reserve("r1", WEB, BERLIN, goods(TEA, "3")))
                .and(reserve("r2", WEB, BERLIN, goods(TEA, "3")))
                .and(release("i1", "r1"));

        reserved.when(sale("s1", WEB, BERLIN, "r1", false, goods(TEA, "3")))
                .thenRefused(new ReservationEnded("r1", "released", Set.of(BERLIN)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aReservationThatHasRunOutIsSoldWhileItsUnitsAreThere(boolean handedOver) {
        given(chain(stocked(TEA, BERLIN, "10 piece")))
                .and(reserve("r1", WEB, BERLIN, goods(TEA, "3")))
                .at(END)
                .when(sale("s1", WEB, BERLIN, "r1", handedOver, goods(TEA, "3")))
                .then(
                        lapsed("s1", "r1", line(TEA, BERLIN, "3 piece", null)),
                        new ReservationsLapsed(TEA, BERLIN, List.of(hold("r1", WEB, "3 piece", END))),
                        sold(WEB, TEA, BERLIN, "3 piece", Map.of(), null),
                        new ReservationConfirmed("r1", "s1", List.of(held(TEA, BERLIN, "3 piece"))))
                .thenAvailable(WEB, TEA, BERLIN, "7 piece");
    }

    @Test
    void aReservationThatHasRunOutIsConfirmedWhileItsUnitsAreThere() {
        Scenario reserved = given(chain(stocked(TEA, BERLIN, "5 piece")))
                .and(reserve("r1", WEB, BERLIN, goods(TEA, "3")))
                .and(reserve("r2", WEB, BERLIN, goods(TEA, "2")))
                .at(END);
        reserved.when(confirm("s1", "r1"))
                .then(
                        lapsed("s1", "r1", line(TEA, BERLIN, "3 piece", null)),
                        new ReservationsLapsed(
                                TEA, BERLIN, List.of(hold("r1", WEB, "3 piece", END), hold("r2", WEB, "2 piece", END))),
                        sold(WEB, TEA, BERLIN, "3 piece", Map.of(), null),
                        new ReservationConfirmed("r1", "s1", List.of(held(TEA, BERLIN, "3 piece"))));
        reserved.and(reserve("r3", WEB, BERLIN, goods(TEA, "1")))
                .when(confirm("s2", "r2"))
                .thenRefused(new ReservationRefusal.ReservationLapsed("r2", END, Set.of(BERLIN)));
    }

    @Test
    void aConfirmedReservationBecomesASaleOfWhatItHolds() {
        Price price = new Price(BigMoney.parse("EUR 2.55"), null, null);
        ConfirmReservation command = new ConfirmReservation(
                document(Kind.ORDER, "s1"), "r1", "till-1", Map.of(TEA, price), List.of(), List.of(), "c-9", null);

        given(chain(stocked(TEA, BERLIN, "10 piece"), stocked(CUP, BERLIN, "10 piece")))
                .and(reserve("r1", WEB, BERLIN, goods(TEA, "3"), goods(CUP, "1")))
                .at(END.minusNanos(1_000))
                .when(command)
                .then(
                        new SaleRecorded(
                                "s1",
                                WEB,
                                BERLIN,
                                "till-1",
                                List.of(
                                        new SoldLine(TEA, BERLIN, Quantity.of(3, Unit.PIECE), price, null, null),
                                        line(CUP, BERLIN, "1 piece", null)),
                                List.of(),
                                List.of(),
                                "c-9",
                                "r1",
                                null),
                        sold(WEB, TEA, BERLIN, "3 piece", Map.of(), hold("r1", WEB, "3 piece", END)),
                        sold(WEB, CUP, BERLIN, "1 piece", Map.of(), hold("r1", WEB, "1 piece", END)),
                        new ReservationConfirmed(
                                "r1", "s1", List.of(held(TEA, BERLIN, "3 piece"), held(CUP, BERLIN, "1 piece"))))
                .thenAvailable(WEB, TEA, BERLIN, "7 piece")
                .thenStock(TEA, BERLIN, Bucket.SELLABLE, "7 piece");
    }

    @Test
    void aConfirmedReservationOverSeveralLocationsIsSoldAtNoneInParticular() {
        given(chain(stocked(TEA, BERLIN, "2 piece"), stocked(TEA, HAMBURG, "1 piece")))
                .and(reserve("r1", WEB, null, goods(TEA, "3")))
                .when(confirm("s1", "r1"))
                .then(
                        recorded(
                                "s1",
                                WEB,
                                null,
                                "r1",
                                line(TEA, BERLIN, "2 piece", null),
                                line(TEA, HAMBURG, "1 piece", null)),
                        sold(WEB, TEA, BERLIN, "2 piece", Map.of(), hold("r1", WEB, "2 piece", END)),
                        sold(WEB, TEA, HAMBURG, "1 piece", Map.of(), hold("r1", WEB, "1 piece", END)),
                        new ReservationConfirmed(
                                "r1", "s1", List.of(held(TEA, BERLIN, "2 piece"), held(TEA, HAMBURG, "1 piece"))));
    }

    @Test
    void aReservationIsConfirmedOnce() {
        Scenario reserved = given(chain(stocked(TEA, BERLIN, "10 piece")))
                .and(reserve("r1", WEB, BERLIN, goods(TEA, "3")))
                .and(confirm("s1", "r1"));

        reserved.when(confirm("s2", "r1"))
                .thenRefused(new ReservationEnded("r1", "it became order s1", Set.of(BERLIN)));
        reserved.when(confirm("s2", "r9")).thenRefused(new ReservationRefusal.UnknownReservation("r9"));
    }

    @Test
    void aReservationIsNotConfirmedForUnitsThatWereLostSince() {
        Scenario stolen = given(chain(stocked(TEA, BERLIN, "5 piece")))
                .and(reserve("r1", WEB, BERLIN, goods(TEA, "5")))
                .and(adjust("a1", BERLIN, AdjustmentReason.STOLEN, goods(TEA, "-2")));

        stolen.when(confirm("s1", "r1"))
                .thenRefused(
                        new StockRefusal.InsufficientStock(WEB, List.of(shortage(TEA, BERLIN, "5 piece", "3 piece"))));
        stolen.when(sale("s2", WEB, BERLIN, "r1", false, goods(TEA, "5")))
                .thenRefused(
                        new StockRefusal.InsufficientStock(WEB, List.of(shortage(TEA, BERLIN, "5 piece", "3 piece"))));
        stolen.when(sale("s3", WEB, BERLIN, "r1", false, goods(TEA, "3"))).thenAccepted();
    }

    @Test
    void ofTwoPromisesForWhatIsLeftOfLostGoodsTheFirstToComeIsKept() {
        Scenario stolen = given(chain(stocked(TEA, BERLIN, "10 piece")))
                .and(reserve("r1", WEB, BERLIN, goods(TEA, "5")))
                .and(reserve("r2", WEB, BERLIN, goods(TEA, "5")))
                .and(adjust("a1", BERLIN, AdjustmentReason.STOLEN, goods(TEA, "-5")));

        stolen.when(confirm("s1", "r2")).thenAccepted();
        stolen.when(confirm("s2", "r1"))
                .thenRefused(
                        new StockRefusal.InsufficientStock(WEB, List.of(shortage(TEA, BERLIN, "5 piece", "0 piece"))));
    }

    @Test
    void whereAnotherNodesClockHasLetAReservationLapseItIsNotSoldOver() {
        given(chain(stocked(TEA, BERLIN, "5 piece")))
                .and(reserve("r1", WEB, BERLIN, goods(TEA, "5")))
                .and(new ReservationsLapsed(TEA, BERLIN, List.of(hold("r1", WEB, "5 piece", END))))
                .and(reserve("r2", WEB, BERLIN, goods(TEA, "5")))
                .at(END.minusNanos(1_000))
                .when(confirm("s1", "r1"))
                .thenRefused(
                        new StockRefusal.InsufficientStock(WEB, List.of(shortage(TEA, BERLIN, "5 piece", "0 piece"))));
    }

    private static SaleRecorded lapsed(String id, String reservation, SoldLine line) {
        return new SaleRecorded(id, WEB, BERLIN, null, List.of(line), List.of(), List.of(), null, reservation, END);
    }

    private static SaleRecorded recorded(
            String id, String channel, @Nullable String location, @Nullable String reservation, SoldLine... lines) {
        return new SaleRecorded(
                id, channel, location, null, List.of(lines), List.of(), List.of(), null, reservation, null);
    }

    private static ReservedLine held(String sku, String location, String quantity) {
        return new ReservedLine(sku, location, Quantity.parse(quantity));
    }

    /** A part of a hold for which protection is counted. */
    private static Hold part(String holder, String channel, String quantity, Instant endsAt) {
        return new Hold(holder, channel, Quantity.parse(quantity), Quantity.parse(quantity), endsAt);
    }

    private static SoldLine line(String sku, String location, String quantity, @Nullable String shortfall) {
        return new SoldLine(
                sku,
                location,
                Quantity.parse(quantity),
                Price.NONE,
                null,
                shortfall == null ? null : Quantity.parse(shortfall));
    }
}
