package io.stockledger.ledger;

import static io.stockledger.scenario.Shop.BERLIN;
import static io.stockledger.scenario.Shop.POS;
import static io.stockledger.scenario.Shop.TEA;
import static io.stockledger.scenario.Shop.WEB;
import static io.stockledger.scenario.Shop.confirm;
import static io.stockledger.scenario.Shop.count;
import static io.stockledger.scenario.Shop.document;
import static io.stockledger.scenario.Shop.goods;
import static io.stockledger.scenario.Shop.receive;
import static io.stockledger.scenario.Shop.reserve;
import static io.stockledger.scenario.Shop.sale;
import static io.stockledger.scenario.Shop.scanned;
import static io.stockledger.scenario.Shop.shortage;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.adjustment.AdjustmentFact.CountedItem;
import io.stockledger.adjustment.AdjustmentFact.StockCounted;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.DocumentRef.Kind;
import io.stockledger.document.DocumentRefusal;
import io.stockledger.item.Barcode;
import io.stockledger.item.RegisterItem;
import io.stockledger.location.LocationKind;
import io.stockledger.location.OpenLocation;
import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.reservation.ReservationRefusal;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.StockRefusal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two ledgers that write to one store and know nothing of each other. */
class TwoNodesTest {

    private final MemoryFactStore store = new MemoryFactStore();
    private final Node here = Node.on(store);
    private final Node there = Node.on(store);

    @BeforeEach
    void openAShopWithTea() {
        here.accepted(new OpenLocation(document(Kind.INSTRUCTION, "open"), BERLIN, "Berlin", LocationKind.SHOP));
        here.accepted(register("item", "4006381333931"));
    }

    @AfterEach
    void close() throws InterruptedException {
        here.close();
        there.close();
    }

    @Test
    void ofFiveHundredUnitsExactlyFiveHundredAreSoldToSixtyFourBuyersInTenThousandTries() throws Exception {
        here.accepted(receive("d1", BERLIN, goods(TEA, "500")));
        int tries = 10_000;
        AtomicInteger next = new AtomicInteger();
        AtomicInteger sold = new AtomicInteger();
        ExecutorService buyers = Executors.newFixedThreadPool(64);
        List<Future<?>> running = new ArrayList<>();
        for (int buyer = 0; buyer < 64; buyer++) {
            Node node = buyer % 2 == 0 ? here : there;
            running.add(buyers.submit(() -> {
                for (int i = next.getAndIncrement(); i < tries; i = next.getAndIncrement()) {
                    if (node.answer(sale("s" + i, POS, BERLIN, goods(TEA, "1"))) instanceof Answer.Accepted) {
                        sold.incrementAndGet();
                    }
                }
            }));
        }
        for (Future<?> one : running) {
            one.get();
        }
        buyers.shutdown();

        assertThat(sold.get()).isEqualTo(500);
        assertThat(store.thousandthsIn(Bucket.SELLABLE)).isZero();
        assertThat(store.all().stream()
                        .filter(fact -> fact.stream().startsWith("order:"))
                        .count())
                .isEqualTo(tries);
    }

    @Test
    void aStaleNodeIsRefusedByTheStoreReadsAgainAndDecidesAnew() {
        here.accepted(receive("d1", BERLIN, goods(TEA, "1")));
        assertThat(there.answer(sale("s1", POS, BERLIN, goods(TEA, "2")))).isInstanceOf(Answer.Refused.class);
        here.accepted(sale("s2", POS, BERLIN, goods(TEA, "1")));

        assertThat(there.answer(sale("s3", POS, BERLIN, goods(TEA, "1"))))
                .isEqualTo(new Answer.Refused(
                        new DocumentRef(Kind.ORDER, "s3"),
                        new StockRefusal.InsufficientStock(POS, List.of(shortage(TEA, BERLIN, "1 piece", "0 piece"))),
                        false));
    }

    @Test
    void aRefusalIsNotGivenForStockThatAnotherNodeHasReceivedSince() {
        assertThat(there.answer(sale("s1", POS, BERLIN, goods(TEA, "1")))).isInstanceOf(Answer.Refused.class);
        here.accepted(receive("d1", BERLIN, goods(TEA, "1")));

        assertThat(there.answer(sale("s2", POS, BERLIN, goods(TEA, "1")))).isInstanceOf(Answer.Accepted.class);
    }

