package io.stockledger.order;

import static io.stockledger.scenario.Scenario.given;
import static io.stockledger.scenario.Shop.BERLIN;
import static io.stockledger.scenario.Shop.CHEESE;
import static io.stockledger.scenario.Shop.CUP;
import static io.stockledger.scenario.Shop.POS;
import static io.stockledger.scenario.Shop.TEA;
import static io.stockledger.scenario.Shop.WEB;
import static io.stockledger.scenario.Shop.barcode;
import static io.stockledger.scenario.Shop.chain;
import static io.stockledger.scenario.Shop.document;
import static io.stockledger.scenario.Shop.goods;
import static io.stockledger.scenario.Shop.handedOver;
import static io.stockledger.scenario.Shop.reserve;
import static io.stockledger.scenario.Shop.sale;
import static io.stockledger.scenario.Shop.scanned;
import static io.stockledger.scenario.Shop.shortage;
import static io.stockledger.scenario.Shop.sold;
import static io.stockledger.scenario.Shop.stocked;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.document.DocumentFact.CommandRefused;
import io.stockledger.document.DocumentRef.Kind;
import io.stockledger.item.ItemRefusal;
import io.stockledger.location.LocationRefusal;
import io.stockledger.order.OrderFact.SaleRecorded;
import io.stockledger.order.OrderFact.SoldLine;
import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.reservation.ReservationRefusal;
import io.stockledger.scenario.Scenario;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.StockRefusal;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.joda.money.BigMoney;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SaleRulesTest {

    @Test
    void aSaleMovesUnitsToTheCustomer() {
        given(chain(stocked(TEA, BERLIN, "10 piece")))
                .when(sale("s1", POS, BERLIN, goods(TEA, "3")))
                .then(
                        recorded("s1", POS, BERLIN, null, line(TEA, BERLIN, "3 piece", null)),
                        sold(POS, TEA, BERLIN, "3 piece", Map.of(), null))
                .thenStock(TEA, BERLIN, Bucket.SELLABLE, "7 piece")
                .thenStock(TEA, BERLIN, Bucket.CUSTOMER, "3 piece");
    }

    @Test
    void allThatIsSaidOfASaleIsKeptAsItWasSaid() {
        Price price = new Price(BigMoney.parse("EUR 2.55"), BigMoney.parse("EUR 0.41"), null);
        Charge postage = new Charge("POSTAGE", "2nd class", BigMoney.parse("EUR 1.5"));
        Tender cash = new Tender("cash", BigMoney.parse("EUR 4.05"));
        RecordSale command = new RecordSale(
                document(Kind.ORDER, "s1"),
                POS,
                BERLIN,
                "till-2",
                List.of(new RecordSale.Line(scanned("4006381333931", "1"), price)),
                List.of(postage),
                List.of(cash),
                "c-77",
                null,
                false);

        given(chain(barcode("4006381333931", "1", TEA), stocked(TEA, BERLIN, "1 piece")))
                .when(command)
                .then(
                        new SaleRecorded(
                                "s1",
                                POS,
                                BERLIN,
                                "till-2",
                                List.of(new SoldLine(
                                        TEA, BERLIN, Quantity.of(1, Unit.PIECE), price, "4006381333931", null)),
                                List.of(postage),
                                List.of(cash),
                                "c-77",
                                null,
                                null),
                        sold(POS, TEA, BERLIN, "1 piece", Map.of(), null));
    }

    @Test
    void aSaleMayHoldChargesAlone() {
        Charge fee = new Charge("FEE", null, BigMoney.parse("EUR -3"));
        RecordSale command = new RecordSale(
                document(Kind.ORDER, "s1"), POS, BERLIN, null, List.of(), List.of(fee), List.of(), null, null, false);

        given(chain())
                .when(command)
                .then(new SaleRecorded("s1", POS, BERLIN, null, List.of(), List.of(fee), List.of(), null, null, null));
    }

    @Test
    void nothingIsSoldThatIsNotThere() {
        given(chain(stocked(TEA, BERLIN, "2 piece")))
                .when(sale("s1", POS, BERLIN, goods(TEA, "3"), goods(CUP, "1")))
                .thenRefused(new StockRefusal.InsufficientStock(
                        POS,
                        List.of(
                                shortage(TEA, BERLIN, "3 piece", "2 piece"),
                                shortage(CUP, BERLIN, "1 piece", "0 piece"))));
    }

    @Test
    void nothingIsSoldThatWasPromisedToOthers() {
        given(chain(stocked(TEA, BERLIN, "10 piece")))
                .and(reserve("r1", WEB, BERLIN, goods(TEA, "8")))
                .when(sale("s1", POS, BERLIN, goods(TEA, "3")))
                .thenRefused(
                        new StockRefusal.InsufficientStock(POS, List.of(shortage(TEA, BERLIN, "3 piece", "2 piece"))));
    }

    @Test
    void linesThatNameAnItemTwiceAreSummedAndKeptApartOnTheSale() {
        Scenario ten = given(chain(barcode("4006381333931", "6", TEA), stocked(TEA, BERLIN, "10 piece")));

        ten.when(sale("s1", POS, BERLIN, goods(TEA, "5"), scanned("4006381333931", "1")))
                .thenRefused(new StockRefusal.InsufficientStock(
                        POS, List.of(shortage(TEA, BERLIN, "11 piece", "10 piece"))));
        ten.when(sale("s2", POS, BERLIN, goods(TEA, "4"), scanned("4006381333931", "1")))
                .then(
                        recorded(
                                "s2",
                                POS,
                                BERLIN,
                                null,
                                line(TEA, BERLIN, "4 piece", null),
                                new SoldLine(
                                        TEA, BERLIN, Quantity.of(6, Unit.PIECE), Price.NONE, "4006381333931", null)),
                        sold(POS, TEA, BERLIN, "10 piece", Map.of(), null));
    }

    @Test
    void aPackMayBeSoldInPartsThatMakeWholePieces() {
        Scenario packs = given(chain(barcode("4006381333931", "12", TEA), stocked(TEA, BERLIN, "100 piece")));

        packs.when(sale("s1", POS, BERLIN, scanned("4006381333931", "1.5")))
                .thenEffects(sold(POS, TEA, BERLIN, "18 piece", Map.of(), null));
        packs.when(sale("s2", POS, BERLIN, scanned("4006381333931", "0.3")))
                .thenRefused(new ItemRefusal.QuantityDoesNotFitUnit(TEA, new BigDecimal("3.6"), Unit.PIECE));
    }

    @Test
    void weighedGoodsAreSoldToTheGram() {
        given(chain(stocked(CHEESE, BERLIN, "2 kg")))
                .when(sale("s1", POS, BERLIN, goods(CHEESE, "0.755")))
                .thenEffects(sold(POS, CHEESE, BERLIN, "0.755 kg", Map.of(), null))
                .thenStock(CHEESE, BERLIN, Bucket.SELLABLE, "1.245 kg");
    }

    @Test
    void whatIsUnknownIsRefusedInTheOrderInWhichRefusalsAreListed() {
        Scenario chain = given(chain());

        chain.when(sale("s1", POS, "atlantis", "r1", false, goods("unicorn", "1")))
                .thenRefused(new LocationRefusal.UnknownLocation("atlantis"));
        chain.when(sale("s1", POS, BERLIN, "r1", false, goods("unicorn", "1")))
                .thenRefused(new ItemRefusal.UnknownItem("unicorn"));
        chain.when(sale("s1", POS, BERLIN, "r1", false, scanned("123", "1")))
                .thenRefused(new ItemRefusal.UnknownBarcode("123"));
        chain.when(sale("s1", POS, BERLIN, "r1", false, goods(TEA, "0.5")))
                .thenRefused(new ItemRefusal.QuantityDoesNotFitUnit(TEA, new BigDecimal("0.5"), Unit.PIECE));
        chain.when(sale("s1", POS, BERLIN, "r1", false, goods(TEA, "5")))
                .thenRefused(new ReservationRefusal.UnknownReservation("r1"));
        chain.when(sale("s1", POS, BERLIN, goods(TEA, "5")))
                .thenRefused(
                        new StockRefusal.InsufficientStock(POS, List.of(shortage(TEA, BERLIN, "5 piece", "0 piece"))));
    }

    @Test
    void whatTheCustomerCarriesOutIsSoldEvenIfTheLedgerHasFewer() {
        given(chain(stocked(TEA, BERLIN, "2 piece")))
                .when(handedOver("s1", POS, BERLIN, goods(TEA, "1"), goods(TEA, "3"), goods(CUP, "1")))
                .then(
                        recorded(
                                "s1",
                                POS,
                                BERLIN,
                                null,
                                line(TEA, BERLIN, "1 piece", null),
                                line(TEA, BERLIN, "3 piece", "2 piece"),
                                line(CUP, BERLIN, "1 piece", "1 piece")),
                        sold(POS, TEA, BERLIN, "4 piece", Map.of(), null),
                        sold(POS, CUP, BERLIN, "1 piece", Map.of(), null))
                .thenStock(TEA, BERLIN, Bucket.SELLABLE, "-2 piece");
    }

    @Test
    void belowZeroTheWholeOfTheNextHandedOverSaleIsShort() {
        given(chain())
                .and(handedOver("s1", POS, BERLIN, goods(TEA, "2")))
                .when(handedOver("s2", POS, BERLIN, goods(TEA, "3")))
                .then(
                        recorded("s2", POS, BERLIN, null, line(TEA, BERLIN, "3 piece", "3 piece")),
                        sold(POS, TEA, BERLIN, "3 piece", Map.of(), null));
    }

    @Test
    void belowZeroNothingIsAvailableRatherThanLessThanNothing() {
        given(chain())
                .and(handedOver("s1", POS, BERLIN, goods(TEA, "2")))
                .when(sale("s2", POS, BERLIN, goods(TEA, "1")))
                .thenRefused(
                        new StockRefusal.InsufficientStock(POS, List.of(shortage(TEA, BERLIN, "1 piece", "0 piece"))));
    }

    @Test
    void unitsPromisedToOthersThatAreHandedOverAreNotShort() {
        given(chain(stocked(TEA, BERLIN, "2 piece")))
                .and(reserve("r1", WEB, BERLIN, goods(TEA, "2")))
                .when(handedOver("s1", POS, BERLIN, goods(TEA, "2")))
                .then(
                        recorded("s1", POS, BERLIN, null, line(TEA, BERLIN, "2 piece", null)),
                        sold(POS, TEA, BERLIN, "2 piece", Map.of(), null))
                .thenAvailable(POS, TEA, BERLIN, "-2 piece");
    }

    @Test
    void aSaleThatWasRefusedLeavesNoOrder() {
        Scenario refused = given(chain());
        refused.streams()
                .add(
                        "order:s1",
                        new CommandRefused("record-sale", new ItemRefusal.UnknownItem("unicorn"), Set.of()),
                        Scenario.NOON);

        assertThat(refused.streams().find(Order.STREAM, "s1")).isEmpty();
    }

    private static SaleRecorded recorded(
            String id, String channel, @Nullable String location, @Nullable String reservation, SoldLine... lines) {
        return new SaleRecorded(
                id, channel, location, null, List.of(lines), List.of(), List.of(), null, reservation, null);
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
