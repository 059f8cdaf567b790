package io.stockledger.benchmarks.crash;

import io.stockledger.benchmarks.crash.Call.Told;
import io.stockledger.benchmarks.crash.Fault.Kind;
import io.stockledger.document.DocumentFact.CommandRefused;
import io.stockledger.ledger.StoredFact;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.Posting;
import io.stockledger.stock.StockFact.StockMoved;
import io.stockledger.stock.StockFact.StockReserved;
import io.stockledger.v1.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds the facts, from the first to the last, and then the views against the calls, their answers and the model. */
final class Reckoning {

    private final Map<String, Call> calls;
    private final Map<String, Told> told;
    private final StockModel model = new StockModel();
    private final Map<String, Long> sequences = new HashMap<>();
    private final Set<String> documents = new HashSet<>();
    private final Set<String> tries = new HashSet<>();
    /** Units outside the house, by item: what went out less what came in. */
    private final Map<String, Long> outside = new HashMap<>();

    private final List<Fault> faults = new ArrayList<>();
    private final List<StoredFact> group = new ArrayList<>();
    private long lastPosition;

    /**
     * @param calls by their names
     * @param told what callers were told, by the calls' names
     */
    Reckoning(Map<String, Call> calls, Map<String, Told> told) {
        this.calls = calls;
        this.told = told;
    }

    /** Takes the next fact of the store. */
    void read(StoredFact fact) {
        if (fact.position() != lastPosition + 1) {
            fault(Kind.OUT_OF_ORDER, "position " + fact.position() + " after " + lastPosition + " (expected: no gap)");
        }
        lastPosition = fact.position();
        long before = sequences.getOrDefault(fact.stream(), -1L);
        if (fact.sequence() != before + 1) {
            fault(
                    Kind.OUT_OF_ORDER,
                    fact.stream() + "/" + fact.sequence() + " after " + before + " (expected: the next)");
        }
        sequences.put(fact.stream(), fact.sequence());
        if (fact.fact() instanceof StockMoved moved) {
            countOutside(moved);
        }
        if (!group.isEmpty()
                && !group.get(0).meta().document().equals(fact.meta().document())) {
            effectsAlone();
        }
        group.add(fact);
        if (fact.stream().equals(fact.meta().document())) {
            document(fact);
            group.clear();
        }
    }

    /** There are no more facts. */
    void end() {
        if (!group.isEmpty()) {
            effectsAlone();
        }
        told.keySet().stream()
                .filter(name -> !tries.contains(name))
                .forEach(name -> fault(Kind.LOST, name + " was answered and is not in the store"));
    }

    /**
     * Holds what a view shows of all items against what the facts come to.
     *
     * @param at for which instant it shows that
     */
    void view(List<Level> levels, Instant at) {
        Set<String> unseen = new HashSet<>(outside.keySet());
        for (Level level : levels) {
            String sku = level.getSku();
            unseen.remove(sku);
            String says = level.getSellable() + " sellable, " + level.getReserved() + " reserved, "
                    + level.getAvailableToPromise() + " to promise";
            int sellable = model.sellable(sku);
            int reserved = model.reserved(sku, at);
            String fold = sellable + " sellable, " + reserved + " reserved, " + (sellable - reserved) + " to promise";
            if (!says.equals(fold)) {
                fault(Kind.VIEW_DIFFERS, "the view of " + sku + " says " + says + " (expected: " + fold + ")");
            }
            long sum = Long.parseLong(level.getSellable()) + outside.getOrDefault(sku, 0L);
            if (sum != 0) {
                fault(Kind.UNBALANCED, "what is in the house and outside of " + sku + " is " + sum + " (expected: 0)");
            }
        }
        unseen.forEach(sku -> fault(Kind.VIEW_DIFFERS, "the view has no " + sku));
    }

    void fault(Kind kind, String what) {
        faults.add(new Fault(kind, what));
    }

    /** None when every promise held. */
    List<Fault> faults() {
        return List.copyOf(faults);
    }

    long lastPosition() {
        return lastPosition;
    }

    private void countOutside(StockMoved moved) {
        for (Posting posting : moved.postings()) {
            long quantity = posting.quantity().amount().longValueExact();
            if (!posting.from().isOnHand()) {
                outside.merge(moved.sku(), -quantity, Long::sum);
            }
            if (!posting.to().isOnHand()) {
                outside.merge(moved.sku(), quantity, Long::sum);
            }
        }
    }

    private void effectsAlone() {
        String document = group.get(0).meta().document();
        if (documents.contains(document)) {
            fault(
                    Kind.DOUBLED,
                    document + " has effects again at position " + group.get(0).position());
        } else {
            fault(Kind.PARTIAL, document + " has effects without its own fact");
        }
        group.clear();
    }

    private void document(StoredFact fact) {
        String name = Call.nameOf(fact.stream(), fact.meta().tryId());
        Call call = calls.get(name);
        if (call == null) {
            return;
        }
        documents.add(fact.stream());
        if (!tries.add(name)) {
            fault(Kind.DOUBLED, name + " stands twice");
        }
        boolean accepted = !(fact.fact() instanceof CommandRefused);
        boolean due = model.accepts(call, fact.recordedAt());
        if (accepted != due) {
            boolean takes = call.kind() == Call.Kind.SELL || call.kind() == Call.Kind.RESERVE;
            fault(
                    accepted && takes ? Kind.OVERSOLD : Kind.WRONG_ANSWER,
                    fact.stream() + (accepted ? " was accepted" : " was refused") + " at position " + fact.position()
                            + " (expected: the opposite, by the model)");
        }
        Map<String, Integer> effect = effect(call);
        Map<String, Integer> expected = accepted ? expected(call) : Map.of();
        if (!effect.equals(expected)) {
            fault(
                    kindOf(effect, expected),
                    fact.stream() + " moved or held " + effect + " (expected: " + expected + ")");
        }
        checkAnswer(fact, name, accepted);
    }

    private static Kind kindOf(Map<String, Integer> effect, Map<String, Integer> expected) {
        if (!expected.keySet().containsAll(effect.keySet())) {
            return Kind.WRONG_EFFECT;
        }
        boolean more = expected.entrySet().stream()
                .anyMatch(one -> Math.abs(effect.getOrDefault(one.getKey(), 0)) > Math.abs(one.getValue()));
        return more ? Kind.DOUBLED : Kind.PARTIAL;
    }

    /** What the document's facts do to sellable units, or to held ones for a reservation. */
    private Map<String, Integer> effect(Call call) {
        Map<String, Integer> effect = new HashMap<>();
        for (StoredFact fact : group) {
            if (fact.fact() instanceof StockMoved moved) {
                for (Posting posting : moved.postings()) {
                    int quantity = posting.quantity().amount().intValueExact();
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

    private void checkAnswer(StoredFact fact, String name, boolean accepted) {
        Told answer = told.get(name);
        if (answer == null) {
            return;
        }
        if (answer.isAccepted() != accepted) {
            fault(
                    Kind.WRONG_ANSWER,
                    fact.stream() + " was told " + answer.refusal() + " (expected: what is stored, "
                            + (accepted ? "accepted" : "refused") + ")");
        }
        answer.accepted()
                .filter(one -> one.getPosition() < fact.position())
                .ifPresent(one -> fault(
                        Kind.WRONG_ANSWER,
                        fact.stream() + " was told position " + one.getPosition() + " (expected: " + fact.position()
                                + ")"));
    }
}
