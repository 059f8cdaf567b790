package io.stockledger.ledger;

import static io.stockledger.ledger.Node.ANYBODY;
import static io.stockledger.ledger.Node.answersOf;
import static io.stockledger.scenario.Shop.BERLIN;
import static io.stockledger.scenario.Shop.HAMBURG;
import static io.stockledger.scenario.Shop.POS;
import static io.stockledger.scenario.Shop.TEA;
import static io.stockledger.scenario.Shop.WEB;
import static io.stockledger.scenario.Shop.confirm;
import static io.stockledger.scenario.Shop.count;
import static io.stockledger.scenario.Shop.document;
import static io.stockledger.scenario.Shop.goods;
import static io.stockledger.scenario.Shop.receive;
import static io.stockledger.scenario.Shop.release;
import static io.stockledger.scenario.Shop.reserve;
import static io.stockledger.scenario.Shop.sale;
import static io.stockledger.scenario.Shop.shortage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockledger.document.Command;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.DocumentRef.Kind;
import io.stockledger.document.DocumentRefusal;
import io.stockledger.document.InvalidCommand;
import io.stockledger.document.Provenance;
import io.stockledger.document.Refusal;
import io.stockledger.item.RegisterItem;
import io.stockledger.location.LocationKind;
import io.stockledger.location.OpenLocation;
import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.reservation.ReservationFact.ReservationMade;
import io.stockledger.reservation.ReservationFact.ReservedLine;
import io.stockledger.reservation.ReservationRefusal;
import io.stockledger.scenario.Scenario;
import io.stockledger.stock.StockRefusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExactlyOnceTest {

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
    void theSameDocumentManyTimesInOneBatchHasOneEffect() {
        Node.Held held = node.hold();
        CompletableFuture<Answer> before = node.submit(receive("d2", BERLIN, goods(TEA, "1")));
        held.awaitBegun();
        List<CompletableFuture<Answer>> same = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            same.add(node.submit(sale("s1", POS, BERLIN, goods(TEA, "1"))));
        }
        held.letGo();

        Node.answerOf(before);
        List<Answer> answers = answersOf(same);
        assertThat(answers.get(0).repeated()).isFalse();
        assertThat(answers.subList(1, 10)).containsOnly(answers.get(0).again());
        assertThat(store.read("order:s1")).hasSize(1);
        assertThat(store.read("stock:tea@berlin-1")).hasSize(3);
    }

    @Test
    void theSameDocumentAgainLaterGetsTheSameAnswer() {
        Answer first = node.answer(sale("s1", POS, BERLIN, goods(TEA, "1")));
        node.at(Scenario.NOON.plus(Duration.ofDays(400)));
        long head = store.head();

        assertThat(node.answer(sale("s1", POS, BERLIN, goods(TEA, "1.0")))).isEqualTo(first.again());
        assertThat(store.head()).isEqualTo(head);
    }

    @Test
    void theSameDocumentAfterARestartGetsTheSameAnswer() throws InterruptedException {
        Answer first = node.answer(sale("s1", POS, BERLIN, goods(TEA, "1")));
        long head = store.head();
        restart();

        assertThat(node.answer(sale("s1", POS, BERLIN, goods(TEA, "1")))).isEqualTo(first.again());
        assertThat(store.head()).isEqualTo(head);
    }

    @Test
    void aRetryAfterARestartDoesNotDisturbTheOthersOfItsBatch() throws InterruptedException {
        Answer first = node.answer(sale("s1", POS, BERLIN, goods(TEA, "9")));
        restart();
        Node.Held held = node.hold();
        CompletableFuture<Answer> before = node.submit(receive("d2", BERLIN, goods(TEA, "1")));
        held.awaitBegun();
        List<CompletableFuture<Answer>> batch = List.of(
                node.submit(sale("s2", POS, BERLIN, goods(TEA, "1"))),
                node.submit(sale("s1", POS, BERLIN, goods(TEA, "9"))),
                node.submit(sale("s3", POS, BERLIN, goods(TEA, "1"))),
                node.submit(sale("s4", POS, BERLIN, goods(TEA, "1"))));
        held.letGo();

        Node.answerOf(before);
        List<Answer> answers = answersOf(batch);
        assertThat(answers.get(0)).isInstanceOf(Answer.Accepted.class);
        assertThat(answers.get(1)).isEqualTo(first.again());
        assertThat(answers.get(2)).isInstanceOf(Answer.Accepted.class);
        assertThat(answers.get(3)).isEqualTo(refused("s4", "1 piece", "0 piece"));
    }

    @Test
    void anIdWithOtherContentIsRefusedInTheSameBatchLaterAndAfterARestart() throws InterruptedException {
        Node.Held held = node.hold();
        CompletableFuture<Answer> before = node.submit(receive("d2", BERLIN, goods(TEA, "1")));
        held.awaitBegun();
        CompletableFuture<Answer> first = node.submit(sale("s1", POS, BERLIN, goods(TEA, "1")));
        CompletableFuture<Answer> other = node.submit(sale("s1", POS, BERLIN, goods(TEA, "2")));
        held.letGo();

        Node.answerOf(before);
        assertThat(Node.answerOf(first)).isInstanceOf(Answer.Accepted.class);
        assertThat(Node.answerOf(other)).isEqualTo(reused("s1", "lines"));
        assertThat(node.answer(sale("s1", WEB, BERLIN, goods(TEA, "1")))).isEqualTo(reused("s1", "channel"));
        restart();
        assertThat(node.answer(sale("s1", WEB, BERLIN, goods(TEA, "2")))).isEqualTo(reused("s1", "channel", "lines"));
        assertThat(node.answer(sale("s1", POS, BERLIN, goods(TEA, "1"))).repeated())
                .isTrue();
    }

    @Test
    void theBusinessTimeAndTheDeviceAreContentAndThePrincipalIsNot() {
        Provenance atNoon = new Provenance("till-1", "scanner", Scenario.NOON, null, Set.of());
        Provenance another = new Provenance("till-2", "scanner", Scenario.NOON, null, Set.of());
        Provenance elsewhere = new Provenance("till-1", "till-7", Scenario.NOON, null, Set.of());
        Provenance later = new Provenance("till-1", "scanner", Scenario.NOON.plusSeconds(1), null, Set.of());
        Answer first = node.answer(sale("s1", POS, BERLIN, goods(TEA, "1")), atNoon);

        assertThat(node.answer(sale("s1", POS, BERLIN, goods(TEA, "1")), another))
                .isEqualTo(first.again());
        assertThat(node.answer(sale("s1", POS, BERLIN, goods(TEA, "1")), later))
                .isEqualTo(reused("s1", "occasion.businessTime"));
        assertThat(node.answer(sale("s1", POS, BERLIN, goods(TEA, "1")), elsewhere))
                .isEqualTo(reused("s1", "occasion.device"));
    }

    @Test
    void metadataIsContentAndTheRequestsIdIsNot() throws InterruptedException {
        Command tea = sale("s1", POS, BERLIN, goods(TEA, "1"));
        Answer first = node.answer(tea, noted(Map.of("b", "2", "a", "1"), "request-1"));

        assertThat(first).isInstanceOf(Answer.Accepted.class);
        for (int restarted = 0; restarted < 2; restarted++) {
            assertThat(node.answer(tea, noted(Map.of("a", "1", "b", "2"), "request-2")))
                    .isEqualTo(first.again());
            assertThat(node.answer(tea, noted(Map.of("a", "1", "b", "3"), null)))
                    .isEqualTo(reused("s1", "occasion.metadata"));
            assertThat(node.answer(tea, noted(Map.of("a", "1b"), null))).isEqualTo(reused("s1", "occasion.metadata"));
            assertThat(node.answer(tea)).isEqualTo(reused("s1", "occasion.metadata"));
            restart();
        }
        node.accepted(sale("s2", POS, BERLIN, goods(TEA, "1")));
        assertThat(node.answer(sale("s2", POS, BERLIN, goods(TEA, "1")), noted(Map.of("a", "1"), null)))
                .isEqualTo(reused("s2", "occasion.metadata"));
    }

    @Test
    void metadataAndTheRequestsIdStandBesideTheDocumentsOwnFactAlone() {
        Command tea = sale("s1", POS, BERLIN, goods(TEA, "1"));
        node.answer(tea, noted(Map.of("cost-centre", "4200"), "request-1"));

        FactMeta own = node.store().read("order:s1").get(0).meta();
        assertThat(own.metadata()).containsExactly(Map.entry("cost-centre", "4200"));
        assertThat(own.requestId()).isEqualTo("request-1");
        List<StoredFact> stock = node.store().read("stock:" + TEA + "@" + BERLIN);
        FactMeta effect = stock.get(stock.size() - 1).meta();
        assertThat(effect)
                .isEqualTo(new FactMeta(
                        own.command(),
                        own.document(),
                        own.fingerprint(),
                        own.principal(),
                        null,
                        own.businessTime(),
                        null));
    }

    @Test
    void aRefusalIsRememberedAlthoughItWouldBeAcceptedNow() throws InterruptedException {
        Answer refused = node.answer(sale("s1", POS, BERLIN, goods(TEA, "11")));
        assertThat(refused).isEqualTo(refused("s1", "11 piece", "10 piece"));
        node.accepted(receive("d2", BERLIN, goods(TEA, "100")));

        assertThat(node.answer(sale("s1", POS, BERLIN, goods(TEA, "11")))).isEqualTo(refused.again());
        restart();
        assertThat(node.answer(sale("s1", POS, BERLIN, goods(TEA, "11")))).isEqualTo(refused.again());
        assertThat(node.answer(sale("s1", POS, BERLIN, goods(TEA, "1")))).isEqualTo(reused("s1", "lines"));
        assertThat(node.accepted(sale("s2", POS, BERLIN, goods(TEA, "11"))).repeated())
                .isFalse();
    }

    private static Provenance noted(Map<String, String> metadata, @Nullable String requestId) {
        return new Provenance("till-1", null, null, null, Set.of(), metadata, requestId);
    }

    @Test
    void oneIdMayBeUsedOncePerKindOfDocument() {
        assertThat(node.accepted(sale("x", POS, BERLIN, goods(TEA, "1"))).repeated())
                .isFalse();
        assertThat(node.accepted(reserve("x", WEB, BERLIN, goods(TEA, "1"))).repeated())
                .isFalse();
        assertThat(node.accepted(receive("x", BERLIN, goods(TEA, "1"))).repeated())
                .isFalse();
    }

    @Test
    void oneInstructionsIdDoesNotServeForAnother() {
        RegisterItem cup =
                new RegisterItem(document(Kind.INSTRUCTION, "item"), "cup", "Cup", Unit.PIECE, List.of(), null);

        assertThat(node.answer(cup))
                .isEqualTo(new Answer.Refused(
                        cup.document(),
                        new DocumentRefusal.IdReused("instruction:item", List.of("sku", "name")),
                        false));
    }

    @Test
    void whatTheLedgerCannotComputeIsNotRemembered() {
        assertThatThrownBy(() ->
                        node.answer(receive("d9", BERLIN, goods(TEA, "999999999999"), goods(TEA, "999999999999"))))
                .hasCauseInstanceOf(InvalidCommand.class)
                .hasMessageContaining("quantity: 1999999999998 piece (expected: below 1000000000000)");
        assertThat(node.accepted(receive("d9", BERLIN, goods(TEA, "1"))).repeated())
                .isFalse();
    }

    @Test
    void aPrincipalTiedToOtherLocationsIsRefusedFirstAndNothingIsRemembered() {
        open(HAMBURG);
        Provenance hamburg = new Provenance("till-9", null, null, null, Set.of(HAMBURG));
        long head = store.head();

        assertThat(node.answer(sale("s1", POS, BERLIN, goods("unicorn", "1")), hamburg))
                .isEqualTo(notAllowed("order:s1"));
        assertThat(store.head()).isEqualTo(head);
        assertThat(node.answer(sale("s1", POS, BERLIN, goods(TEA, "1")), ANYBODY))
                .isInstanceOf(Answer.Accepted.class);
    }

    @Test
    void whatTheLedgerChoseStaysChosenWhoeverAsksAgain() throws InterruptedException {
        open(HAMBURG);
        node.accepted(receive("g2", HAMBURG, goods(TEA, "4")));
        Provenance hamburg = new Provenance("till-9", null, null, null, Set.of(HAMBURG));
        Command two = reserve("r1", WEB, null, goods(TEA, "2"));
        Command many = reserve("r2", WEB, null, goods(TEA, "5"));

        Answer chosen = node.answer(two, hamburg);
        Answer refused = node.answer(many, hamburg);

        assertThat(lines(chosen)).containsExactly(new ReservedLine(TEA, HAMBURG, Quantity.parse("2 piece")));
        assertThat(refused)
                .isEqualTo(new Answer.Refused(
                        new DocumentRef(Kind.RESERVATION, "r2"),
                        new StockRefusal.InsufficientStock(WEB, List.of(shortage(TEA, HAMBURG, "5 piece", "2 piece"))),
                        false));
        restart();
        for (Provenance anybody :
                List.of(hamburg, ANYBODY, new Provenance("till-1", null, null, null, Set.of(BERLIN)))) {
            assertThat(lines(node.answer(two, anybody))).isEqualTo(lines(chosen));
            assertThat(node.answer(many, anybody)).isEqualTo(refused.again());
        }
    }

    @Test
    void aReservationOfOtherLocationsIsNotThereForWhoIsTied() {
        open(HAMBURG);
        node.accepted(reserve("r1", WEB, BERLIN, goods(TEA, "1")));
        Provenance hamburg = new Provenance("till-9", null, null, null, Set.of(HAMBURG));
        Refusal unknown = new ReservationRefusal.UnknownReservation("r1");

        assertThat(refusal(node.answer(release("i1", "r1"), hamburg))).isEqualTo(unknown);
        assertThat(refusal(node.answer(confirm("s1", "r1"), hamburg))).isEqualTo(unknown);
        node.accepted(count("c1", BERLIN, goods(TEA, "0")));
        // Neither what it lacks nor that it has ended is for other shops to know.
        assertThat(refusal(node.answer(confirm("s2", "r1"), hamburg))).isEqualTo(unknown);
        assertThat(refusal(node.answer(confirm("s3", "r1"), ANYBODY)))
                .isEqualTo(
                        new StockRefusal.InsufficientStock(WEB, List.of(shortage(TEA, BERLIN, "1 piece", "0 piece"))));
        node.accepted(release("i2", "r1"));
        assertThat(refusal(node.answer(release("i3", "r1"), hamburg))).isEqualTo(unknown);
    }

    @Test
    void aReservationOfSeveralLocationsIsThereForWhoIsTiedToOneButNotTheirsToEnd() {
        open(HAMBURG);
        node.accepted(receive("g2", HAMBURG, goods(TEA, "4")));
        node.accepted(reserve("r1", WEB, null, goods(TEA, "12")));
        Provenance hamburg = new Provenance("till-9", null, null, null, Set.of(HAMBURG));

        assertThat(refusal(node.answer(release("i1", "r1"), hamburg)))
                .isEqualTo(new DocumentRefusal.LocationNotAllowed(BERLIN));
    }

    private static List<ReservedLine> lines(Answer answer) {
        return ((ReservationMade) ((Answer.Accepted) answer).fact()).lines();
    }

    private static Refusal refusal(Answer answer) {
        return ((Answer.Refused) answer).refusal();
    }

    private void open(String location) {
        node.accepted(new OpenLocation(
                document(Kind.INSTRUCTION, "open-" + location), location, "A shop", LocationKind.SHOP));
    }

    private void restart() throws InterruptedException {
        node.close();
        node = Node.on(store);
    }

    private static Answer refused(String sale, String requested, String available) {
        return new Answer.Refused(
                new DocumentRef(Kind.ORDER, sale),
                new StockRefusal.InsufficientStock(POS, List.of(shortage(TEA, BERLIN, requested, available))),
                false);
    }

    private static Answer reused(String sale, String... differing) {
        return new Answer.Refused(
                new DocumentRef(Kind.ORDER, sale),
                new DocumentRefusal.IdReused("order:" + sale, List.of(differing)),
                false);
    }

    private static Answer notAllowed(String document) {
        return new Answer.Refused(
                new DocumentRef(Kind.ORDER, document.substring("order:".length())),
                new DocumentRefusal.LocationNotAllowed(BERLIN),
                false);
    }
}
