package io.stockledger.api.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.adjustment.AdjustmentFact.CountedItem;
import io.stockledger.adjustment.AdjustmentFact.StockCounted;
import io.stockledger.adjustment.RecordCount;
import io.stockledger.document.Command;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.DocumentRef.Kind;
import io.stockledger.document.DocumentRefusal;
import io.stockledger.document.Provenance;
import io.stockledger.item.ItemLines.Asked;
import io.stockledger.item.ItemRef;
import io.stockledger.item.RegisterItem;
import io.stockledger.ledger.Answer;
import io.stockledger.ledger.FactFeed;
import io.stockledger.ledger.Ledger;
import io.stockledger.ledger.LedgerObserver;
import io.stockledger.ledger.LedgerSettings;
import io.stockledger.ledger.StoredFact;
import io.stockledger.location.LocationKind;
import io.stockledger.location.OpenLocation;
import io.stockledger.order.Price;
import io.stockledger.order.RecordSale;
import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.receiving.ReceiveGoods;
import io.stockledger.reservation.ReserveStock;
import io.stockledger.stock.StockRefusal;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.axonframework.test.server.AxonServerContainer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;

/**
 * The ledger on a real Axon Server: one that it starts where there is Docker, or the one that {@code
 * STOCKLEDGER_TEST_AXONSERVER} names, for example localhost:8124.
 */
class AxonServerIT {

    /** The same as in deploy/compose.yaml. */
    private static final String IMAGE = "axoniq/axonserver:2025.1.4-jdk-17";

    private static final int SALES = 100;

    /** Of which a ledger reads the last 64 at first, and then more and more. */
    private static final int TOLD_SINCE = 8_000;

    private static @Nullable AxonServerContainer container;
    private static @Nullable String address;

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final String sku = "cup-" + run;
    private final String location = "shop-" + run;
    private final ExecutorService background = Executors.newSingleThreadExecutor();
    private final List<Node> nodes = new ArrayList<>();

    private record Node(AxonServerFacts facts, Ledger ledger) {}

    @BeforeAll
    static void startOrFindAServer() {
        address = System.getenv("STOCKLEDGER_TEST_AXONSERVER");
        if (address == null && DockerClientFactory.instance().isDockerAvailable()) {
            AxonServerContainer started = new AxonServerContainer(IMAGE);
            started.start();
            container = started;
            address = started.getAxonServerAddress();
        }
    }

    @AfterAll
    static void stopWhatWasStarted() {
        if (container != null) {
            container.stop();
        }
    }

    @BeforeEach
    void skipLoudlyWithoutAServer() {
        if (address == null) {
            System.err.println("SKIPPED: AxonServerIT needs Docker, or an Axon Server of yours in"
                    + " STOCKLEDGER_TEST_AXONSERVER=host:port");
        }
        Assumptions.assumeTrue(address != null, "no Docker, and STOCKLEDGER_TEST_AXONSERVER names no Axon Server");
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (Node node : nodes) {
            node.ledger.close();
            node.facts.close();
        }
        background.shutdown();
    }

    @Test
    void theSameDocumentHasOneEffectAlsoAfterARestart() {
        Ledger first = node();
        openShopWith(first, 10);
        Answer answer = answer(first, reserve("cart", 3));
        Answer retried = answer(first, reserve("cart", 3));
        Answer afterRestart = answer(node(), reserve("cart", 3));
        Answer otherContent = answer(node(), reserve("cart", 4));

        assertThat(retried).isEqualTo(answer.again());
        assertThat(((Answer.Accepted) afterRestart).fact()).isEqualTo(((Answer.Accepted) answer).fact());
        assertThat(afterRestart.repeated()).isTrue();
        assertThat(((Answer.Refused) otherContent).refusal()).isInstanceOf(DocumentRefusal.IdReused.class);
    }

    @Test
    void aSaleThatWasRefusedIsTriedAnewUnderItsNumberAlsoAfterARestart() {
        Ledger first = node();
        openShopWith(first, 1);
        Answer refused = answer(first, sale("4711", 2));
        Answer retried = answer(first, sale("4711", 2));
        receive(first, "more", 1);
        Answer accepted = answer(first, sale("4711", 2), "second");
        Answer again = answer(first, sale("4711", 2), "second");

        Ledger restarted = node();
        Answer afterRestart = answer(restarted, sale("4711", 2), "second");
        Answer firstTryAfterRestart = answer(node(), sale("4711", 2));
        Answer otherContent = answer(node(), sale("4711", 1), "third");

        assertThat(((Answer.Refused) refused).refusal()).isInstanceOf(StockRefusal.InsufficientStock.class);
        assertThat(retried).isEqualTo(refused.again());
        assertThat(((Answer.Accepted) accepted).version()).isEqualTo(2);
        assertThat(again).isEqualTo(accepted.again());
        assertThat(((Answer.Accepted) afterRestart).fact()).isEqualTo(((Answer.Accepted) accepted).fact());
        assertThat(((Answer.Accepted) afterRestart).version()).isEqualTo(2);
        assertThat(((Answer.Accepted) afterRestart).recordedAt()).isEqualTo(((Answer.Accepted) accepted).recordedAt());
        assertThat(afterRestart.repeated()).isTrue();
        assertThat(firstTryAfterRestart).isEqualTo(refused.again());
        assertThat(((Answer.Refused) otherContent).refusal())
                .isEqualTo(new DocumentRefusal.IdReused("order:4711-" + run, List.of("lines")));
    }

