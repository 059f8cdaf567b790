package io.stockledger.reservation;

import static io.stockledger.scenario.Scenario.NOON;
import static io.stockledger.scenario.Scenario.given;
import static io.stockledger.scenario.Shop.BERLIN;
import static io.stockledger.scenario.Shop.CHEESE;
import static io.stockledger.scenario.Shop.CUP;
import static io.stockledger.scenario.Shop.HALF_AN_HOUR;
import static io.stockledger.scenario.Shop.HAMBURG;
import static io.stockledger.scenario.Shop.POS;
import static io.stockledger.scenario.Shop.TEA;
import static io.stockledger.scenario.Shop.WAREHOUSE;
import static io.stockledger.scenario.Shop.WEB;
import static io.stockledger.scenario.Shop.barcode;
import static io.stockledger.scenario.Shop.chain;
import static io.stockledger.scenario.Shop.document;
import static io.stockledger.scenario.Shop.goods;
import static io.stockledger.scenario.Shop.hold;
import static io.stockledger.scenario.Shop.item;
import static io.stockledger.scenario.Shop.reserve;
import static io.stockledger.scenario.Shop.scanned;
import static io.stockledger.scenario.Shop.shortage;
import static io.stockledger.scenario.Shop.stocked;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.document.DocumentRef.Kind;
import io.stockledger.item.ItemRefusal;
import io.stockledger.location.LocationRefusal;
import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.reservation.ReservationFact.ReservationMade;
import io.stockledger.reservation.ReservationFact.ReservedLine;
import io.stockledger.scenario.Scenario;
import io.stockledger.stock.StockFact.ReservationsLapsed;
import io.stockledger.stock.StockFact.StockReserved;
import io.stockledger.stock.StockRefusal;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReservationRulesTest {

    private static final Instant END = NOON.plus(HALF_AN_HOUR);

    @Test
    void aReservationHoldsItsUnitsUntilItsEnd() {
        given(chain(stocked(TEA, BERLIN, "10 piece")))
                .when(reserve("r1", WEB, BERLIN, goods(TEA, "3")))
                .then(
                        new ReservationMade("r1", WEB, END, List.of(line(TEA, BERLIN, "3 piece"))),
                        new StockReserved(TEA, BERLIN, hold("r1", WEB, "3 piece", END)))
                .thenAvailable(POS, TEA, BERLIN, "7 piece");
    }

    @Test
    void allThatIsAvailableMayBeReservedAndNotOneMore() {
        Scenario ten = given(chain(stocked(TEA, BERLIN, "10 piece")));

        ten.when(reserve("r1", WEB, BERLIN, goods(TEA, "11")))
                .thenRefused(new StockRefusal.InsufficientStock(
                        WEB, List.of(shortage(TEA, BERLIN, "11 piece", "10 piece"))));
        ten.when(reserve("r2", WEB, BERLIN, goods(TEA, "10"))).thenAccepted();
        ten.when(reserve("r3", WEB, BERLIN, goods(TEA, "1")))
                .thenRefused(
                        new StockRefusal.InsufficientStock(WEB, List.of(shortage(TEA, BERLIN, "1 piece", "0 piece"))));
    }

    @Test
    void allLinesAreReservedOrNoneAndEveryShortageIsNamed() {
        given(chain(stocked(TEA, BERLIN, "10 piece"), stocked(CUP, BERLIN, "1 piece")))
                .when(reserve("r1", WEB, BERLIN, goods(TEA, "1"), goods(CUP, "2"), goods(CHEESE, "0.5")))
                .thenRefused(new StockRefusal.InsufficientStock(
                        WEB,
                        List.of(
                                shortage(CUP, BERLIN, "2 piece", "1 piece"),
                                shortage(CHEESE, BERLIN, "0.5 kg", "0 kg"))));
    }

    @Test
    void linesThatNameAnItemTwiceAreSummed() {
        Scenario ten = given(chain(barcode("4006381333931", "4", TEA), stocked(TEA, BERLIN, "10 piece")));

        ten.when(reserve("r1", WEB, BERLIN, goods(TEA, "3"), scanned("4006381333931", "2")))
                .thenRefused(new StockRefusal.InsufficientStock(
                        WEB, List.of(shortage(TEA, BERLIN, "11 piece", "10 piece"))));
        ten.when(reserve("r2", WEB, BERLIN, goods(TEA, "2"), scanned("4006381333931", "2")))
                .then(
                        new ReservationMade("r2", WEB, END, List.of(line(TEA, BERLIN, "10 piece"))),
                        new StockReserved(TEA, BERLIN, hold("r2", WEB, "10 piece", END)));
    }

    @Test
    void weighedGoodsAreReservedToTheGram() {
        Scenario cheese = given(chain(stocked(CHEESE, BERLIN, "1.25 kg")));

        cheese.when(reserve("r1", WEB, BERLIN, goods(CHEESE, "1.249"))).thenAvailable(WEB, CHEESE, BERLIN, "0.001 kg");
        cheese.when(reserve("r2", WEB, BERLIN, goods(CHEESE, "0.0001")))
                .thenRefused(new ItemRefusal.QuantityDoesNotFitUnit(CHEESE, new BigDecimal("0.0001"), Unit.KILOGRAM));
    }

    @Test
    void halfAPieceIsRefused() {
        given(chain(stocked(TEA, BERLIN, "10 piece")))
                .when(reserve("r1", WEB, BERLIN, goods(TEA, "1.5")))
                .thenRefused(new ItemRefusal.QuantityDoesNotFitUnit(TEA, new BigDecimal("1.5"), Unit.PIECE));
    }

    @Test
    void whatIsUnknownIsRefusedInTheOrderInWhichRefusalsAreListed() {
        Scenario chain = given(chain(stocked(TEA, BERLIN, "10 piece")));

        chain.when(reserve("r1", WEB, "atlantis", goods("unicorn", "1")))
                .thenRefused(new LocationRefusal.UnknownLocation("atlantis"));
        chain.when(reserve("r1", WEB, BERLIN, goods(TEA, "99"), goods("unicorn", "1")))
                .thenRefused(new ItemRefusal.UnknownItem("unicorn"));
        chain.when(reserve("r1", WEB, BERLIN, goods(TEA, "99"), scanned("123", "1")))
                .thenRefused(new ItemRefusal.UnknownBarcode("123"));
    }

    @Test
    void ofSeveralUnreadableLinesTheFirstIsAnswered() {
        given(chain())
                .when(reserve("r1", WEB, BERLIN, goods(TEA, "0.5"), goods("unicorn", "1")))
                .thenRefused(new ItemRefusal.QuantityDoesNotFitUnit(TEA, new BigDecimal("0.5"), Unit.PIECE));
    }

    @Test
    void aReservationStopsCountingAtItsEndAndNotBefore() {
        Scenario reserved =
                given(chain(stocked(TEA, BERLIN, "10 piece"))).and(reserve("r1", WEB, BERLIN, goods(TEA, "10")));

        reserved.at(END.minusNanos(1_000)).thenAvailable(WEB, TEA, BERLIN, "0 piece");
        reserved.when(reserve("r2", WEB, BERLIN, goods(TEA, "1")))
                .thenRefused(
                        new StockRefusal.InsufficientStock(WEB, List.of(shortage(TEA, BERLIN, "1 piece", "0 piece"))));
        reserved.at(END).thenAvailable(WEB, TEA, BERLIN, "10 piece");
        reserved.when(reserve("r3", WEB, BERLIN, goods(TEA, "10"))).thenAccepted();
    }

    @Test
    void whatHasLapsedIsToldAtTheNextTouch() {
        given(chain(stocked(TEA, BERLIN, "10 piece")))
                .and(reserve("r1", WEB, BERLIN, goods(TEA, "2")))
                .and(reserve("r2", WEB, BERLIN, goods(TEA, "3")))
                .at(END)
                .when(reserve("r3", POS, BERLIN, goods(TEA, "1")))
                .thenEffects(
                        new ReservationsLapsed(
                                TEA, BERLIN, List.of(hold("r1", WEB, "2 piece", END), hold("r2", WEB, "3 piece", END))),
                        new StockReserved(TEA, BERLIN, hold("r3", POS, "1 piece", END.plus(HALF_AN_HOUR))));
    }

    @Test
    void ofVeryManyLapsedReservationsABoundedNumberIsToldAtOnceAndNoneCounts() {
        Scenario many = given(chain(stocked(TEA, BERLIN, "1001 piece")));
        for (int i = 0; i < 1_001; i++) {
            many.and(new StockReserved(TEA, BERLIN, hold("r" + i, WEB, "1 piece", END)));
        }
        many.at(END).thenAvailable(WEB, TEA, BERLIN, "1001 piece");

        assertThat(lapsedAtATouch(many, "a")).isEqualTo(500);
        assertThat(lapsedAtATouch(many, "b")).isEqualTo(500);
        assertThat(lapsedAtATouch(many, "c")).isEqualTo(1);
        many.thenAvailable(WEB, TEA, BERLIN, "998 piece");
    }

    @Test
    void whenTheLedgerChoosesTheFirstLocationThatHasAllIsTaken() {
        given(chain(
                        stocked(TEA, BERLIN, "10 piece"),
                        stocked(TEA, HAMBURG, "2 piece"),
                        stocked(CUP, HAMBURG, "1 piece"),
                        stocked(TEA, WAREHOUSE, "500 piece"),
                        stocked(CUP, WAREHOUSE, "500 piece")))
                .when(reserve("r1", WEB, null, goods(TEA, "2"), goods(CUP, "1")))
                .then(
                        new ReservationMade(
                                "r1", WEB, END, List.of(line(TEA, HAMBURG, "2 piece"), line(CUP, HAMBURG, "1 piece"))),
                        new StockReserved(TEA, HAMBURG, hold("r1", WEB, "2 piece", END)),
                        new StockReserved(CUP, HAMBURG, hold("r1", WEB, "1 piece", END)));
    }

    @Test
    void whenNoLocationHasAllEachItemComesFromWhereMostOfItIs() {
        given(chain(
                        stocked(TEA, BERLIN, "3 piece"),
                        stocked(TEA, HAMBURG, "2 piece"),
                        stocked(TEA, WAREHOUSE, "5 piece"),
                        stocked(CUP, BERLIN, "1 piece")))
                .when(reserve("r1", WEB, null, goods(TEA, "9"), goods(CUP, "1")))
                .then(
                        new ReservationMade(
                                "r1",
                                WEB,
                                END,
                                List.of(
                                        line(TEA, WAREHOUSE, "5 piece"),
                                        line(TEA, BERLIN, "3 piece"),
                                        line(TEA, HAMBURG, "1 piece"),
                                        line(CUP, BERLIN, "1 piece"))),
                        new StockReserved(TEA, WAREHOUSE, hold("r1", WEB, "5 piece", END)),
                        new StockReserved(TEA, BERLIN, hold("r1", WEB, "3 piece", END)),
                        new StockReserved(TEA, HAMBURG, hold("r1", WEB, "1 piece", END)),
                        new StockReserved(CUP, BERLIN, hold("r1", WEB, "1 piece", END)));
    }

    @Test
    void whenAllLocationsTogetherHaveTooLittleTheSumIsNamedAndNoLocation() {
        given(chain(stocked(TEA, BERLIN, "3 piece"), stocked(TEA, HAMBURG, "2 piece")))
                .when(reserve("r1", WEB, null, goods(TEA, "6")))
                .thenRefused(new StockRefusal.InsufficientStock(WEB, List.of(shortage(TEA, "", "6 piece", "5 piece"))));
    }

    @Test
    void whoIsTiedToLocationsGetsUnitsFromThoseOnly() {
        given(chain(
                        stocked(TEA, BERLIN, "500 piece"),
                        stocked(TEA, HAMBURG, "3 piece"),
                        stocked(TEA, WAREHOUSE, "4 piece")))
                .tiedTo(HAMBURG, WAREHOUSE, "not-open-yet")
                .when(reserve("r1", WEB, null, goods(TEA, "5")))
                .then(
                        new ReservationMade(
                                "r1",
                                WEB,
                                END,
                                List.of(line(TEA, WAREHOUSE, "4 piece"), line(TEA, HAMBURG, "1 piece"))),
                        new StockReserved(TEA, WAREHOUSE, hold("r1", WEB, "4 piece", END)),
                        new StockReserved(TEA, HAMBURG, hold("r1", WEB, "1 piece", END)));
    }

    @Test
    void aShortageNamesOnlyWhatTheLocationsHaveThatTheSenderIsTiedTo() {
        Scenario chain = given(chain(
                stocked(TEA, BERLIN, "500 piece"),
                stocked(TEA, HAMBURG, "3 piece"),
                stocked(TEA, WAREHOUSE, "4 piece")));

        chain.tiedTo(HAMBURG, WAREHOUSE)
                .when(reserve("r1", WEB, null, goods(TEA, "8")))
                .thenRefused(new StockRefusal.InsufficientStock(WEB, List.of(shortage(TEA, "", "8 piece", "7 piece"))));
        chain.tiedTo(HAMBURG)
                .when(reserve("r2", WEB, null, goods(TEA, "8")))
                .thenRefused(
                        new StockRefusal.InsufficientStock(WEB, List.of(shortage(TEA, HAMBURG, "8 piece", "3 piece"))));
        chain.tiedTo("not-open-yet")
                .when(reserve("r3", WEB, null, goods(TEA, "8")))
                .thenRefused(new StockRefusal.InsufficientStock(WEB, List.of(shortage(TEA, "", "8 piece", "0 piece"))));
    }

    @Test
    void whenNoLocationIsOpenNothingIsAvailable() {
        given(item(TEA, Unit.PIECE))
                .when(reserve("r1", WEB, null, goods(TEA, "6")))
                .thenRefused(new StockRefusal.InsufficientStock(WEB, List.of(shortage(TEA, "", "6 piece", "0 piece"))));
    }

    @Test
    void anEndIsAWholeMicrosecondAsViewsKeepIt() {
        ReserveStock command = new ReserveStock(
                document(Kind.RESERVATION, "r1"), WEB, BERLIN, Duration.ofSeconds(1, 1_999), List.of(goods(TEA, "1")));

        assertThat(given(chain(stocked(TEA, BERLIN, "1 piece"))).when(command).document())
                .isEqualTo(new ReservationMade(
                        "r1", WEB, NOON.plusSeconds(1).plusNanos(1_000), List.of(line(TEA, BERLIN, "1 piece"))));
    }

    private static int lapsedAtATouch(Scenario scenario, String id) {
        return scenario.when(reserve(id, WEB, BERLIN, goods(TEA, "1"))).effects().stream()
                .filter(ReservationsLapsed.class::isInstance)
                .mapToInt(fact -> ((ReservationsLapsed) fact).holds().size())
                .sum();
    }

    private static ReservedLine line(String sku, String location, String quantity) {
        return new ReservedLine(sku, location, Quantity.parse(quantity));
    }
}
