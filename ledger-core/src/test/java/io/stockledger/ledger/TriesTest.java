package io.stockledger.ledger;

import static io.stockledger.ledger.Node.answersOf;
import static io.stockledger.scenario.Shop.BERLIN;
import static io.stockledger.scenario.Shop.HAMBURG;
import static io.stockledger.scenario.Shop.POS;
import static io.stockledger.scenario.Shop.TEA;
import static io.stockledger.scenario.Shop.document;
import static io.stockledger.scenario.Shop.giveBack;
import static io.stockledger.scenario.Shop.goods;
import static io.stockledger.scenario.Shop.receive;
import static io.stockledger.scenario.Shop.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.stockledger.document.Command;
import io.stockledger.document.DocumentFact.CommandRefused;
import io.stockledger.document.DocumentRef.Kind;
import io.stockledger.document.DocumentRefusal.IdReused;
import io.stockledger.document.Provenance;
import io.stockledger.item.RegisterItem;
import io.stockledger.order.OrderFact.SaleRecorded;
import io.stockledger.quantity.Unit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A receipt's number survives a no: what was only refused is tried again under it. */
class TriesTest {

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
    void aSaleRefusedForAnUnknownItemIsSoldUnderItsNumberOnceTheItemIsRegistered() throws InterruptedException {
        Command cup = sale("4711", POS, BERLIN, goods("cup", "1"));
        Answer refused = node.answer(cup);
        assertThat(refused).isInstanceOf(Answer.Refused.class);
        node.accepted(new RegisterItem(document(Kind.INSTRUCTION, "cup"), "cup", "Cup", Unit.PIECE, List.of(), null));
        node.accepted(receive("d2", BERLIN, goods("cup", "1")));

        assertThat(node.answer(cup)).isEqualTo(refused.again());
        Answer accepted = tried(cup, "second");
        assertThat(accepted).isInstanceOf(Answer.Accepted.class);
        assertThat(accepted.repeated()).isFalse();

        assertThat(node.answer(cup)).as("the first try is what it was").isEqualTo(refused.again());
        restart();
        assertThat(tried(cup, "second")).isEqualTo(accepted.again());
        assertThat(tried(cup, "third")).isEqualTo(accepted.again());
        assertThat(node.accepted(giveBack("b1", BERLIN, "4711", goods("cup", "1")))
                        .repeated())
                .isFalse();
        assertThat(store.read("order:4711"))
                .extracting(stored -> stored.fact().getClass().getSimpleName())
                .containsExactly("CommandRefused", "SaleRecorded", "OrderReturned");
    }

    @Test
    void aNewTryMayHaveOtherContentAndTheAcceptedOneStands() {
        node.answer(sale("s1", POS, BERLIN, goods(TEA, "11")));

        Answer mended = tried(sale("s1", POS, BERLIN, goods(TEA, "10")), "mended");

        assertThat(((Answer.Accepted) mended).version()).isEqualTo(2);
        assertThat(tried(sale("s1", POS, BERLIN, goods(TEA, "11")), "again")).isEqualTo(reused("s1", "lines"));
        assertThat(tried(sale("s1", POS, HAMBURG, goods(TEA, "10")), "mended")).isEqualTo(reused("s1", "location"));
    }

    @Test
    void aTryThatWasRefusedIsRefusedForEverAndEachHasItsOwnAnswer() throws InterruptedException {
        Answer first = tried(sale("s1", POS, BERLIN, goods(TEA, "11")), "a");
        Answer second = tried(sale("s1", POS, BERLIN, goods(TEA, "12")), "b");
        node.accepted(receive("d2", BERLIN, goods(TEA, "100")));

        for (int i = 0; i < 2; i++) {
            assertThat(tried(sale("s1", POS, BERLIN, goods(TEA, "11")), "a")).isEqualTo(first.again());
            assertThat(tried(sale("s1", POS, BERLIN, goods(TEA, "12")), "b")).isEqualTo(second.again());
            assertThat(tried(sale("s1", POS, BERLIN, goods(TEA, "12")), "a")).isEqualTo(reused("s1", "lines"));
            restart();
        }
    }

    @Test
    void theDocumentsIdNamesTheFirstTry() {
        Answer refused = node.answer(sale("s1", POS, BERLIN, goods(TEA, "11")));

        assertThat(tried(sale("s1", POS, BERLIN, goods(TEA, "11")), "s1")).isEqualTo(refused.again());
    }

