package io.stockledger.ledger;

import static io.stockledger.ledger.Node.answerOf;
import static io.stockledger.scenario.Shop.BERLIN;
import static io.stockledger.scenario.Shop.POS;
import static io.stockledger.scenario.Shop.TEA;
import static io.stockledger.scenario.Shop.goods;
import static io.stockledger.scenario.Shop.receive;
import static io.stockledger.scenario.Shop.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stockledger.document.Command;
import io.stockledger.ledger.FactStore.OutcomeUnknown;
import io.stockledger.ledger.FactStore.StoreUnavailable;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.StockRefusal;
import java.lang.ref.WeakReference;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ten pieces of tea are there and five more are being written when fifteen are sold: what comes of it? */
class PipelineTest {

    private static final Command FIVE_MORE = receive("d2", BERLIN, goods(TEA, "5"));
    private static final Command FIFTEEN_SOLD = sale("s1", POS, BERLIN, goods(TEA, "15"));

    private static final MemoryFactStore.Turn REFUSED_BY_A_BUG = (facts, write) -> {
        throw new IllegalStateException("bug");
    };

    private final MemoryFactStore store = new MemoryFactStore();
    private final Node node = Node.on(store);

    @BeforeEach
    void openAShopWithTea() {
        node.openAShopWithTea();
    }

    @AfterEach
    void close() throws InterruptedException {
        node.close();
    }

    @Test
    void whatIsDecidedMeanwhileSeesWhatIsBeingWritten() {
        Both both = both((facts, write) -> write.now());

        assertThat(answerOf(both.first)).isInstanceOf(Answer.Accepted.class);
        assertThat(answerOf(both.second)).isInstanceOf(Answer.Accepted.class);
        assertThat(sellable()).isZero();
    }

    /** Else each would hold the one before, and that the one before it, for as long as there is load. */
    @Test
    void aBatchThatIsWrittenIsHeldByNoLaterOne() {
        Writer writer =
                new Writer(store, Node.SMALL, InstantSource.system(), new Node.Silent(), Runnable::run, Runnable::run);
        Batch later = writer.newBatch();
        WeakReference<Batch> written = new WeakReference<>(decidedBefore(later, writer));

        await().until(() -> {
            System.gc();
            return written.get() == null;
        });
        assertThat(later.outcomes()).hasSize(1);
    }

    private static Batch decidedBefore(Batch later, Writer writer) {
        Batch written = writer.newBatch();
        Ticket ticket = Ticket.of(receive("d9", BERLIN, goods(TEA, "1")), Node.ANYBODY);
        writer.decide(ticket, later, written, Set.of());
        return written;
    }

    @Test
    void whatWasDecidedOnABatchThatCannotBeWrittenIsDecidedAnew() {
        // The second time it is written singly, and is found to be the cause.
        Both both = both((facts, write) -> {
            store.next(REFUSED_BY_A_BUG);
            throw new IllegalStateException("bug");
        });

        assertThatThrownBy(() -> answerOf(both.first)).hasRootCauseMessage("bug");
        assertThat(answerOf(both.second))
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.refusal()).isInstanceOf(StockRefusal.InsufficientStock.class));
        assertThat(sellable()).isEqualTo(10_000);
    }

    @Test
    void whatWasDecidedOnABatchThatIsLostBeforeItIsWrittenIsWrittenBehindIt() {
        Both both = both((facts, write) -> {
            throw new OutcomeUnknown(new IllegalStateException("connection reset"));
        });

        assertThat(answerOf(both.first).repeated()).isFalse();
        assertThat(answerOf(both.second)).isInstanceOf(Answer.Accepted.class);
        assertThat(sellable()).isZero();
    }

    @Test
    void whatWasDecidedOnABatchThatIsLostAfterItWasWrittenIsWrittenBehindIt() {
        Both both = both((facts, write) -> {
            write.now();
            throw new OutcomeUnknown(new IllegalStateException("connection reset"));
        });

        assertThat(answerOf(both.first)).isInstanceOf(Answer.Accepted.class);
        assertThat(answerOf(both.second)).isInstanceOf(Answer.Accepted.class);
        assertThat(sellable()).isZero();
    }

    @Test
    void aStoreThatIsAwayFailsBothAndKeepsNothingOfThem() {
        Both both = both((facts, write) -> {
            throw new StoreUnavailable("connection refused", null);
        });

        assertThatThrownBy(() -> answerOf(both.first)).hasCauseInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(() -> answerOf(both.second)).hasCauseInstanceOf(StoreUnavailable.class);
        assertThat(node.answer(FIFTEEN_SOLD)).isInstanceOf(Answer.Refused.class);
        assertThat(node.answer(FIVE_MORE).repeated()).isFalse();
        assertThat(sellable()).isEqualTo(15_000);
    }

    @Test
    void anotherNodeThatWasFirstIsSeenByBoth() throws InterruptedException {
        try (Node other = Node.on(store)) {
            Both both = both((facts, write) -> {
                other.accepted(sale("s0", POS, BERLIN, goods(TEA, "1")));
                return write.now();
            });

            assertThat(answerOf(both.first)).isInstanceOf(Answer.Accepted.class);
            assertThat(answerOf(both.second)).isInstanceOf(Answer.Refused.class);
            assertThat(sellable()).isEqualTo(14_000);
        }
    }

    @Test
    void theSameDocumentAgainWhileItIsBeingWrittenGetsTheSameAnswerAndHasOneEffect() {
        Both both = both(FIVE_MORE, (facts, write) -> write.now());

        Answer.Accepted first = (Answer.Accepted) answerOf(both.first);
        Answer.Accepted again = (Answer.Accepted) answerOf(both.second);
        assertThat(again.position()).isEqualTo(first.position());
        assertThat(again.repeated()).isTrue();
        assertThat(sellable()).isEqualTo(15_000);
    }

    @Test
    void whoClosesTheLedgerWhileItWritesLosesNothing() throws InterruptedException {
        Node.Held held = node.hold();
        CompletableFuture<Answer> first = node.submit(FIVE_MORE);
        held.awaitBegun();
        CompletableFuture<Answer> second = node.submit(FIFTEEN_SOLD);
        CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> {
            try {
                node.close();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        held.letGo();

        closed.join();
        assertThat(answerOf(first)).isInstanceOf(Answer.Accepted.class);
        assertThat(answerOf(second)).isInstanceOf(Answer.Accepted.class);
    }

    private record Both(CompletableFuture<Answer> first, CompletableFuture<Answer> second) {}

    private Both both(MemoryFactStore.Turn end) {
        return both(FIFTEEN_SOLD, end);
    }

    /** Five more are being written when the second command is decided; then the write ends as told. */
    private Both both(Command second, MemoryFactStore.Turn end) {
        Node.Held held = node.hold(end);
        CompletableFuture<Answer> first = node.submit(FIVE_MORE);
        held.awaitBegun();
        CompletableFuture<Answer> behind = node.submit(second);
        await().until(() -> node.ledger().waiting() == 0);
        held.letGo();
        return new Both(first, behind);
    }

    private long sellable() {
        return store.thousandthsIn(Bucket.SELLABLE);
    }
}
