package io.stockledger.adjustment;

import static io.stockledger.scenario.Scenario.NOON;
import static io.stockledger.scenario.Scenario.given;
import static io.stockledger.scenario.Shop.BERLIN;
import static io.stockledger.scenario.Shop.CHEESE;
import static io.stockledger.scenario.Shop.CUP;
import static io.stockledger.scenario.Shop.POS;
import static io.stockledger.scenario.Shop.TEA;
import static io.stockledger.scenario.Shop.barcode;
import static io.stockledger.scenario.Shop.chain;
import static io.stockledger.scenario.Shop.count;
import static io.stockledger.scenario.Shop.giveBack;
import static io.stockledger.scenario.Shop.goods;
import static io.stockledger.scenario.Shop.handedOver;
import static io.stockledger.scenario.Shop.receive;
import static io.stockledger.scenario.Shop.sale;
import static io.stockledger.scenario.Shop.scanned;
import static io.stockledger.scenario.Shop.stocked;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.adjustment.AdjustmentFact.CountedItem;
import io.stockledger.adjustment.AdjustmentFact.StockCounted;
import io.stockledger.decision.Streams.PastFact;
import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.scenario.Scenario;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.Posting;
import io.stockledger.stock.StockFact.Cause;
import io.stockledger.stock.StockFact.CountTaken;
import io.stockledger.stock.StockFact.StockMoved;
import io.stockledger.stock.StockState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A count is true for its moment, whenever it and what happened around it are told. */
class CountRulesTest {

    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void aCountPostsTheDifferenceAndKeepsWhatWasExpected() {
        given(chain(
                        stocked(TEA, BERLIN, "10 piece"),
                        stocked(CUP, BERLIN, "3 piece"),
                        stocked(CHEESE, BERLIN, "1.2 kg")))
                .when(count("c1", BERLIN, goods(TEA, "8"), goods(CUP, "3"), goods(CHEESE, "1.25")))
                .then(
                        new StockCounted(
                                "c1",
                                BERLIN,
                                List.of(
                                        counted(TEA, "8 piece", "10 piece"),
                                        counted(CUP, "3 piece", "3 piece"),
                                        counted(CHEESE, "1.25 kg", "1.2 kg"))),
                        new CountTaken(TEA, BERLIN, "c1", Quantity.parse("8 piece")),
                        difference(TEA, Bucket.SELLABLE, Bucket.LOST, "2 piece"),
                        new CountTaken(CUP, BERLIN, "c1", Quantity.parse("3 piece")),
                        new CountTaken(CHEESE, BERLIN, "c1", Quantity.parse("1.25 kg")),
                        difference(CHEESE, Bucket.FOUND, Bucket.SELLABLE, "0.05 kg"));
    }

    @Test
    void anItemCountedOnTwoShelvesIsSummed() {
        given(chain(barcode("4006381333931", "6", TEA), stocked(TEA, BERLIN, "10 piece")))
                .when(count("c1", BERLIN, goods(TEA, "4"), scanned("4006381333931", "1")))
                .then(
                        new StockCounted("c1", BERLIN, List.of(counted(TEA, "10 piece", "10 piece"))),
                        new CountTaken(TEA, BERLIN, "c1", Quantity.parse("10 piece")));
    }

    @Test
    void aCountOfNothingIsACount() {
        given(chain(stocked(TEA, BERLIN, "10 piece")))
                .when(count("c1", BERLIN, goods(TEA, "0")))
                .thenEffects(
                        new CountTaken(TEA, BERLIN, "c1", Quantity.parse("0 piece")),
                        difference(TEA, Bucket.SELLABLE, Bucket.LOST, "10 piece"));
    }

    @Test
    void aCountMendsWhatWasSoldBelowZero() {
        given(chain())
                .and(handedOver("s1", POS, BERLIN, goods(TEA, "2")))
                .when(count("c1", BERLIN, goods(TEA, "1")))
                .then(
                        new StockCounted("c1", BERLIN, List.of(counted(TEA, "1 piece", "-2 piece"))),
                        new CountTaken(TEA, BERLIN, "c1", Quantity.parse("1 piece")),
                        difference(TEA, Bucket.FOUND, Bucket.SELLABLE, "3 piece"));
    }

    @Test
    void aCountThatIsToldLateIsComparedWithWhatWasThereThen() {
        there("10")
                .ago(hours(1))
                .and(sale("s1", POS, BERLIN, goods(TEA, "3")))
                .ago(hours(2))
                .when(count("c1", BERLIN, goods(TEA, "10")))
                .then(
                        new StockCounted("c1", BERLIN, List.of(new CountedItem(TEA, pieces(10), pieces(10)))),
                        new CountTaken(TEA, BERLIN, "c1", pieces(10)))
                .thenStock(TEA, BERLIN, Bucket.SELLABLE, "7 piece");
    }

    @Test
    void whatHappenedBeforeACountAndIsToldAfterItIsPartOfItsDifference() {
        Scenario counted = there("97").ago(hours(1)).and(count("c1", BERLIN, goods(TEA, "90")));

        counted.ago(hours(2))
                .when(handedOver("s1", POS, BERLIN, goods(TEA, "2")))
                .thenStock(TEA, BERLIN, Bucket.SELLABLE, "90 piece")
                .thenStock(TEA, BERLIN, Bucket.CUSTOMER, "2 piece")
                .thenStock(TEA, BERLIN, Bucket.LOST, "5 piece");
        assertThat(counted.effects().get(0)).isEqualTo(explained(Bucket.LOST, Bucket.SELLABLE, 2));
        assertThat(thereAt(counted, NOON.minus(hours(3)))).isEqualTo(pieces(97));
        assertThat(thereAt(counted, NOON.minus(Duration.ofMinutes(90)))).isEqualTo(pieces(95));
        assertThat(thereAt(counted, NOON.minus(hours(1)))).isEqualTo(pieces(90));
    }