    @Test
    void triesOfOneBatchAreDecidedInTheirOrder() {
        Node.Held held = node.hold();
        CompletableFuture<Answer> before = node.submit(receive("d2", BERLIN, goods(TEA, "1")));
        held.awaitBegun();
        Command eleven = sale("s1", POS, BERLIN, goods(TEA, "12"));
        List<CompletableFuture<Answer>> batch = List.of(
                submit(eleven, "a"),
                submit(eleven, "a"),
                submit(eleven, "b"),
                submit(receive("d3", BERLIN, goods(TEA, "1")), null),
                submit(eleven, "c"),
                submit(eleven, "a"),
                submit(eleven, "d"));
        held.letGo();

        Node.answerOf(before);
        List<Answer> answers = answersOf(batch);
        assertThat(answers.get(0)).isInstanceOf(Answer.Refused.class);
        assertThat(answers.get(1)).isEqualTo(answers.get(0).again());
        assertThat(answers.get(2)).isEqualTo(answers.get(0));
        Answer accepted = answers.get(4);
        assertThat(accepted).isInstanceOf(Answer.Accepted.class);
        assertThat(answers.get(5)).isEqualTo(answers.get(1));
        assertThat(answers.get(6)).isEqualTo(accepted.again());
        assertThat(store.read("order:s1"))
                .extracting(StoredFact::sequence, stored -> stored.fact() instanceof SaleRecorded)
                .containsExactly(tuple(0L, false), tuple(1L, false), tuple(2L, true));
    }

    @Test
    void aTryFollowsOneThatIsBeingAppended() {
        Node.Held held = node.hold();
        CompletableFuture<Answer> first = submit(sale("s1", POS, BERLIN, goods(TEA, "11")), "a");
        held.awaitBegun();
        CompletableFuture<Answer> again = submit(sale("s1", POS, BERLIN, goods(TEA, "11")), "a");
        CompletableFuture<Answer> second = submit(sale("s1", POS, BERLIN, goods(TEA, "1")), "b");
        CompletableFuture<Answer> third = submit(sale("s1", POS, BERLIN, goods(TEA, "1")), "c");
        held.letGo();

        Answer refused = Node.answerOf(first);
        assertThat(refused).isInstanceOf(Answer.Refused.class);
        assertThat(Node.answerOf(again)).isEqualTo(refused.again());
        Answer accepted = Node.answerOf(second);
        assertThat(accepted).isInstanceOf(Answer.Accepted.class);
        assertThat(Node.answerOf(third)).isEqualTo(accepted.again());
    }

    @Test
    void twoNodesTryOneDocumentAndOneTryIsAccepted() throws InterruptedException {
        try (Node other = Node.on(store)) {
            node.answer(sale("s1", POS, BERLIN, goods(TEA, "11")));
            Answer refusedThere =
                    Node.answerOf(other.ledger().submit(sale("s1", POS, BERLIN, goods(TEA, "12")), by("b")));
            assertThat(refusedThere).isInstanceOf(Answer.Refused.class);

            Answer accepted = tried(sale("s1", POS, BERLIN, goods(TEA, "1")), "c");

            assertThat(accepted).isInstanceOf(Answer.Accepted.class);
            assertThat(Node.answerOf(other.ledger().submit(sale("s1", POS, BERLIN, goods(TEA, "1")), by("d"))))
                    .isEqualTo(accepted.again());
            assertThat(store.read("order:s1")).hasSize(3);
        }
    }

    @Test
    void acceptedAtOnceADocumentIsOneFact() {
        node.accepted(sale("s1", POS, BERLIN, goods(TEA, "1")));

        assertThat(store.read("order:s1")).hasSize(1).noneMatch(stored -> stored.fact() instanceof CommandRefused);
    }

    private Answer tried(Command command, String tryId) {
        return node.answer(command, by(tryId));
    }

    private CompletableFuture<Answer> submit(Command command, @Nullable String tryId) {
        return node.ledger().submit(command, by(tryId));
    }

    private static Provenance by(@Nullable String tryId) {
        return new Provenance("till-1", null, null, tryId, Set.of());
    }

    private void restart() throws InterruptedException {
        node.close();
        node = Node.on(store);
    }

    private static Answer reused(String order, String... differing) {
        return new Answer.Refused(
                document(Kind.ORDER, order), new IdReused("order:" + order, List.of(differing)), false);
    }
}