    @Test
    void twoNodesThatRaceToTryARefusedSaleAnewSellItOnce() {
        List<Ledger> both = List.of(node(), node());
        openShopWith(both.get(0), 0);
        for (int i = 0; i < SALES; i++) {
            answer(both.get(i % 2), sale("late-" + i, 1));
        }
        receive(both.get(0), "more", SALES);
        List<List<CompletableFuture<Answer>>> tries = new ArrayList<>();
        for (int i = 0; i < SALES; i++) {
            RecordSale late = sale("late-" + i, 1);
            tries.add(List.of(
                    both.get(0).submit(late, tryNamed("left")), both.get(1).submit(late, tryNamed("right"))));
        }

        for (List<CompletableFuture<Answer>> two : tries) {
            Answer.Accepted left = (Answer.Accepted) two.get(0).join();
            Answer.Accepted right = (Answer.Accepted) two.get(1).join();
            assertThat(left.fact()).isEqualTo(right.fact());
            assertThat(List.of(left.version(), right.version())).containsOnly(2L);
            assertThat(List.of(left.repeated(), right.repeated())).containsExactlyInAnyOrder(true, false);
        }
        assertThat(((Answer.Refused) answer(node(), sale("one-more", 1))).refusal())
                .isInstanceOf(StockRefusal.InsufficientStock.class);
    }

    @Test
    void twoNodesThatRaceSellEachUnitOnce() {
        openShopWith(node(), 500);
        List<Ledger> both = List.of(node(), node());
        List<CompletableFuture<Answer>> tries = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            if (tries.size() % 64 == 0) {
                CompletableFuture.allOf(tries.toArray(CompletableFuture[]::new)).join();
            }
            tries.add(both.get(i % 2).submit(reserve("cart-" + i, 1), Provenance.of("test")));
        }

        long sold = tries.stream()
                .filter(answer -> answer.join() instanceof Answer.Accepted)
                .count();

