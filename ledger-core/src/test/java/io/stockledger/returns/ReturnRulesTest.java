package io.stockledger.returns;

import static io.stockledger.scenario.Scenario.NOON;
import static io.stockledger.scenario.Scenario.given;
import static io.stockledger.scenario.Shop.BERLIN;
import static io.stockledger.scenario.Shop.CHEESE;
import static io.stockledger.scenario.Shop.CUP;
import static io.stockledger.scenario.Shop.HALF_AN_HOUR;
import static io.stockledger.scenario.Shop.HAMBURG;
import static io.stockledger.scenario.Shop.POS;
import static io.stockledger.scenario.Shop.TEA;
import static io.stockledger.scenario.Shop.WEB;
import static io.stockledger.scenario.Shop.barcode;
import static io.stockledger.scenario.Shop.chain;
import static io.stockledger.scenario.Shop.confirm;
import static io.stockledger.scenario.Shop.document;
import static io.stockledger.scenario.Shop.giveBack;
import static io.stockledger.scenario.Shop.goods;
import static io.stockledger.scenario.Shop.handedOver;
import static io.stockledger.scenario.Shop.hold;
import static io.stockledger.scenario.Shop.protect;
import static io.stockledger.scenario.Shop.reserve;
import static io.stockledger.scenario.Shop.sale;
import static io.stockledger.scenario.Shop.scanned;
import static io.stockledger.scenario.Shop.shortage;
import static io.stockledger.scenario.Shop.stocked;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockledger.document.DocumentFact.CommandRefused;
import io.stockledger.document.DocumentRef.Kind;
import io.stockledger.item.ItemLines.Asked;
import io.stockledger.item.ItemRefusal;
import io.stockledger.location.LocationRefusal;
import io.stockledger.order.Charge;
import io.stockledger.order.OrderFact.OrderReturned;
import io.stockledger.order.OrderFact.ReturnedItem;
import io.stockledger.order.OrderRefusal;
import io.stockledger.order.Tender;
import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.returns.ReturnFact.ReturnProcessed;
import io.stockledger.returns.ReturnFact.ReturnedLine;
import io.stockledger.scenario.Scenario;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.Disposition;
import io.stockledger.stock.Posting;
import io.stockledger.stock.StockFact.Cause;
import io.stockledger.stock.StockFact.ReservationsLapsed;
import io.stockledger.stock.StockFact.StockMoved;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.joda.money.BigMoney;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReturnRulesTest {

    @Test
    void whatWasSoldMayComeBackToWhereItWasSold() {
        given(chain(stocked(TEA, BERLIN, "10 piece")))
                .and(sale("s1", POS, BERLIN, goods(TEA, "3")))
                .when(giveBack("b1", BERLIN, "s1", goods(TEA, "2")))
                .then(
                        new ReturnProcessed(
                                "b1",
                                POS,
                                BERLIN,
                                "s1",
                                List.of(line(TEA, "2 piece", null, null, Disposition.SELLABLE)),
                                List.of(),
                                List.of()),
                        new OrderReturned(
                                "s1",
                                "b1",
                                BERLIN,
                                List.of(new ReturnedItem(TEA, Quantity.of(2, Unit.PIECE))),
                                Set.of(BERLIN)),
                        takenBack(TEA, BERLIN, posting(Bucket.SELLABLE, "2 piece")))
                .thenAvailable(POS, TEA, BERLIN, "9 piece")
                .thenStock(TEA, BERLIN, Bucket.CUSTOMER, "1 piece");
    }

    @Test
    void whatWasSoldInOnePlaceMayComeBackInAnotherThroughAnotherChannel() {
        given(chain(stocked(TEA, BERLIN, "10 piece")))
                .and(sale("s1", WEB, BERLIN, goods(TEA, "3")))
                .when(giveBack("b1", HAMBURG, "s1", goods(TEA, "3")))
                .thenStock(TEA, HAMBURG, Bucket.SELLABLE, "3 piece")
                .thenStock(TEA, HAMBURG, Bucket.CUSTOMER, "-3 piece")
                .thenStock(TEA, BERLIN, Bucket.SELLABLE, "7 piece");
    }

    @Test
    void theShopThatSoldLearnsOfWhatComesBackElsewhere() {
        given(chain(stocked(TEA, BERLIN, "10 piece")))
                .and(sale("s1", WEB, BERLIN, goods(TEA, "3")))
                .and(giveBack("b1", HAMBURG, "s1", goods(TEA, "1")))
                .when(giveBack("b2", HAMBURG, "s1", goods(TEA, "1")))
                .thenEffects(
                        new OrderReturned(
                                "s1",
                                "b2",
                                HAMBURG,
                                List.of(new ReturnedItem(TEA, Quantity.of(1, Unit.PIECE))),
                                Set.of(BERLIN, HAMBURG)),
                        takenBack(TEA, HAMBURG, posting(Bucket.SELLABLE, "1 piece")));
    }

    @Test
    void aReturnMayHoldMoneyAlone() {
        List<Charge> postage = List.of(new Charge("POSTAGE", null, BigMoney.parse("EUR -4.90")));
        given(chain(stocked(TEA, BERLIN, "10 piece")))
                .when(new ProcessReturn(document(Kind.RETURN, "b1"), WEB, BERLIN, null, List.of(), postage, List.of()))
                .then(new ReturnProcessed("b1", WEB, BERLIN, null, List.of(), postage, List.of()))
                .thenAvailable(POS, TEA, BERLIN, "10 piece");

        assertThatThrownBy(() -> new ProcessReturn(
                        document(Kind.RETURN, "b1"), WEB, BERLIN, null, List.of(), List.of(), List.of()))
                .hasMessageContaining("none, and no charges");
    }

    @Test
    void neverMoreComesBackThanWasSoldOverSeveralReturns() {
        Scenario sold = given(chain(stocked(TEA, BERLIN, "10 piece")))
                .and(sale("s1", POS, BERLIN, goods(TEA, "3")))
                .and(giveBack("b1", BERLIN, "s1", goods(TEA, "1")))
                .and(giveBack("b2", HAMBURG, "s1", goods(TEA, "1")));

        sold.when(giveBack("b3", BERLIN, "s1", goods(TEA, "2")))
                .thenRefused(new OrderRefusal.ReturnExceedsOrder(
                        "s1", List.of(shortage(TEA, BERLIN, "2 piece", "1 piece"))));
        sold.when(giveBack("b4", BERLIN, "s1", goods(TEA, "1"))).thenAccepted();
        sold.when(giveBack("b5", BERLIN, "s1", goods(TEA, "1")))
                .thenRefused(new OrderRefusal.ReturnExceedsOrder(
                        "s1", List.of(shortage(TEA, BERLIN, "1 piece", "0 piece"))));
    }

    @Test
    void linesThatNameAnItemTwiceAreSummed() {
        Scenario sold = given(chain(barcode("4006381333931", "2", TEA), stocked(TEA, BERLIN, "10 piece")))
                .and(sale("s1", POS, BERLIN, goods(TEA, "1"), scanned("4006381333931", "1")));

        sold.when(giveBack("b1", BERLIN, "s1", goods(TEA, "2"), scanned("4006381333931", "1")))
                .thenRefused(new OrderRefusal.ReturnExceedsOrder(
                        "s1", List.of(shortage(TEA, BERLIN, "4 piece", "3 piece"))));
        sold.when(giveBack("b2", BERLIN, "s1", scanned("4006381333931", "1"), goods(TEA, "1")))
                .thenAccepted();
    }

    @Test
    void whatTheSaleDidNotHoldDoesNotComeBackOfIt() {
        given(chain(stocked(TEA, BERLIN, "10 piece")))
                .and(sale("s1", POS, BERLIN, goods(TEA, "3")))
                .when(giveBack("b1", BERLIN, "s1", goods(TEA, "1"), goods(CUP, "1")))
                .thenRefused(new OrderRefusal.ReturnExceedsOrder(
                        "s1", List.of(shortage(CUP, BERLIN, "1 piece", "0 piece"))));
    }

    @Test
    void eachLineGoesWhereItsConditionSaysInOneFactPerItem() {
        ProcessReturn command = new ProcessReturn(
                document(Kind.RETURN, "b1"),
                WEB,
                BERLIN,
                "s1",
                List.of(
                        new ProcessReturn.Line(goods(TEA, "1"), "too bitter", Disposition.SELLABLE),
                        new ProcessReturn.Line(goods(CUP, "1"), null, Disposition.DAMAGED),
                        new ProcessReturn.Line(goods(TEA, "1"), "torn", Disposition.DISPOSED),
                        new ProcessReturn.Line(goods(TEA, "1"), null, Disposition.QUARANTINE)),
                List.of(new Charge("RESTOCKING", null, BigMoney.parse("EUR 2"))),
                List.of(new Tender("card", BigMoney.parse("EUR 6.20"))));

        given(chain(stocked(TEA, BERLIN, "3 piece"), stocked(CUP, BERLIN, "1 piece")))
                .and(sale("s1", POS, BERLIN, goods(TEA, "3"), goods(CUP, "1")))
                .when(command)
                .then(
                        new ReturnProcessed(
                                "b1",
                                WEB,
                                BERLIN,
                                "s1",
                                List.of(
                                        line(TEA, "1 piece", null, "too bitter", Disposition.SELLABLE),
                                        line(CUP, "1 piece", null, null, Disposition.DAMAGED),
                                        line(TEA, "1 piece", null, "torn", Disposition.DISPOSED),
                                        line(TEA, "1 piece", null, null, Disposition.QUARANTINE)),
                                command.charges(),
                                command.refunds()),
                        new OrderReturned(
                                "s1",
                                "b1",
                                BERLIN,
                                List.of(
                                        new ReturnedItem(TEA, Quantity.of(3, Unit.PIECE)),
                                        new ReturnedItem(CUP, Quantity.of(1, Unit.PIECE))),
                                Set.of(BERLIN)),
                        new StockMoved(
                                TEA,
                                BERLIN,
                                Cause.RETURNED,
                                WEB,
                                List.of(
                                        posting(Bucket.SELLABLE, "1 piece"),
                                        posting(Bucket.DISPOSED, "1 piece"),
                                        posting(Bucket.QUARANTINE, "1 piece")),
                                Map.of(),
                                null,
                                null),
                        new StockMoved(
                                CUP,
                                BERLIN,
                                Cause.RETURNED,
                                WEB,
                                List.of(posting(Bucket.DAMAGED, "1 piece")),
                                Map.of(),
                                null,
                                null))
                .thenAvailable(POS, TEA, BERLIN, "1 piece")
                .thenAvailable(POS, CUP, BERLIN, "0 piece");
    }

    @Test
    void aBlindReturnNeedsNoSale() {
        given(chain())
                .when(giveBack("b1", BERLIN, null, goods(CHEESE, "0.25")))
                .then(
                        new ReturnProcessed(
                                "b1",
                                POS,
                                BERLIN,
                                null,
                                List.of(line(CHEESE, "0.25 kg", null, null, Disposition.SELLABLE)),
                                List.of(),
                                List.of()),
                        takenBack(CHEESE, BERLIN, posting(Bucket.SELLABLE, "0.25 kg")));
    }

    @Test
    void aConfirmedReservationMayComeBackLikeAnySale() {
        Scenario collected = given(chain(stocked(TEA, BERLIN, "2 piece"), stocked(TEA, HAMBURG, "1 piece")))
                .and(reserve("r1", WEB, null, goods(TEA, "3")))
                .and(confirm("s1", "r1"));

        collected
                .when(giveBack("b1", BERLIN, "s1", goods(TEA, "4")))
                .thenRefused(new OrderRefusal.ReturnExceedsOrder(
                        "s1", List.of(shortage(TEA, BERLIN, "4 piece", "3 piece"))));
        collected.when(giveBack("b2", BERLIN, "s1", goods(TEA, "3"))).thenAccepted();
    }

    @Test
    void unitsThatTheLedgerDidNotHaveMayComeBackTooOnceTheyWereSold() {
        given(chain())
                .and(handedOver("s1", POS, BERLIN, goods(TEA, "2")))
                .when(giveBack("b1", BERLIN, "s1", goods(TEA, "2")))
                .thenStock(TEA, BERLIN, Bucket.SELLABLE, "0 piece");
    }

    @Test
    void whatComesBackIsKeptForTheChannelAgain() {
        given(chain(stocked(TEA, BERLIN, "10 piece")))
                .and(protect("i1", TEA, BERLIN, WEB, "4"))
                .and(sale("s1", WEB, BERLIN, goods(TEA, "4")))
                .when(giveBack("b1", BERLIN, "s1", goods(TEA, "3")))
                .thenAvailable(POS, TEA, BERLIN, "6 piece")
                .thenAvailable(WEB, TEA, BERLIN, "9 piece");
    }

    @Test
    void noMoreIsKeptAgainThanTheChannelSoldSince() {
        given(chain(stocked(TEA, BERLIN, "10 piece")))
                .and(sale("s1", WEB, BERLIN, goods(TEA, "4")))
                .and(protect("i1", TEA, BERLIN, WEB, "3"))
                .and(sale("s2", WEB, BERLIN, goods(TEA, "1")))
                .when(giveBack("b1", BERLIN, "s1", goods(TEA, "4")))
                .thenAvailable(POS, TEA, BERLIN, "6 piece");
    }

    @Test
    void whatWasSoldElsewhereIsNotKeptHere() {
        given(chain(stocked(TEA, BERLIN, "10 piece"), stocked(TEA, HAMBURG, "10 piece")))
                .and(protect("i1", TEA, HAMBURG, WEB, "3"))
                .and(sale("s1", WEB, HAMBURG, goods(TEA, "3")))
                .and(sale("s2", WEB, BERLIN, goods(TEA, "2")))
                .when(giveBack("b1", HAMBURG, "s2", goods(TEA, "2")))
                .thenAvailable(POS, TEA, HAMBURG, "9 piece");
    }

    @Test
    void whatNobodyKnowsTheSaleOfIsKeptForNobody() {
        given(chain(stocked(TEA, BERLIN, "10 piece")))
                .and(protect("i1", TEA, BERLIN, WEB, "3"))
                .and(sale("s1", WEB, BERLIN, goods(TEA, "3")))
                .when(giveBack("b1", BERLIN, null, goods(TEA, "1")))
                .thenAvailable(POS, TEA, BERLIN, "8 piece");
    }

    @Test
    void reservationsThatHaveRunOutAreToldWhenGoodsComeBack() {
        given(chain(stocked(TEA, BERLIN, "1 piece")))
                .and(reserve("r1", WEB, BERLIN, goods(TEA, "1")))
                .after(HALF_AN_HOUR)
                .when(giveBack("b1", BERLIN, null, goods(TEA, "1")))
                .thenEffects(
                        new ReservationsLapsed(
                                TEA, BERLIN, List.of(hold("r1", WEB, "1 piece", NOON.plus(HALF_AN_HOUR)))),
                        takenBack(TEA, BERLIN, posting(Bucket.SELLABLE, "1 piece")));
    }

    @Test
    void whatIsUnknownIsRefusedInTheOrderInWhichRefusalsAreListed() {
        Scenario chain = given(chain());

        chain.when(giveBack("b1", "atlantis", "s1", goods("unicorn", "1")))
                .thenRefused(new LocationRefusal.UnknownLocation("atlantis"));
        chain.when(giveBack("b1", BERLIN, "s1", goods("unicorn", "1")))
                .thenRefused(new ItemRefusal.UnknownItem("unicorn"));
        chain.when(giveBack("b1", BERLIN, "s1", scanned("123", "1")))
                .thenRefused(new ItemRefusal.UnknownBarcode("123"));
        chain.when(giveBack("b1", BERLIN, "s1", goods(TEA, "0.5")))
                .thenRefused(new ItemRefusal.QuantityDoesNotFitUnit(TEA, new BigDecimal("0.5"), Unit.PIECE));
        chain.when(giveBack("b1", BERLIN, "s1", goods(TEA, "1"))).thenRefused(new OrderRefusal.UnknownOrder("s1"));
    }

    @Test
    void nothingComesBackOfASaleThatWasRefused() {
        Scenario refused = given(chain());
        refused.streams()
                .add(
                        "order:s1",
                        new CommandRefused("record-sale", new ItemRefusal.UnknownItem("unicorn"), Set.of()),
                        Scenario.NOON);

        refused.when(giveBack("b1", BERLIN, "s1", goods(TEA, "1"))).thenRefused(new OrderRefusal.UnknownOrder("s1"));
    }

    @Test
    void theBarcodeThatWasScannedIsKept() {
        Asked pack = scanned("4006381333931", "1");

        given(chain(barcode("4006381333931", "6", TEA)))
                .when(giveBack("b1", BERLIN, null, Disposition.DISPOSED, pack))
                .then(
                        new ReturnProcessed(
                                "b1",
                                POS,
                                BERLIN,
                                null,
                                List.of(line(TEA, "6 piece", "4006381333931", null, Disposition.DISPOSED)),
                                List.of(),
                                List.of()),
                        takenBack(TEA, BERLIN, posting(Bucket.DISPOSED, "6 piece")));
    }

    private static ReturnedLine line(
            String sku, String quantity, @Nullable String barcode, @Nullable String reason, Disposition disposition) {
        return new ReturnedLine(sku, Quantity.parse(quantity), barcode, reason, disposition);
    }

    private static Posting posting(Bucket to, String quantity) {
        return new Posting(Bucket.CUSTOMER, to, Quantity.parse(quantity));
    }

    private static StockMoved takenBack(String sku, String location, Posting posting) {
        return new StockMoved(sku, location, Cause.RETURNED, POS, List.of(posting), Map.of(), null, null);
    }
}
