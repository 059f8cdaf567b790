package io.stockledger.receiving;

import static io.stockledger.scenario.Scenario.NOON;
import static io.stockledger.scenario.Scenario.given;
import static io.stockledger.scenario.Shop.BERLIN;
import static io.stockledger.scenario.Shop.CHEESE;
import static io.stockledger.scenario.Shop.HALF_AN_HOUR;
import static io.stockledger.scenario.Shop.TEA;
import static io.stockledger.scenario.Shop.WEB;
import static io.stockledger.scenario.Shop.barcode;
import static io.stockledger.scenario.Shop.chain;
import static io.stockledger.scenario.Shop.document;
import static io.stockledger.scenario.Shop.goods;
import static io.stockledger.scenario.Shop.hold;
import static io.stockledger.scenario.Shop.receive;
import static io.stockledger.scenario.Shop.reserve;
import static io.stockledger.scenario.Shop.scanned;
import static io.stockledger.scenario.Shop.stocked;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockledger.document.DocumentRef.Kind;
import io.stockledger.document.InvalidCommand;
import io.stockledger.item.ItemRefusal;
import io.stockledger.location.LocationRefusal;
import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.receiving.ReceivingFact.GoodsReceived;
import io.stockledger.receiving.ReceivingFact.ReceivedLine;
import io.stockledger.scenario.Scenario;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.StockFact.ReservationsLapsed;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.joda.money.BigMoney;
import org.junit.jupiter.api.Test;

class ReceivingRulesTest {

    @Test
    void whatCameInIsThereAndSellable() {
        given(chain())
                .when(receive("d1", BERLIN, goods(TEA, "10"), goods(CHEESE, "2.5")))
                .then(
                        new GoodsReceived(
                                "d1",
                                BERLIN,
                                "supplier-1",
                                null,
                                List.of(line(TEA, "10 piece"), line(CHEESE, "2.5 kg"))),
                        stocked(TEA, BERLIN, "10 piece"),
                        stocked(CHEESE, BERLIN, "2.5 kg"))
                .thenStock(TEA, BERLIN, Bucket.SUPPLIER, "-10 piece")
                .thenAvailable(WEB, TEA, BERLIN, "10 piece");
    }

    @Test
    void linesThatNameAnItemTwiceMoveItOnceAndStayApartOnTheReceipt() {
        ReceiveGoods command = new ReceiveGoods(
                document(Kind.RECEIPT, "d1"),
                BERLIN,
                null,
                "po-7",
                List.of(
                        new ReceiveGoods.Line(
                                goods(TEA, "2"),
                                "lot-1",
                                LocalDate.of(2027, 1, 31),
                                List.of("a", "b"),
                                BigMoney.parse("EUR 1.999")),
                        new ReceiveGoods.Line(scanned("4006381333931", "3"), "lot-2", null, List.of(), null)));

        given(chain(barcode("4006381333931", "12", TEA)))
                .when(command)
                .then(
                        new GoodsReceived(
                                "d1",
                                BERLIN,
                                null,
                                "po-7",
                                List.of(
                                        new ReceivedLine(
                                                TEA,
                                                Quantity.of(2, Unit.PIECE),
                                                null,
                                                "lot-1",
                                                LocalDate.of(2027, 1, 31),
                                                List.of("a", "b"),
                                                BigMoney.parse("EUR 1.999")),
                                        new ReceivedLine(
                                                TEA,
                                                Quantity.of(36, Unit.PIECE),
                                                "4006381333931",
                                                "lot-2",
                                                null,
                                                List.of(),
                                                null))),
                        stocked(TEA, BERLIN, "38 piece"));
    }

    @Test
    void reservationsThatHaveRunOutAreToldWhenGoodsComeIn() {
        given(chain(stocked(TEA, BERLIN, "1 piece")))
                .and(reserve("r1", WEB, BERLIN, goods(TEA, "1")))
                .after(HALF_AN_HOUR)
                .when(receive("d1", BERLIN, goods(TEA, "1")))
                .thenEffects(
                        new ReservationsLapsed(
                                TEA, BERLIN, List.of(hold("r1", WEB, "1 piece", NOON.plus(HALF_AN_HOUR)))),
                        stocked(TEA, BERLIN, "1 piece"));
    }

    @Test
    void whatIsUnknownIsRefusedInTheOrderInWhichRefusalsAreListed() {
        Scenario chain = given(chain());

        chain.when(receive("d1", "atlantis", goods("unicorn", "1")))
                .thenRefused(new LocationRefusal.UnknownLocation("atlantis"));
        chain.when(receive("d1", BERLIN, goods("unicorn", "1"))).thenRefused(new ItemRefusal.UnknownItem("unicorn"));
        chain.when(receive("d1", BERLIN, scanned("123", "1"))).thenRefused(new ItemRefusal.UnknownBarcode("123"));
        chain.when(receive("d1", BERLIN, goods(TEA, "0.5")))
                .thenRefused(new ItemRefusal.QuantityDoesNotFitUnit(TEA, new BigDecimal("0.5"), Unit.PIECE));
    }

    @Test
    void serialsAreOneForEachPieceAndEachOnce() {
        assertThatThrownBy(() -> new ReceiveGoods.Line(goods(TEA, "2"), null, null, List.of("a"), null))
                .isInstanceOf(InvalidCommand.class)
                .hasMessage("lines.serials: 1 (expected: one for each of 2)");
        assertThatThrownBy(() -> new ReceiveGoods.Line(goods(TEA, "2"), null, null, List.of("a", "a"), null))
                .isInstanceOf(InvalidCommand.class)
                .hasMessage("lines.serials: one of them twice (expected: each once)");
    }

    @Test
    void aReceiptSaysWhereItsGoodsCameFrom() {
        assertThatThrownBy(
                        () -> new ReceiveGoods(document(Kind.RECEIPT, "d1"), BERLIN, "", "", List.of(receiptLine("1"))))
                .isInstanceOf(InvalidCommand.class)
                .hasMessage("supplier: missing, and no purchaseOrder (expected: at least one of them)");
    }

    private static ReceiveGoods.Line receiptLine(String quantity) {
        return new ReceiveGoods.Line(goods(TEA, quantity), null, null, List.of(), null);
    }

    private static ReceivedLine line(String sku, String quantity) {
        return new ReceivedLine(sku, Quantity.parse(quantity), null, null, null, List.of(), null);
    }
}