    @Test
    void aReservationMadeOnOneNodeIsConfirmedOnTheOther() {
        here.accepted(receive("d1", BERLIN, goods(TEA, "1")));
        assertThat(there.answer(confirm("s1", "r1"))).isInstanceOf(Answer.Refused.class);
        here.accepted(reserve("r1", WEB, BERLIN, goods(TEA, "1")));

        assertThat(there.answer(confirm("s2", "r1"))).isInstanceOf(Answer.Accepted.class);
        assertThat(here.answer(confirm("s3", "r1")))
                .isEqualTo(new Answer.Refused(
                        new DocumentRef(Kind.ORDER, "s3"),
                        new ReservationRefusal.ReservationEnded("r1", "it became order s2", Set.of(BERLIN)),
                        false));
    }

    @Test
    void aDocumentSentToBothNodesHasOneEffect() {
        here.accepted(receive("d1", BERLIN, goods(TEA, "5")));
        Answer first = here.answer(sale("s1", POS, BERLIN, goods(TEA, "1")));

        assertThat(there.answer(sale("s1", POS, BERLIN, goods(TEA, "1")))).isEqualTo(first.again());
        assertThat(there.answer(sale("s1", POS, BERLIN, goods(TEA, "2"))))
                .isEqualTo(new Answer.Refused(
                        new DocumentRef(Kind.ORDER, "s1"),
                        new DocumentRefusal.IdReused("order:s1", List.of("lines")),
                        false));
        assertThat(store.thousandthsIn(Bucket.SELLABLE)).isEqualTo(4_000);
    }

    @Test
    void aBarcodeThatAnotherNodeHasGivenToAnotherItemNamesThatOne() {
        here.accepted(receive("d1", BERLIN, goods(TEA, "5")));
        there.accepted(sale("s1", POS, BERLIN, scanned("4006381333931", "1")));
        here.accepted(register("item-2"));
        here.accepted(new RegisterItem(
                document(Kind.INSTRUCTION, "jam"),
                "jam",
                "Jam",
                Unit.PIECE,
                List.of(new Barcode("4006381333931", BigDecimal.ONE)),
                null));
        here.accepted(receive("d2", BERLIN, goods("jam", "5")));

        there.accepted(sale("s2", POS, BERLIN, scanned("4006381333931", "1")));
        assertThat(here.answer(sale("s3", POS, BERLIN, goods("jam", "5")))).isInstanceOf(Answer.Refused.class);
    }

    @Test
    void aCountThatAgreesWithWhatAnotherNodeHasSoldFromIsComparedWithWhatIsLeft() {
        here.accepted(receive("d1", BERLIN, goods(TEA, "5")));
        there.accepted(sale("s1", POS, BERLIN, goods(TEA, "1")));
        here.accepted(sale("s2", POS, BERLIN, goods(TEA, "1")));

        StockCounted counted = (StockCounted)
                there.accepted(count("c1", BERLIN, goods(TEA, "4"))).fact();
        assertThat(counted.items()).containsExactly(new CountedItem(TEA, pieces(4), pieces(3)));
        assertThat(store.thousandthsIn(Bucket.SELLABLE)).isEqualTo(4_000);
    }

    @Test
    void anItemThatAnotherNodeHasRenamedIsNamedBack() {
        there.accepted(register("item-2", "4006381333931"));
        here.accepted(
                new RegisterItem(document(Kind.INSTRUCTION, "item-3"), TEA, "Green tea", Unit.PIECE, List.of(), null));
        long head = store.head();

        there.accepted(register("item-4", "4006381333931"));
        assertThat(store.head()).isEqualTo(head + 3);
    }

    private static Quantity pieces(long number) {
        return Quantity.of(number, Unit.PIECE);
    }

    private static RegisterItem register(String id, String... barcodes) {
        List<Barcode> codes = new ArrayList<>();
        for (String code : barcodes) {
            codes.add(new Barcode(code, BigDecimal.ONE));
        }
        return new RegisterItem(document(Kind.INSTRUCTION, id), TEA, "Tea", Unit.PIECE, codes, null);
    }
}