        assertThat(sold).isEqualTo(500);
    }

    @Test
    void theFeedTellsAllFactsInOrder() throws InterruptedException {
        Ledger ledger = node();
        FactFeed feed = nodes.get(0).facts.store();
        long before = feed.head();
        openShopWith(ledger, 10);
        Answer.Accepted last = (Answer.Accepted) answer(ledger, reserve("cart", 1));

        List<StoredFact> facts = new ArrayList<>();
        try (FactFeed.Reader reader = feed.open(before)) {
            while (facts.isEmpty() || facts.get(facts.size() - 1).position() < last.position()) {
                facts.addAll(reader.next(100, Duration.ofSeconds(5)));
            }
        }

        assertThat(facts).extracting(StoredFact::position).isSorted().doesNotHaveDuplicates();
        assertThat(facts.get(facts.size() - 1).fact()).isEqualTo(last.fact());
        assertThat(facts.get(0).position()).isEqualTo(before + 1);
    }

    /** A count of two hours ago that is told after a sale of one hour ago. */
    @Test
    void aCountThatIsToldLateReadsBackWhatWasToldSince() {
        Instant now = Instant.now();
        Ledger first = node();
        openShopWith(first, 0);
        answer(first, receipt("first", 10), at(now.minus(Duration.ofHours(3))));
        answer(first, sale("s1", 3), at(now.minus(Duration.ofHours(1))));

        Answer counted = answer(node(), count("c1", 10), at(now.minus(Duration.ofHours(2))));
        Answer tooMany = answer(first, sale("s2", 8));
        Answer again = answer(node(), count("c2", 10), at(now.minus(Duration.ofHours(2))));
        Answer allThatIsLeft = answer(node(), sale("s3", 7));

        assertThat(((Answer.Accepted) counted).fact()).isEqualTo(tenCountedOfTen("c1"));
        assertThat(((Answer.Refused) tooMany).refusal()).isInstanceOf(StockRefusal.InsufficientStock.class);
        assertThat(((Answer.Accepted) again).fact()).isEqualTo(tenCountedOfTen("c2"));
        assertThat(allThatIsLeft).isInstanceOf(Answer.Accepted.class);
    }

    @Test
    void aCountThatIsToldLateReadsFarBack() {
        Instant now = Instant.now();
        Ledger ledger = node();
        openShopWith(ledger, 0);
        answer(ledger, receipt("first", 10), at(now.minus(Duration.ofHours(3))));
        List<CompletableFuture<Answer>> told = new ArrayList<>();
        for (int i = 0; i < TOLD_SINCE; i++) {
            told.add(ledger.submit(receipt("r" + i, 1), Provenance.of("test")));
            if (told.size() % 64 == 0) {
                CompletableFuture.allOf(told.toArray(CompletableFuture[]::new)).join();
            }
        }
        CompletableFuture.allOf(told.toArray(CompletableFuture[]::new)).join();

        Answer counted = answer(ledger, count("c1", 10), at(now.minus(Duration.ofHours(2))));

        assertThat(((Answer.Accepted) counted).fact()).isEqualTo(tenCountedOfTen("c1"));
        assertThat(answer(ledger, sale("s1", TOLD_SINCE + 10))).isInstanceOf(Answer.Accepted.class);
    }

    private Ledger node() {
        AxonServerFacts facts = AxonServerFacts.connect(Objects.requireNonNull(address), null);
        Ledger ledger = Ledger.start(
                facts.store(), LedgerSettings.standard(), InstantSource.system(), new Silent(), background, background);
        nodes.add(new Node(facts, ledger));
        return ledger;
    }

    private void openShopWith(Ledger ledger, int units) {
        answer(
                ledger,
                new OpenLocation(
                        new DocumentRef(Kind.INSTRUCTION, "open-" + run), location, "Shop", LocationKind.SHOP));
        answer(
                ledger,
                new RegisterItem(
                        new DocumentRef(Kind.INSTRUCTION, "item-" + run), sku, "Cup", Unit.PIECE, List.of(), null));
        if (units > 0) {
            receive(ledger, "first", units);
        }
    }

    private void receive(Ledger ledger, String id, int units) {
        answer(ledger, receipt(id, units));
    }

    private ReceiveGoods receipt(String id, int units) {
        DocumentRef document = new DocumentRef(Kind.RECEIPT, id + "-" + run);
        ReceiveGoods.Line line = new ReceiveGoods.Line(asked(units), null, null, List.of(), null);
        return new ReceiveGoods(document, location, "supplier", null, List.of(line));
    }

    private RecordCount count(String id, int units) {
        return new RecordCount(new DocumentRef(Kind.COUNT, id + "-" + run), location, List.of(asked(units)));
    }

    private StockCounted tenCountedOfTen(String id) {
        Quantity ten = Quantity.parse("10 piece");
        return new StockCounted(id + "-" + run, location, List.of(new CountedItem(sku, ten, ten)));
    }

    private RecordSale sale(String id, int units) {
        DocumentRef document = new DocumentRef(Kind.ORDER, id + "-" + run);
        List<RecordSale.Line> lines = List.of(new RecordSale.Line(asked(units), Price.NONE));
        return new RecordSale(document, "webshop", location, null, lines, List.of(), List.of(), null, null, false);
    }

    private ReserveStock reserve(String id, int units) {
        DocumentRef document = new DocumentRef(Kind.RESERVATION, id + "-" + run);
        return new ReserveStock(document, "webshop", location, Duration.ofMinutes(15), List.of(asked(units)));
    }

    private Asked asked(int units) {
        return new Asked(ItemRef.sku(sku), BigDecimal.valueOf(units));
    }

    private static Answer answer(Ledger ledger, Command command) {
        return answer(ledger, command, Provenance.of("test"));
    }

    private static Answer answer(Ledger ledger, Command command, String tryId) {
        return answer(ledger, command, tryNamed(tryId));
    }

    private static Answer answer(Ledger ledger, Command command, Provenance provenance) {
        return ledger.submit(command, provenance).join();
    }

    private static Provenance tryNamed(String tryId) {
        return new Provenance("test", null, null, tryId, Set.of());
    }

    private static Provenance at(Instant businessTime) {
        return new Provenance("test", null, businessTime, null, Set.of());
    }

    private record Silent() implements LedgerObserver {
        @Override
        public void answered(Command command, Answer answer, Duration took) {}

        @Override
        public void failed(Command command, Throwable reason) {}

        @Override
        public void appended(int facts, Duration took) {}

        @Override
        public void conflicted() {}
    }
}
