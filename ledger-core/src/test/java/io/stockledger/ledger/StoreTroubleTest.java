package io.stockledger.ledger;

import static io.stockledger.ledger.Node.answerOf;
import static io.stockledger.ledger.Node.answersOf;
import static io.stockledger.scenario.Shop.BERLIN;
import static io.stockledger.scenario.Shop.POS;
import static io.stockledger.scenario.Shop.TEA;
import static io.stockledger.scenario.Shop.document;
import static io.stockledger.scenario.Shop.goods;
import static io.stockledger.scenario.Shop.receive;
import static io.stockledger.scenario.Shop.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockledger.document.Command;
import io.stockledger.document.DocumentRef.Kind;
import io.stockledger.item.RegisterItem;
import io.stockledger.ledger.FactStore.AppendConflict;
import io.stockledger.ledger.FactStore.OutcomeUnknown;
import io.stockledger.ledger.FactStore.StoreUnavailable;
import io.stockledger.quantity.Unit;
import io.stockledger.stock.Bucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoreTroubleTest {

    private static final MemoryFactStore.Turn LOST_BEFORE_WRITING = (facts, write) -> {
        throw new OutcomeUnknown(new IllegalStateException("connection reset"));
    };
    private static final MemoryFactStore.Turn LOST_AFTER_WRITING = (facts, write) -> {
        write.now();
        throw new OutcomeUnknown(new IllegalStateException("connection reset"));
    };
    private static final MemoryFactStore.Turn AWAY = (facts, write) -> {
        throw new StoreUnavailable("connection refused", null);
    };
    private static final MemoryFactStore.Turn CONFLICT_WITHOUT_CAUSE = (facts, write) -> {
        throw new AppendConflict(new IllegalStateException("none that can be seen"));
    };

    private final MemoryFactStore store = new MemoryFactStore();
    private Node node = Node.on(store);

    @BeforeEach
    void openAShopWithTea() {
        node.openAShopWithTea();
    }

    @AfterEach
    void close() throws InterruptedException {
        node.close();
    }

    @Test
    void whatWasLostBeforeItWasWrittenIsWrittenOnce() {
        store.next(LOST_BEFORE_WRITING);
        Answer.Accepted sold = node.accepted(sale("s1", POS, BERLIN, goods(TEA, "3")));

        assertThat(sold.repeated()).isFalse();
        assertThat(sold.position()).isEqualTo(store.head());
        assertThat(sellable()).isEqualTo(7_000);
    }

    @Test
    void whatWasWrittenBeforeTheAnswerWasLostIsNotWrittenAgain() {
        store.next(LOST_AFTER_WRITING);
        Answer.Accepted sold = node.accepted(sale("s1", POS, BERLIN, goods(TEA, "3")));

        assertThat(sold.position()).isEqualTo(store.head());
        assertThat(sellable()).isEqualTo(7_000);
        assertThat(node.answer(sale("s2", POS, BERLIN, goods(TEA, "8")))).isInstanceOf(Answer.Refused.class);
        assertThat(node.answer(sale("s3", POS, BERLIN, goods(TEA, "7")))).isInstanceOf(Answer.Accepted.class);
    }

    @Test
    void aWholeBatchIsFoundAgainAfterItsAnswerWasLost() {
        List<CompletableFuture<Answer>> submitted = batchBehind(LOST_AFTER_WRITING);

        assertThat(answersOf(submitted)).allMatch(Answer.Accepted.class::isInstance);
        assertThat(sellable()).isZero();
        assertThat(store.read("stock:tea@berlin-1")).hasSize(11);
    }

    @Test
    void aWholeBatchIsWrittenWhenItWasLostBefore() {
        List<CompletableFuture<Answer>> submitted = batchBehind(LOST_BEFORE_WRITING);

        assertThat(answersOf(submitted)).allMatch(Answer.Accepted.class::isInstance);
        assertThat(sellable()).isZero();
    }

    @Test
    void connectionsMayBeLostSeveralTimes() {
        store.next(LOST_BEFORE_WRITING).next(LOST_BEFORE_WRITING).next(LOST_AFTER_WRITING);

        assertThat(node.answer(sale("s1", POS, BERLIN, goods(TEA, "3")))).isInstanceOf(Answer.Accepted.class);
        assertThat(sellable()).isEqualTo(7_000);
    }

    @Test
    void anUnreachableStoreFailsWhatWaitsAndNothingElse() {
        store.next(AWAY);
        assertThatThrownBy(() -> node.answer(sale("s1", POS, BERLIN, goods(TEA, "3"))))
                .hasCauseInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("connection refused");

        assertThat(node.accepted(sale("s1", POS, BERLIN, goods(TEA, "3"))).repeated())
                .isFalse();
        assertThat(sellable()).isEqualTo(7_000);
    }

    @Test
    void whatWasKnownBeforeTheStoreWasAwayIsNotReadAgain() {
        store.next(AWAY);
        assertThatThrownBy(() -> node.answer(sale("s1", POS, BERLIN, goods(TEA, "3"))))
                .hasCauseInstanceOf(StoreUnavailable.class);
        store.failReads(new StoreUnavailable("nothing should be read", null));

        assertThat(node.answer(sale("s2", POS, BERLIN, goods(TEA, "10")))).isInstanceOf(Answer.Accepted.class);
        assertThat(sellable()).isZero();
    }

    @Test
    void aStoreThatStaysAwayAfterItWasLostWhileWritingLeavesTheOutcomeUnknownAndTheRetryFindsIt()
            throws InterruptedException {
        node.close();
        node = Node.on(store, patience(Duration.ofMillis(100)));
        node.accepted(receive("d2", BERLIN, goods(TEA, "1")));
        store.next((facts, write) -> {
            write.now();
            store.failReads(new StoreUnavailable("connection refused", null));
            throw new OutcomeUnknown(new IllegalStateException("connection reset"));
        });
        assertThatThrownBy(() -> node.answer(sale("s1", POS, BERLIN, goods(TEA, "3"))))
                .hasCauseInstanceOf(OutcomeUnknown.class);
        store.failReads(null);

        assertThat(node.accepted(sale("s1", POS, BERLIN, goods(TEA, "3"))).repeated())
                .isTrue();
        assertThat(sellable()).isEqualTo(8_000);
    }

    @Test
    void whenTheStoreIsLostWhileAConflictIsLookedIntoTheCommandFailsAndTheRetrySucceeds() {
        store.next((facts, write) -> {
            store.failReads(new StoreUnavailable("connection refused", null));
            throw new AppendConflict(new IllegalStateException("someone was first"));
        });
        assertThatThrownBy(() -> node.answer(sale("s1", POS, BERLIN, goods(TEA, "3"))))
                .hasCauseInstanceOf(StoreUnavailable.class);
        store.failReads(null);

        assertThat(node.answer(sale("s1", POS, BERLIN, goods(TEA, "3")))).isInstanceOf(Answer.Accepted.class);
    }

    @Test
    void conflictsWithoutEndRunOutOfPatience() throws InterruptedException {
        node.close();
        node = Node.on(store, patience(Duration.ZERO));
        store.next(CONFLICT_WITHOUT_CAUSE);

        assertThatThrownBy(() -> node.answer(sale("s1", POS, BERLIN, goods(TEA, "3"))))
                .hasCauseInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("other writers keep writing first");
    }

    @Test
    void aStoreThatTookAllPatienceToFailIsNotTriedAgain() throws InterruptedException {
        node.close();
        Duration patience = Duration.ofMillis(50);
        node = Node.on(store, patience(patience));
        store.next((facts, write) -> {
            long begun = System.nanoTime();
            while (System.nanoTime() - begun < patience.toNanos()) {
                Thread.onSpinWait();
            }
            throw new OutcomeUnknown(new IllegalStateException("no answer"));
        });

        assertThatThrownBy(() -> node.answer(sale("s1", POS, BERLIN, goods(TEA, "3"))))
                .hasCauseInstanceOf(OutcomeUnknown.class);
        assertThat(node.accepted(sale("s1", POS, BERLIN, goods(TEA, "3"))).repeated())
                .isFalse();
    }

    @Test
    void theLedgerServesOnAfterAnythingThatTheStoreThrows() {
        for (RuntimeException trouble : List.of(
                new IllegalStateException("bug"),
                new StoreUnavailable("away", null),
                new OutcomeUnknown(new IllegalStateException("reset")))) {
            store.next((facts, write) -> {
                throw trouble;
            });
            CompletableFuture<Answer> troubled =
                    node.submit(sale("s-" + trouble.getClass().getSimpleName(), POS, BERLIN, goods(TEA, "1")));
            assertThat(troubled.handle((answer, failure) -> answer != null || failure != null)
                            .join())
                    .isTrue();
        }

        assertThat(node.answer(sale("s9", POS, BERLIN, goods(TEA, "1")))).isInstanceOf(Answer.Accepted.class);
    }

    /** Ten sales of one piece in one batch, whose append goes as told. */
    private List<CompletableFuture<Answer>> batchBehind(MemoryFactStore.Turn turn) {
        Node.Held held = node.hold();
        CompletableFuture<Answer> before = node.submit(warmUp());
        held.awaitBegun();
        store.next(turn);
        List<CompletableFuture<Answer>> submitted = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            submitted.add(node.submit(sale("s" + i, POS, BERLIN, goods(TEA, "1"))));
        }
        held.letGo();
        answerOf(before);
        return submitted;
    }

    private static Command warmUp() {
        return new RegisterItem(document(Kind.INSTRUCTION, "again"), TEA, "Tea", Unit.PIECE, List.of(), null);
    }

    private static LedgerSettings patience(Duration patience) {
        return new LedgerSettings(64, 16, 1_000, 1_000, 1_000, 10, patience);
    }

    private long sellable() {
        return store.thousandthsIn(Bucket.SELLABLE);
    }
}
