package io.stockledger.ledger;

import static io.stockledger.scenario.Scenario.NOON;
import static io.stockledger.scenario.Shop.BERLIN;
import static io.stockledger.scenario.Shop.POS;
import static io.stockledger.scenario.Shop.TEA;
import static io.stockledger.scenario.Shop.count;
import static io.stockledger.scenario.Shop.goods;
import static io.stockledger.scenario.Shop.receive;
import static io.stockledger.scenario.Shop.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockledger.adjustment.AdjustmentFact.CountedItem;
import io.stockledger.adjustment.AdjustmentFact.StockCounted;
import io.stockledger.adjustment.AdjustmentRefusal.CountedTooLongAgo;
import io.stockledger.document.InvalidCommand;
import io.stockledger.document.Provenance;
import io.stockledger.quantity.Quantity;
import io.stockledger.stock.StockFact.StockMoved;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told after it happened, and what is told before. */
class LateTest {

    private static final Instant NINE = NOON.minus(Duration.ofHours(3));

    private final MemoryFactStore store = new MemoryFactStore();
    private Node node = Node.on(store);

    @BeforeEach
    void openAShopWithTea() {
        node.at(NINE);
        node.openAShopWithTea();
    }

    @AfterEach
    void close() throws InterruptedException {
        node.close();
    }

    /** What was told since is partly in the store, partly on its way there, and partly in the same batch. */
    @Test
    void aLateCountLooksThroughAllThatWasToldSince() {
        node.at(NOON);
        node.accepted(sale("s1", POS, BERLIN, goods(TEA, "1")));
        Node.Held first = node.hold();
        CompletableFuture<Answer> underWay = node.submit(sale("s2", POS, BERLIN, goods(TEA, "1")));
        first.awaitBegun();
        CompletableFuture<Answer> inTheBatch = node.submit(sale("s3", POS, BERLIN, goods(TEA, "1")));
        CompletableFuture<Answer> counted =
                node.ledger().submit(count("c1", BERLIN, goods(TEA, "9")), at(NINE.plusSeconds(1)));
        first.letGo();

        Node.answersOf(List.of(underWay, inTheBatch));
        assertThat(((Answer.Accepted) Node.answerOf(counted)).fact())
                .isEqualTo(new StockCounted(
                        "c1",
                        BERLIN,
                        List.of(new CountedItem(TEA, Quantity.parse("9 piece"), Quantity.parse("10 piece")))));
        assertThat(node.accepted(count("c2", BERLIN, goods(TEA, "6"))).fact())
                .isEqualTo(new StockCounted(
                        "c2",
                        BERLIN,
                        List.of(new CountedItem(TEA, Quantity.parse("6 piece"), Quantity.parse("6 piece")))));
    }

    @Test
    void whatExplainsACountHasTheCountsTime() {
        node.at(NOON);
        node.accepted(count("c1", BERLIN, goods(TEA, "8")));
        node.at(NOON.plusSeconds(60));
        node.answer(sale("s1", POS, BERLIN, goods(TEA, "2")), at(NINE.plusSeconds(1)));

        List<StoredFact> stock = store.read("stock:" + TEA + "@" + BERLIN);
        List<StoredFact> told = stock.subList(stock.size() - 2, stock.size());
        assertThat(told).allMatch(fact -> fact.fact() instanceof StockMoved);
        assertThat(told).extracting(fact -> fact.meta().businessTime()).containsExactly(NOON, NINE.plusSeconds(1));
        assertThat(told).extracting(fact -> fact.meta().document()).containsOnly("order:s1");
    }

    @Test
    void aCountOfLongAgoIsRefusedWhereTooMuchWasToldSince() {
        node.at(NOON);
        List<CompletableFuture<Answer>> waiting = new ArrayList<>();
        for (int i = 0; i < 25_000; i++) {
            waiting.add(node.submit(receive("many" + i, BERLIN, goods(TEA, "1"))));
            if (waiting.size() == 60) {
                Node.answersOf(waiting);
                waiting.clear();
            }
        }
        Node.answersOf(waiting);

        Answer late = node.answer(count("c1", BERLIN, goods(TEA, "10")), at(NINE.plusSeconds(1)));
        assertThat(((Answer.Refused) late).refusal())
                .isEqualTo(new CountedTooLongAgo(TEA, BERLIN, NINE.plusSeconds(1)));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-02T12:02:01Z, not after 2026-03-02T12:02:00Z",
        "2099-01-01T00:00:00Z, not after 2026-03-02T12:02:00Z",
        "2026-02-20T11:59:59Z, not before 2026-02-20T12:00:00Z"
    })
    void aBusinessTimeThatIsNotBelievedIsSaidAndBurnsNoNumber(Instant businessTime, String expected)
            throws InterruptedException {
        believeTenDays();

        assertThatThrownBy(() -> node.answer(sale("s1", POS, BERLIN, goods(TEA, "1")), at(businessTime)))
                .hasCauseInstanceOf(InvalidCommand.class)
                .hasMessageContaining("occasion.businessTime: " + businessTime)
                .hasMessageContaining(expected);
        assertThat(node.accepted(sale("s1", POS, BERLIN, goods(TEA, "1"))).repeated())
                .isFalse();
    }

    @Test
    void whatWasAcceptedIsAnsweredHoweverLateItIsRepeated() throws InterruptedException {
        believeTenDays();
        Provenance nineDaysAgo = at(NINE.minus(Duration.ofDays(9)));
        Answer first = node.answer(sale("s1", POS, BERLIN, goods(TEA, "1")), nineDaysAgo);
        node.at(NOON.plus(Duration.ofDays(5)));

        assertThat(node.answer(sale("s1", POS, BERLIN, goods(TEA, "1")), nineDaysAgo))
                .isEqualTo(first.again());
    }

    @Test
    void aClockThatIsAheadIsRecordedAsTheLedgersOwn() {
        node.at(NOON);
        node.answer(sale("s1", POS, BERLIN, goods(TEA, "1")), at(NOON.plusSeconds(100)));

        assertThat(store.read("order:s1"))
                .extracting(fact -> fact.meta().businessTime())
                .containsExactly(NOON);
    }

    @Test
    void aTimeThatNobodyFilledInIsNoTime() {
        assertThatThrownBy(() -> at(Instant.EPOCH))
                .isInstanceOf(InvalidCommand.class)
                .hasMessageContaining("occasion.businessTime: 1970-01-01T00:00:00Z");
    }

    private void believeTenDays() throws InterruptedException {
        node.close();
        BusinessTimes tenDays = new BusinessTimes(Duration.ofMinutes(2), Duration.ofDays(10));
        node = Node.on(store, new LedgerSettings(64, 16, 1_000, 1_000, 1_000, 10, Duration.ofSeconds(10), tenDays));
    }

    private static Provenance at(Instant businessTime) {
        return new Provenance("till-1", null, businessTime, null, Set.of());
    }
}
