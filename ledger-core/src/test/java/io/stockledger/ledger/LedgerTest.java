package io.stockledger.ledger;

import static io.stockledger.ledger.Node.ANYBODY;
import static io.stockledger.ledger.Node.SMALL;
import static io.stockledger.ledger.Node.answerOf;
import static io.stockledger.ledger.Node.answersOf;
import static io.stockledger.scenario.Shop.BERLIN;
import static io.stockledger.scenario.Shop.POS;
import static io.stockledger.scenario.Shop.TEA;
import static io.stockledger.scenario.Shop.WEB;
import static io.stockledger.scenario.Shop.confirm;
import static io.stockledger.scenario.Shop.document;
import static io.stockledger.scenario.Shop.goods;
import static io.stockledger.scenario.Shop.receive;
import static io.stockledger.scenario.Shop.release;
import static io.stockledger.scenario.Shop.reserve;
import static io.stockledger.scenario.Shop.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stockledger.document.Command;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.DocumentRef.Kind;
import io.stockledger.document.Fingerprint;
import io.stockledger.item.RegisterItem;
import io.stockledger.ledger.FactStore.StoreUnavailable;
import io.stockledger.location.LocationKind;
import io.stockledger.location.OpenLocation;
import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.scenario.Scenario;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.StockRefusal;
import io.stockledger.stock.StockSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private final MemoryFactStore store = new MemoryFactStore();
    private Node node = Node.on(store);

    @BeforeEach
    void openAShopWithTea() {
        prepare(node);
    }

    @AfterEach
    void close() throws InterruptedException {
        node.close();
    }

    @Test
    void commandsAreDecidedInTheOrderInWhichTheyAreHandedIn() {
        node.accepted(receive("d1", BERLIN, goods(TEA, "3")));
        Node.Held held = node.hold();
        List<CompletableFuture<Answer>> submitted = new ArrayList<>();
        submitted.add(node.submit(reserve("r1", WEB, BERLIN, goods(TEA, "2"))));
        held.awaitBegun();
        submitted.add(node.submit(sale("s1", POS, BERLIN, goods(TEA, "2"))));
        submitted.add(node.submit(release("i1", "r1")));
        submitted.add(node.submit(sale("s2", POS, BERLIN, goods(TEA, "2"))));
        submitted.add(node.submit(reserve("r2", WEB, BERLIN, goods(TEA, "1"))));
        submitted.add(node.submit(confirm("s3", "r2")));
        submitted.add(node.submit(sale("s4", POS, BERLIN, goods(TEA, "1"))));
        held.letGo();

        assertThat(answersOf(submitted).stream().map(Answer.Accepted.class::isInstance))
                .containsExactly(true, false, true, true, true, true, false);
        assertThat(documentsInOrder("d1"))
                .containsExactly(
                        "reservation:r1",
                        "order:s1",
                        "instruction:i1",
                        "order:s2",
                        "reservation:r2",
                        "order:s3",
                        "order:s4");
    }

    @Test
    void theAnswersPositionIsThatOfTheDocumentAfterAllItsEffects() {
        node.accepted(receive("d1", BERLIN, goods(TEA, "10")));
        Node.Held held = node.hold();
        List<CompletableFuture<Answer>> submitted = new ArrayList<>();
        submitted.add(node.submit(sale("s0", POS, BERLIN, goods(TEA, "1"))));
        held.awaitBegun();
        for (int i = 1; i <= 4; i++) {
            submitted.add(node.submit(sale("s" + i, POS, BERLIN, goods(TEA, "1"))));
        }
        held.letGo();

        for (Answer answer : answersOf(submitted)) {
            Answer.Accepted accepted = (Answer.Accepted) answer;
            StoredFact at = store.all().get((int) accepted.position() - 1);
            assertThat(at.stream()).isEqualTo(accepted.document().stream());
            assertThat(at.fact()).isEqualTo(accepted.fact());
            assertThat(store.all()
                            .subList((int) accepted.position(), store.all().size()))
                    .noneMatch(fact -> fact.meta().document().equals(at.stream()));
        }
    }

    @Test
    void aFullQueueRefusesAtOnceAndLosesNothing() {
        node.accepted(receive("d1", BERLIN, goods(TEA, "1000")));
        Node.Held held = node.hold();
        List<CompletableFuture<Answer>> submitted = new ArrayList<>();
        submitted.add(node.submit(sale("s0", POS, BERLIN, goods(TEA, "1"))));
        held.awaitBegun();
        // What is decided already and waits for its turn to be written adds to what waits, a batch or two.
        int most = SMALL.mostWaiting() + 2 * SMALL.mostPerBatch();
        assertThatThrownBy(() -> {
                    for (int i = 1; i <= most + 1; i++) {
                        submitted.add(node.submit(sale("s" + i, POS, BERLIN, goods(TEA, "1"))));
                    }
                })
                .isInstanceOf(LedgerBusy.class)
                .hasMessage("64 commands are waiting already");
        held.letGo();

        assertThat(submitted.size() - 1).isBetween(SMALL.mostWaiting(), most);
        assertThat(answersOf(submitted)).allMatch(Answer.Accepted.class::isInstance);
        String refused = "s" + submitted.size();
        assertThat(node.answer(sale(refused, POS, BERLIN, goods(TEA, "1"))).repeated())
                .isFalse();
    }

    @Test
    void aMistakeInOneCommandLeavesTheOthersOfItsBatchAlone() {
        node.accepted(receive("d1", BERLIN, goods(TEA, "10")));
        Node.Held held = node.hold();
        CompletableFuture<Answer> before = node.submit(sale("s0", POS, BERLIN, goods(TEA, "1")));
        held.awaitBegun();
        CompletableFuture<Answer> first = node.submit(sale("s1", POS, BERLIN, goods(TEA, "1")));
        CompletableFuture<Answer> mistaken = node.submit(new Unheard(document(Kind.INSTRUCTION, "i1")));
        CompletableFuture<Answer> last = node.submit(sale("s2", POS, BERLIN, goods(TEA, "1")));
        held.letGo();

        answerOf(before);
        assertThatThrownBy(() -> answerOf(mistaken))
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no rule decides");
        assertThat(answerOf(first)).isInstanceOf(Answer.Accepted.class);
        assertThat(answerOf(last)).isInstanceOf(Answer.Accepted.class);
    }

    @Test
    void aFactThatTheStoreCannotWriteFailsItsOwnCommandAlone() {
        node.accepted(receive("d1", BERLIN, goods(TEA, "10")));
        Node.Held held = node.hold();
        CompletableFuture<Answer> before = node.submit(sale("s0", POS, BERLIN, goods(TEA, "1")));
        held.awaitBegun();
        MemoryFactStore.Turn unwritable = (facts, write) -> {
            if (facts.stream().anyMatch(fact -> fact.stream().equals("order:s2"))) {
                throw new IllegalArgumentException("order:s2 cannot be written");
            }
            return write.now();
        };
        for (int i = 0; i < 6; i++) {
            store.next(unwritable);
        }
        List<CompletableFuture<Answer>> good = new ArrayList<>();
        good.add(node.submit(sale("s1", POS, BERLIN, goods(TEA, "1"))));
        CompletableFuture<Answer> bad = node.submit(sale("s2", POS, BERLIN, goods(TEA, "1")));
        good.add(node.submit(sale("s3", POS, BERLIN, goods(TEA, "1"))));
        good.add(node.submit(sale("s4", POS, BERLIN, goods(TEA, "1"))));
        held.letGo();

        answerOf(before);
        assertThat(answersOf(good)).allMatch(Answer.Accepted.class::isInstance);
        assertThatThrownBy(() -> answerOf(bad)).hasMessageContaining("order:s2 cannot be written");
        assertThat(sellable(node)).isEqualTo(6_000);
    }

    @Test
    void anObserverThatFailsCostsNobodyAnAnswer() throws InterruptedException {
        node.close();
        node = new Node(store, SMALL, new Failing());

        assertThat(node.answer(receive("d1", BERLIN, goods(TEA, "10")))).isInstanceOf(Answer.Accepted.class);
        assertThat(node.answer(sale("s1", POS, BERLIN, goods(TEA, "11")))).isInstanceOf(Answer.Refused.class);
        assertThatThrownBy(() -> node.answer(new Unheard(document(Kind.INSTRUCTION, "i1"))))
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThat(node.answer(sale("s2", POS, BERLIN, goods(TEA, "1")))).isInstanceOf(Answer.Accepted.class);
    }

    @Test
    void aBatchIsAppendedInPartsWhenItHasMoreFactsThanOneAppendMayHold() throws InterruptedException {
        node.close();
        LedgerSettings narrow = new LedgerSettings(64, 16, 5, 1_000, 1_000, 10, Duration.ofSeconds(10));
        Appends appends = new Appends();
        node = new Node(store, narrow, appends);
        Node.Held held = node.hold();
        List<CompletableFuture<Answer>> submitted = new ArrayList<>();
        submitted.add(node.submit(receive("d0", BERLIN, goods(TEA, "1"))));
        held.awaitBegun();
        for (int i = 1; i <= 10; i++) {
            submitted.add(node.submit(receive("d" + i, BERLIN, goods(TEA, "1"))));
        }
        held.letGo();

        assertThat(answersOf(submitted)).allMatch(Answer.Accepted.class::isInstance);
        // A batch ends with the command that fills it; how full the others are is a matter of time.
        assertThat(appends.sizes).allMatch(size -> size <= 6).hasSizeGreaterThanOrEqualTo(5);
        // Two for each receipt, and that tea was first stocked.
        assertThat(appends.sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(23);
    }

    @Test
    void closingAnswersWhatWaitsAndRefusesWhatComesAfter() throws InterruptedException {
        Node.Held held = node.hold();
        List<CompletableFuture<Answer>> submitted = new ArrayList<>();
        submitted.add(node.submit(receive("d0", BERLIN, goods(TEA, "1"))));
        held.awaitBegun();
        for (int i = 1; i <= 40; i++) {
            submitted.add(node.submit(receive("d" + i, BERLIN, goods(TEA, "1"))));
        }
        Thread closing = new Thread(() -> {
            try {
                node.ledger().close();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        closing.start();
        await().untilAsserted(() -> assertThatThrownBy(() -> node.submit(receive("late", BERLIN, goods(TEA, "1"))))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessage("the ledger is shutting down"));
        held.letGo();
        closing.join();

        assertThat(answersOf(submitted)).allMatch(Answer.Accepted.class::isInstance);
    }

    @Test
    void snapshotsAreTakenOffTheWritersThreadAndUsedAfterARestart() throws InterruptedException {
        for (int i = 0; i < 25; i++) {
            node.accepted(receive("d" + i, BERLIN, goods(TEA, "1")));
        }
        node.accepted(reserve("r1", WEB, BERLIN, goods(TEA, "5")));
        await().until(() -> store.snapshots().size() == 2);
        assertThat(store.snapshots())
                .allSatisfy(snapshot -> {
                    assertThat(snapshot.stream()).isEqualTo("stock:tea@berlin-1");
                    assertThat(snapshot.thread()).isEqualTo("test-background");
                    assertThat(snapshot.state()).isInstanceOf(StockSnapshot.class);
                })
                .extracting(MemoryFactStore.Snapshot::sequence)
                .containsExactly(9L, 19L);

        StockSnapshot told =
                (StockSnapshot) store.latestSnapshot("stock:tea@berlin-1").state();
        StockSnapshot doctored = new StockSnapshot(
                told.unit(),
                Map.of(
                        Bucket.SELLABLE,
                        Quantity.of(1_000, Unit.PIECE),
                        Bucket.SUPPLIER,
                        Quantity.of(-1_000, Unit.PIECE)),
                told.safetyStock(),
                told.protections(),
                told.holds(),
                told.counts());
        store.saveSnapshot("stock:tea@berlin-1", 19, doctored);
        node.close();
        node = Node.on(store);

        assertThat(node.answer(sale("s1", POS, BERLIN, goods(TEA, "1000"))))
                .as("a thousand from the snapshot, five from the facts after it, five of them reserved")
                .isInstanceOf(Answer.Accepted.class);
        assertThat(node.answer(sale("s2", POS, BERLIN, goods(TEA, "1")))).isInstanceOf(Answer.Refused.class);
    }

    @Test
    void aSnapshotThatCannotBeSavedHarmsNobody() throws InterruptedException {
        node.close();
        MemoryFactStore noSnapshots = new MemoryFactStore();
        LedgerSettings always = new LedgerSettings(64, 16, 1_000, 1_000, 1_000, 1, Duration.ofSeconds(10));
        noSnapshots.failSnapshots();
        node = Node.on(noSnapshots, always);
        prepare(node);

        node.accepted(receive("d1", BERLIN, goods(TEA, "1")));
        assertThat(node.answer(sale("s1", POS, BERLIN, goods(TEA, "1")))).isInstanceOf(Answer.Accepted.class);
    }

    @Test
    void theRecordTimeNeverGoesBack() {
        Instant noon = Scenario.NOON;
        node.at(noon.plusSeconds(60));
        node.accepted(receive("d1", BERLIN, goods(TEA, "1")));
        node.at(noon);

        assertThat(node.accepted(receive("d2", BERLIN, goods(TEA, "1"))).recordedAt())
                .isEqualTo(noon.plusSeconds(60));
        node.at(noon.plusSeconds(61).plusNanos(1_999_999));
        assertThat(node.accepted(receive("d3", BERLIN, goods(TEA, "1"))).recordedAt())
                .isEqualTo(noon.plusSeconds(61).plusNanos(1_000_000));
    }

    @Test
    void everyFactSaysWhoAndWhenAndFromWhichCommand() {
        Instant noon = Scenario.NOON;
        node.ledger().submit(receive("d1", BERLIN, goods(TEA, "1")), ANYBODY).join();

        assertThat(store.all().subList(4, 6)).allSatisfy(fact -> {
            assertThat(fact.recordedAt()).isEqualTo(noon);
            assertThat(fact.meta().command()).isEqualTo("receive-goods");
            assertThat(fact.meta().document()).isEqualTo("receipt:d1");
            assertThat(fact.meta().principal()).isEqualTo("tester");
            assertThat(fact.meta().device()).isNull();
            assertThat(fact.meta().businessTime()).isEqualTo(noon);
        });
    }

    @Test
    void aRefusalsPositionIsItsOwnFact() {
        Answer refused = node.answer(sale("s1", POS, BERLIN, goods(TEA, "1")));

        assertThat(refused).isInstanceOf(Answer.Refused.class);
        assertThat(((Answer.Refused) refused).refusal()).isInstanceOf(StockRefusal.InsufficientStock.class);
        assertThat(store.all().get((int) store.head() - 1).stream()).isEqualTo("order:s1");
    }

    private static void prepare(Node node) {
        node.accepted(new OpenLocation(document(Kind.INSTRUCTION, "open"), BERLIN, "Berlin", LocationKind.SHOP));
        node.accepted(new RegisterItem(document(Kind.INSTRUCTION, "item"), TEA, "Tea", Unit.PIECE, List.of(), null));
    }

    private static long sellable(Node node) {
        return node.store().thousandthsIn(Bucket.SELLABLE);
    }

    /** After the given receipt, the documents in the order of their facts. */
    private List<String> documentsInOrder(String receipt) {
        List<String> documents = store.all().stream()
                .map(fact -> fact.meta().document())
                .distinct()
                .toList();
        return documents.subList(documents.indexOf("receipt:" + receipt) + 1, documents.size());
    }

    /** A command that nobody has written a rule for. */
    private record Unheard(DocumentRef document) implements Command {
        @Override
        public String name() {
            return "unheard";
        }

        @Override
        public Fingerprint fingerprint() {
            return Fingerprint.of("unheard");
        }
    }

    private static final class Appends extends Node.Silent {
        private final Queue<Integer> sizes = new ConcurrentLinkedQueue<>();

        @Override
        public void appended(int facts, Duration took) {
            sizes.add(facts);
        }
    }

    private static final class Failing implements LedgerObserver {
        @Override
        public void answered(Command command, Answer answer, Duration took) {
            throw new IllegalStateException("answered");
        }

        @Override
        public void failed(Command command, Throwable reason) {
            throw new IllegalStateException("failed");
        }

        @Override
        public void appended(int facts, Duration took) {
            throw new IllegalStateException("appended");
        }

        @Override
        public void conflicted() {
            throw new IllegalStateException("conflicted");
        }
    }
}