    @Test
    void aDifferenceMayTurnIntoItsContrary() {
        there("10")
                .ago(hours(1))
                .and(count("c1", BERLIN, goods(TEA, "9")))
                .ago(hours(2))
                .when(handedOver("s1", POS, BERLIN, goods(TEA, "3")))
                .thenStock(TEA, BERLIN, Bucket.SELLABLE, "9 piece")
                .thenStock(TEA, BERLIN, Bucket.LOST, "0 piece")
                .thenStock(TEA, BERLIN, Bucket.FOUND, "-2 piece")
                .when(receive("g1", BERLIN, goods(TEA, "5")))
                .thenStock(TEA, BERLIN, Bucket.SELLABLE, "9 piece")
                .thenStock(TEA, BERLIN, Bucket.LOST, "3 piece")
                .thenStock(TEA, BERLIN, Bucket.FOUND, "0 piece");
    }

    @Test
    void ofSeveralCountsTheFirstOneAfterwardsExplains() {
        there("20")
                .ago(hours(3))
                .and(count("c1", BERLIN, goods(TEA, "18")))
                .ago(hours(1))
                .and(count("c2", BERLIN, goods(TEA, "17")))
                .ago(hours(2))
                .when(handedOver("s1", POS, BERLIN, goods(TEA, "1")))
                .thenStock(TEA, BERLIN, Bucket.SELLABLE, "17 piece")
                .thenStock(TEA, BERLIN, Bucket.LOST, "2 piece")
                .ago(hours(4))
                .when(handedOver("s2", POS, BERLIN, goods(TEA, "2")))
                .thenStock(TEA, BERLIN, Bucket.SELLABLE, "17 piece")
                .thenStock(TEA, BERLIN, Bucket.LOST, "0 piece");
    }

    @Test
    void anEarlierCountThatIsToldLaterChangesNothingSinceTheOneThatIsKnown() {
        there("10")
                .ago(hours(1))
                .and(count("c1", BERLIN, goods(TEA, "8")))
                .ago(hours(2))
                .when(count("c0", BERLIN, goods(TEA, "9")))
                .thenStock(TEA, BERLIN, Bucket.SELLABLE, "8 piece")
                .thenStock(TEA, BERLIN, Bucket.LOST, "2 piece");
    }

    @Test
    void whatComesBackIsComparedLikewise() {
        there("10")
                .ago(hours(3))
                .and(sale("s1", POS, BERLIN, goods(TEA, "2")))
                .ago(hours(1))
                .and(count("c1", BERLIN, goods(TEA, "9")))
                .ago(hours(2))
                .when(giveBack("b1", BERLIN, "s1", goods(TEA, "1")))
                .thenStock(TEA, BERLIN, Bucket.SELLABLE, "9 piece")
                .thenStock(TEA, BERLIN, Bucket.FOUND, "0 piece");
    }

    @Test
    void aClockThatIsAheadIsNotBelieved() {
        there("10")
                .ago(hours(-1))
                .and(sale("s1", POS, BERLIN, goods(TEA, "3")))
                .now()
                .when(count("c1", BERLIN, goods(TEA, "7")))
                .thenStock(TEA, BERLIN, Bucket.SELLABLE, "7 piece")
                .thenStock(TEA, BERLIN, Bucket.LOST, "0 piece");
    }

    private static Scenario there(String quantity) {
        return given(chain())
                .ago(DAY)
                .and(receive("g0", BERLIN, goods(TEA, quantity)))
                .now();
    }

    private static StockMoved explained(Bucket from, Bucket to, int quantity) {
        return new StockMoved(
                TEA,
                BERLIN,
                Cause.COUNTED,
                null,
                List.of(new Posting(from, to, pieces(quantity))),
                Map.of(),
                null,
                "c1");
    }

    private static Quantity thereAt(Scenario scenario, Instant instant) {
        return scenario.streams().factsSince(StockState.STREAM, TEA + "@" + BERLIN, Instant.MIN).orElseThrow().stream()
                .filter(past -> !past.happened().isAfter(instant))
                .map(PastFact::fact)
                .filter(StockMoved.class::isInstance)
                .map(moved -> ((StockMoved) moved).change(Bucket.SELLABLE))
                .reduce(pieces(0), Quantity::plus);
    }

    private static Duration hours(int hours) {
        return Duration.ofHours(hours);
    }

    private static Quantity pieces(int amount) {
        return Quantity.of(amount, Unit.PIECE);
    }

    private static CountedItem counted(String sku, String counted, String expected) {
        return new CountedItem(sku, Quantity.parse(counted), Quantity.parse(expected));
    }

    private static StockMoved difference(String sku, Bucket from, Bucket to, String quantity) {
        List<Posting> postings = List.of(new Posting(from, to, Quantity.parse(quantity)));
        return new StockMoved(sku, BERLIN, Cause.COUNTED, null, postings, Map.of(), null, "c1");
    }
}
