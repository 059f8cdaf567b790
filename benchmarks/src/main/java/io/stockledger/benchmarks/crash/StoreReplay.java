package io.stockledger.benchmarks.crash;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.stockledger.api.store.PostgresFacts;
import io.stockledger.benchmarks.Workbench.Database;
import io.stockledger.benchmarks.crash.Call.Told;
import io.stockledger.document.DocumentFact.CommandRefused;
import io.stockledger.eventstore.postgres.PostgresEventStoreOptions;
import io.stockledger.ledger.FactFeed;
import io.stockledger.ledger.StoredFact;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.Posting;
import io.stockledger.stock.StockFact.StockMoved;
import io.stockledger.stock.StockFact.StockReserved;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the store from its first fact and holds it against the calls and against the model. */
final class StoreReplay {

    private static final Duration NO_MORE = Duration.ofMillis(200);

    private final Map<String, Call> calls;
    private final Map<String, Told> told;
    private final StockModel model = new StockModel();
    private final Map<String, Long> sequences = new HashMap<>();
    private final Set<String> documents = new HashSet<>();
    private final Map<Bucket, Long> buckets = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private final List<StoredFact> group = new ArrayList<>();
    private long lastPosition;

    private StoreReplay(Map<String, Call> calls, Map<String, Told> told) {
        this.calls = calls;
        this.told = told;
    }

    /**
     * What was found.
     *
     * @param faults each a sentence; none when every promise held
     * @param facts how many there are
     * @param documents of calls, refused ones included
     */
    record Findings(List<String> faults, long facts, int documents, StockModel model) {}

    static Findings of(Database database, Map<String, Call> calls, Map<String, Told> told) throws InterruptedException {
        HikariConfig config = new HikariConfig();
        config.setDataSource(database.dataSource());
        config.setMaximumPoolSize(2);
        StoreReplay replay = new StoreReplay(calls, told);
        try (HikariDataSource pool = new HikariDataSource(config);
                PostgresFacts facts =
                        PostgresFacts.connect(database.dataSource(), pool, PostgresEventStoreOptions.standard());
                FactFeed.Reader reader = facts.store().open(0)) {
            for (List<StoredFact> next = reader.next(1_000, NO_MORE);
                    !next.isEmpty();
                    next = reader.next(1_000, NO_MORE)) {
                next.forEach(replay::read);
            }
        }
        return replay.end();
    }

    private void read(StoredFact fact) {
        if (fact.position() != lastPosition + 1) {
            faults.add("position " + fact.position() + " after " + lastPosition + " (expected: no gap)");
        }
        lastPosition = fact.position();
        long before = sequences.getOrDefault(fact.stream(), -1L);
        if (fact.sequence() != before + 1) {
            faults.add(fact.stream() + "/" + fact.sequence() + " after " + before + " (expected: the next)");
        }
        sequences.put(fact.stream(), fact.sequence());
        if (!group.isEmpty()
                && !group.get(0).meta().document().equals(fact.meta().document())) {
            faults.add("document " + group.get(0).meta().document() + " has effects without its own fact: partial");
            group.clear();
        }
        group.add(fact);
        if (fact.stream().equals(fact.meta().document()) && fact.sequence() == 0) {
            document(fact);
            group.clear();
        }
    }

    private void document(StoredFact fact) {
        Call call = calls.get(fact.stream());
        if (call == null) {
            return;
        }
        if (!documents.add(fact.stream())) {
            faults.add(fact.stream() + " stands twice: doubled");
        }
        boolean accepted = !(fact.fact() instanceof CommandRefused);
        boolean due = model.accepts(call, fact.recordedAt());
        if (accepted != due) {
            faults.add(fact.stream() + (accepted ? " was accepted" : " was refused") + " at position " + fact.position()
                    + " (expected: the opposite, by the model)");
        }
        Map<String, Integer> effect = effect(call);
        Map<String, Integer> expected = accepted ? expected(call) : Map.of();
        if (!effect.equals(expected)) {
            faults.add(fact.stream() + " moved or held " + effect + " (expected: " + expected + ")");
        }
        for (String sku : call.units().keySet()) {
            int left = model.sellable(sku) - model.reserved(sku, fact.recordedAt());
            if (left < 0) {
                faults.add(fact.stream() + " leaves " + left + " of " + sku + " to promise: oversold");
            }
        }
        check(fact, accepted);
    }

    /** What the document's facts do to sellable units, or to held ones for a reservation. */
    private Map<String, Integer> effect(Call call) {
        Map<String, Integer> effect = new HashMap<>();
        for (StoredFact fact : group) {
            if (fact.fact() instanceof StockMoved moved) {
                for (Posting posting : moved.postings()) {
                    int quantity = posting.quantity().amount().intValueExact();
                    buckets.merge(posting.from(), (long) -quantity, Long::sum);
                    buckets.merge(posting.to(), (long) quantity, Long::sum);
                    if (posting.to() == Bucket.SELLABLE) {
                        effect.merge(moved.sku(), quantity, Integer::sum);
                    } else if (posting.from() == Bucket.SELLABLE) {
                        effect.merge(moved.sku(), -quantity, Integer::sum);
                    }
                }
            } else if (fact.fact() instanceof StockReserved reserved && call.kind() == Call.Kind.RESERVE) {
                effect.merge(reserved.sku(), reserved.hold().quantity().amount().intValueExact(), Integer::sum);
            }
        }
        return effect;
    }

    private static Map<String, Integer> expected(Call call) {
        int sign = call.kind() == Call.Kind.SELL || call.kind() == Call.Kind.CONFIRM ? -1 : 1;
        Map<String, Integer> expected = new HashMap<>();
        if (call.kind() != Call.Kind.RELEASE) {
            call.units().forEach((sku, quantity) -> expected.put(sku, sign * quantity));
        }
        return expected;
    }

    private void check(StoredFact fact, boolean accepted) {
        Told answer = told.get(fact.stream());
        if (answer == null) {
            return;
        }
        if (answer.isAccepted() != accepted) {
            faults.add(fact.stream() + " was told " + answer.refusal() + " (expected: what is stored)");
        }
        answer.accepted()
                .filter(one -> one.getPosition() < fact.position())
                .ifPresent(one -> faults.add(fact.stream() + " was told position " + one.getPosition() + " (expected: "
                        + fact.position() + ")"));
    }

    private Findings end() {
        if (!group.isEmpty()) {
            faults.add("the last facts, of " + group.get(0).meta().document() + ", have no document: partial");
        }
        told.keySet().stream()
                .filter(document -> !documents.contains(document))
                .forEach(document -> faults.add(document + " was answered and is not in the store: lost"));
        long sum = buckets.values().stream().mapToLong(Long::longValue).sum();
        if (sum != 0) {
            faults.add("all buckets sum to " + sum + " (expected: 0)");
        }
        return new Findings(List.copyOf(faults), lastPosition, documents.size(), model);
    }
}
