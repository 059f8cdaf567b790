package io.stockledger.projections.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.stockledger.decision.Decision.NewFact;
import io.stockledger.document.DocumentFact.CommandRefused;
import io.stockledger.document.DocumentFact.InstructionAccepted;
import io.stockledger.document.Fact;
import io.stockledger.document.InvalidCommand;
import io.stockledger.eventstore.FactJson;
import io.stockledger.eventstore.FactNames;
import io.stockledger.item.ItemFact.BarcodeWithdrawn;
import io.stockledger.item.ItemFact.ItemRegistered;
import io.stockledger.item.ItemRefusal.UnknownItem;
import io.stockledger.ledger.FactMeta;
import io.stockledger.ledger.StoredFact;
import io.stockledger.location.LocationFact.LocationOpened;
import io.stockledger.location.LocationKind;
import io.stockledger.projections.FactLog;
import io.stockledger.projections.TestViews;
import io.stockledger.projections.view.Freshness;
import io.stockledger.projections.view.Views;
import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.stock.StockFact;
import io.stockledger.stock.StockFact.SafetyStockSet;
import io.stockledger.stock.WhereaboutsFact.FirstStocked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private static final FactLog LOG = new FactLog();
    private static final Instant AT = Instant.parse("2026-03-01T08:00:00.123456Z");

    private static HikariDataSource database;
    private static Views views;
    private static HistoryQueries queries;

    @BeforeAll
    static void tell() {
        Random random = new Random(11);
        for (int command = 0; command < 400; command++) {
            // A command's facts stand together, its document's last: that is how each is appended.
            String document = "instruction:" + command;
            // The clocks of two nodes are a minute apart.
            Instant recorded = AT.plusSeconds(command * 7L + random.nextInt(2) * 60L);
            for (int tries = random.nextInt(3); tries > 0; tries--) {
                Fact refused = new CommandRefused("set-safety-stock", new UnknownItem("0001"), places(random));
                LOG.append(document, refused, meta(random, document, "try-" + tries), recorded);
            }
            if (command % 50 == 49) {
                continue;
            }
            FactMeta meta = meta(random, document, null);
            List<NewFact> told = new ArrayList<>();
            for (int effects = random.nextInt(4); effects > 0; effects--) {
                told.add(effect(random, command));
            }
            told.add(new NewFact(document, InstructionAccepted.of("set-safety-stock", "x", 1, places(random))));
            LOG.append(told, meta, recorded);
        }
        database = TestViews.database();
        views = TestViews.start(database, LOG, 33, HistoryView.ofFactsElsewhere());
        queries = new HistoryQueries(database, views);
    }

    private static FactMeta meta(Random random, String document, @Nullable String tryId) {
        return new FactMeta(
                "set-safety-stock",
                document,
                "f",
                "clerk-" + random.nextInt(3),
                random.nextInt(2) == 0 ? null : "till-" + random.nextInt(3),
                AT.minusSeconds(random.nextInt(1_000)),
                tryId,
                random.nextInt(2) == 0 ? null : Map.of("cost-centre", "4200", "note", "Näme \"1\""),
                random.nextInt(2) == 0 ? null : "request-" + random.nextInt(3));
    }

    private static Set<String> places(Random random) {
        return random.nextInt(3) == 0 ? Set.of() : Set.of("shop-" + random.nextInt(3), "shop-3");
    }

    private static NewFact effect(Random random, int command) {
        // One item's name begins another's, up to where a location would begin.
        String sku = List.of("0000", "0001", "0002", "0002@b").get(random.nextInt(4));
        String location = "shop-" + random.nextInt(3);
        return switch (random.nextInt(9)) {
            case 0 -> new NewFact("item:" + sku, new ItemRegistered(sku, "Näme", Unit.PIECE, List.of()));
            case 1 -> new NewFact("locations:all", new LocationOpened(location, "Shop", LocationKind.SHOP));
            case 2 -> new NewFact("barcode:" + command % 5, new BarcodeWithdrawn("4006381333931", sku));
            case 3 ->
                new NewFact("instruction:" + command / 2, InstructionAccepted.of("later", "x", 1, places(random)));
            case 4 -> new NewFact("whereabouts:" + sku, new FirstStocked(sku, location));
            default ->
                new NewFact(
                        "stock:" + sku + "@" + location,
                        new SafetyStockSet(sku, location, Quantity.of(command, Unit.PIECE)));
        };
    }

    @AfterAll
    static void close() {
        views.close();
        database.close();
    }

    @Test
    void aFactIsToldWithAllThatIsKnownAboutIt() {
        StoredFact stored = LOG.all().stream()
                .filter(fact -> fact.fact() instanceof StockFact && fact.meta().device() != null)
                .filter(fact -> fact.meta().metadata() != null && fact.meta().requestId() != null)
                .findFirst()
                .orElseThrow();
        SafetyStockSet set = (SafetyStockSet) stored.fact();
        HistoryPage page =
                queries.oldestFirst(HistoryQuestion.ALL, stored.position() - 1, 1, TestViews.seen(LOG.head()));
        assertThat(page.facts())
                .containsExactly(new HistoryFact(
                        stored.position(),
                        stored.stream(),
                        stored.sequence(),
                        "safety-stock-set",
                        1,
                        stored.recordedAt(),
                        stored.meta().businessTime(),
                        "set-safety-stock",
                        stored.meta().document(),
                        stored.meta().tryId(),
                        stored.meta().principal(),
                        stored.meta().device(),
                        Map.of("cost-centre", "4200", "note", "Näme \"1\""),
                        stored.meta().requestId(),
                        set.sku(),
                        FactJson.write(set)));
        assertThat(page.asOf().position()).isEqualTo(LOG.head());
    }

    @Test
    void eachQuestionFindsWhatAWalkThroughAllFactsFinds() {
        same(HistoryQuestion.ALL, fact -> true);
        same(HistoryQuestion.ofSku("0001"), fact -> isAbout(fact, "0001", null));
        same(ofLocation("shop-2"), fact -> isAbout(fact, null, "shop-2"));
        same(HistoryQuestion.ofSku("0002").withLocation("shop-1"), fact -> isAbout(fact, "0002", "shop-1"));
        same(
                HistoryQuestion.ALL.withDevice("till-1"),
                fact -> "till-1".equals(fact.meta().device()));
        same(
                HistoryQuestion.ALL.withPrincipal("clerk-2"),
                fact -> fact.meta().principal().equals("clerk-2"));
        same(
                HistoryQuestion.ofSku("0001").withDevice("till-0").withPrincipal("clerk-0"),
                fact -> isAbout(fact, "0001", null)
                        && "till-0".equals(fact.meta().device())
                        && fact.meta().principal().equals("clerk-0"));
        same(HistoryQuestion.ofSku("0002@b"), fact -> isAbout(fact, "0002@b", null));
        for (int command = 0; command < 400; command += 7) {
            String document = "instruction:" + command;
            if (LOG.all().stream().anyMatch(fact -> isOf(fact, document))) {
                same(HistoryQuestion.ofDocument(document), fact -> isOf(fact, document));
            }
        }
        StoredFact told = LOG.all().stream()
                .filter(fact -> isAbout(fact, "0001", null))
                .findFirst()
                .orElseThrow();
        String teller = told.meta().document();
        same(
                HistoryQuestion.ofSku("0001").withDocument(teller),
                fact -> isOf(fact, teller) && isAbout(fact, "0001", null));
        assertThat(queries.oldestFirst(HistoryQuestion.ofSku("none"), 10, Freshness.ANY)
                        .facts())
                .isEmpty();
    }

    @Test
    void factsAreFoundByTheirNamesAndByWhenTheyWereRecorded() {
        Predicate<StoredFact> rare = isCalled("item-registered").or(isCalled("first-stocked"));
        same(HistoryQuestion.ALL.withNames(Set.of("first-stocked")), isCalled("first-stocked"));
        same(HistoryQuestion.ALL.withNames(Set.of("first-stocked", "item-registered")), rare);
        same(
                ofLocation("shop-2").withNames(Set.of("safety-stock-set")),
                isCalled("safety-stock-set").and(fact -> isAbout(fact, null, "shop-2")));
        List<Instant> times = LOG.all().stream()
                .map(StoredFact::recordedAt)
                .distinct()
                .sorted()
                .toList();
        Instant from = times.get(times.size() / 3);
        Instant before = times.get(times.size() / 2);
        Predicate<StoredFact> between =
                fact -> !fact.recordedAt().isBefore(from) && fact.recordedAt().isBefore(before);
        same(HistoryQuestion.ALL.recorded(from, before), between);
        same(
                HistoryQuestion.ALL.recorded(from, null),
                fact -> !fact.recordedAt().isBefore(from));
        same(
                HistoryQuestion.ALL.recorded(null, before),
                fact -> fact.recordedAt().isBefore(before));
        same(HistoryQuestion.ofSku("0001").recorded(from, before), between.and(fact -> isAbout(fact, "0001", null)));
        same(
                HistoryQuestion.ALL.withNames(Set.of("first-stocked")).recorded(null, before),
                isCalled("first-stocked").and(fact -> fact.recordedAt().isBefore(before)));
        same(
                HistoryQuestion.ALL.recorded(from.plusNanos(1), null),
                fact -> fact.recordedAt().isAfter(from));
        same(
                HistoryQuestion.ALL.recorded(null, before.plusNanos(1)),
                fact -> !fact.recordedAt().isAfter(before));
        assertThatThrownBy(() -> HistoryQuestion.ALL.recorded(before, from))
                .isInstanceOf(InvalidCommand.class)
                .hasMessage("recordedBefore: " + from + " (expected: not before " + before + ")");
        assertThatThrownBy(() -> HistoryQuestion.ALL.withNames(Set.of("stock-mooved")))
                .isInstanceOf(InvalidCommand.class)
                .hasMessageStartingWith("names: 'stock-mooved' (expected: one of ");
    }

    @Test
    void severalTracesTogetherFindWhatStandsInAllOfThem() {
        Set<String> names = Set.of("safety-stock-set", "location-opened", "first-stocked");
        Predicate<StoredFact> named =
                isCalled("safety-stock-set").or(isCalled("location-opened")).or(isCalled("first-stocked"));
        Predicate<StoredFact> byTill = fact -> "till-1".equals(fact.meta().device());
        Predicate<StoredFact> here = fact -> isAbout(fact, null, "shop-2");
        same(HistoryQuestion.ALL.withNames(names).withDevice("till-1"), named.and(byTill));
        same(
                ofLocation("shop-2").withNames(names).withDevice("till-1"),
                named.and(byTill).and(here));
        same(
                ofLocation("shop-2").withNames(names).withPrincipal("clerk-1"),
                named.and(here).and(fact -> fact.meta().principal().equals("clerk-1")));
        Set<String> few = Set.of("shop-1", "shop-3");
        Set<String> many = new TreeSet<>(few);
        for (int i = 0; i < 40; i++) {
            many.add("elsewhere-" + i);
        }
        for (Set<String> tied : List.of(few, many)) {
            Predicate<StoredFact> seen = fact -> fact.fact().locations().isEmpty()
                    || !Collections.disjoint(fact.fact().locations(), tied);
            same(HistoryQuestion.ALL.withNames(names).tiedTo(tied), named.and(seen));
            same(HistoryQuestion.ALL.withDevice("till-1").tiedTo(tied), byTill.and(seen));
        }
    }

    @Test
    void behindTheLastPositionOfAllThereIsNothing() {
        assertThat(queries.oldestFirst(ofLocation("shop-2"), Long.MAX_VALUE, 7, Freshness.ANY)
                        .facts())
                .isEmpty();
        assertThat(queries.oldestFirst(HistoryQuestion.ofSku("0001"), Long.MAX_VALUE, 7, Freshness.ANY)
                        .facts())
                .isEmpty();
    }

    @Test
    void whoIsTiedToLocationsSeesOnlyWhatTellsOfThemOrOfNowhereInParticular() {
        Set<String> tied = Set.of("shop-1", "shop-3");
        Predicate<StoredFact> seen = fact -> fact.fact().locations().isEmpty()
                || !Collections.disjoint(fact.fact().locations(), tied);
        same(HistoryQuestion.ALL.tiedTo(tied), seen);
        same(HistoryQuestion.ofSku("0001").tiedTo(tied), seen.and(fact -> isAbout(fact, "0001", null)));
        same(ofLocation("shop-1").tiedTo(tied), fact -> isAbout(fact, null, "shop-1"));
        same(
                ofLocation("shop-3").withPrincipal("clerk-1").tiedTo(tied),
                fact -> isAbout(fact, null, "shop-3") && fact.meta().principal().equals("clerk-1"));
        for (int command = 0; command < 400; command += 7) {
            String document = "instruction:" + command;
            Predicate<StoredFact> ofDocument = seen.and(fact -> isOf(fact, document));
            if (LOG.all().stream().anyMatch(ofDocument)) {
                same(HistoryQuestion.ofDocument(document).tiedTo(tied), ofDocument);
            }
        }
    }

    private static void same(HistoryQuestion question, Predicate<StoredFact> which) {
        List<Long> expected =
                LOG.all().stream().filter(which).map(StoredFact::position).toList();
        assertThat(expected).isNotEmpty();
        assertThat(pages(question, true)).isEqualTo(expected);
        List<Long> backwards = new ArrayList<>(expected);
        Collections.reverse(backwards);
        assertThat(pages(question, false)).isEqualTo(backwards);
    }

    private static List<Long> pages(HistoryQuestion question, boolean oldestFirst) {
        List<Long> positions = new ArrayList<>();
        long from = oldestFirst ? 0 : Long.MAX_VALUE;
        while (true) {
            HistoryPage page = oldestFirst
                    ? queries.oldestFirst(question, from, 7, TestViews.seen(LOG.head()))
                    : queries.newestFirst(question, from, 7, TestViews.seen(LOG.head()));
            page.facts().forEach(fact -> positions.add(fact.position()));
            if (page.next().isEmpty()) {
                return positions;
            }
            from = page.next().getAsLong();
        }
    }

    private static Predicate<StoredFact> isCalled(String name) {
        return fact -> FactNames.of(fact.fact()).name().equals(name);
    }

    private static boolean isOf(StoredFact fact, String document) {
        return fact.stream().equals(document) || fact.meta().document().equals(document);
    }

    private static boolean isAbout(StoredFact stored, @Nullable String sku, @Nullable String location) {
        return (sku == null || sku.equals(sku(stored.fact())))
                && (location == null || stored.fact().locations().contains(location));
    }

    private static @Nullable String sku(Fact fact) {
        if (fact instanceof StockFact stock) {
            return stock.sku();
        }
        if (fact instanceof FirstStocked first) {
            return first.sku();
        }
        if (fact instanceof ItemRegistered item) {
            return item.sku();
        }
        return fact instanceof BarcodeWithdrawn barcode ? barcode.sku() : null;
    }

    private static HistoryQuestion ofLocation(String location) {
        return HistoryQuestion.ALL.withLocation(location);
    }
}
