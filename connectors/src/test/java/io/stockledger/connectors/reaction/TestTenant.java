package io.stockledger.connectors.reaction;

import io.stockledger.connectors.TestDatabase;
import io.stockledger.document.Command;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.Fingerprint;
import io.stockledger.ledger.StoredFact;
import java.sql.Connection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.sql.DataSource;

/** A reaction that calls nobody: each fact asks for one effect at each of its targets, which behave as a test says. */
final class TestTenant implements Reaction {

    static final String NAME = "test_tenant";

    /** How a target behaves. */
    interface Target {
        Result carryOut(Effect effect) throws InterruptedException;
    }

    static final Target GOOD = effect -> new Result.CarriedOut(200, "thanks for " + effect.position());
    static final Target BAD = effect -> new Result.Failed(500, "out of order", null);

    private final Map<String, Target> targets = new ConcurrentHashMap<>();
    private final List<Effect> calls = new CopyOnWriteArrayList<>();
    private final boolean tellsOutcome;

    private TestTenant(boolean tellsOutcome) {
        this.tellsOutcome = tellsOutcome;
    }

    static TestTenant of(String target, Target behaviour) {
        return new TestTenant(false).with(target, behaviour);
    }

    /** Its effects' outcomes come back as commands. */
    static TestTenant tellingOutcomes(String target, Target behaviour) {
        return new TestTenant(true).with(target, behaviour);
    }

    /** From now on. */
    TestTenant with(String target, Target behaviour) {
        targets.put(target, behaviour);
        return this;
    }

    List<Effect> calls() {
        return List.copyOf(calls);
    }

    List<Effect> calls(String target) {
        return calls.stream().filter(call -> call.target().equals(target)).toList();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<String> sequenceKey(StoredFact fact) {
        return Optional.of(fact.meta().document());
    }

    @Override
    public List<NewEffect> effects(List<StoredFact> facts, Connection connection) {
        List<NewEffect> effects = new ArrayList<>();
        for (StoredFact fact : facts) {
            for (String target : targets.keySet()) {
                effects.add(new NewEffect(
                        target + "-" + fact.position(),
                        target,
                        fact.meta().document(),
                        fact.position(),
                        "test",
                        "payload of " + fact.position()));
            }
        }
        return effects;
    }

    @Override
    public Result carryOut(Effect effect, Duration timeout) throws InterruptedException {
        calls.add(effect);
        Target target = targets.get(effect.target());
        return target == null ? new Result.Refused(null, "no such target") : target.carryOut(effect);
    }

    @Override
    public Optional<Command> outcome(Effect effect, Result result) {
        return tellsOutcome ? Optional.of(new Told(effect.key(), result.toString())) : Optional.empty();
    }

    /** What comes back: its document is the effect's key. */
    record Told(String key, String what) implements Command {

        @Override
        public DocumentRef document() {
            return new DocumentRef(DocumentRef.Kind.INSTRUCTION, "outcome-of-" + key);
        }

        @Override
        public String name() {
            return "tell-outcome";
        }

        @Override
        public Fingerprint fingerprint() {
            return Fingerprint.of("tell-outcome/1").field("what", what);
        }
    }

    static final Function<Command, CompletableFuture<?>> NO_LEDGER =
            command -> CompletableFuture.failedFuture(new AssertionError("no outcome is expected: " + command));

    EffectWorkers workers(DataSource database, InstantSource clock) {
        return workers(database, clock, NO_LEDGER);
    }

    EffectWorkers workers(DataSource database, InstantSource clock, Function<Command, CompletableFuture<?>> ledger) {
        return EffectWorkers.start(List.of(this), database, settings(), clock, EffectObserver.NONE, ledger);
    }

    /** Workers that take up nothing while a call hangs. */
    EffectWorkers workersOfOneCall(
            DataSource database, InstantSource clock, Function<Command, CompletableFuture<?>> ledger) {
        return EffectWorkers.start(List.of(this), database, settings(1, 1), clock, EffectObserver.NONE, ledger);
    }

    /** Looks often, leaves a target alone after three failures, and tries as the standard plan says. */
    static WorkerSettings settings() {
        return settings(16, 4);
    }

    private static WorkerSettings settings(int atOnce, int atOncePerTarget) {
        WorkerSettings standard = WorkerSettings.standard();
        return new WorkerSettings(
                atOnce,
                atOncePerTarget,
                standard.timeout(),
                standard.claim(),
                Duration.ofMillis(20),
                standard.retries(),
                3,
                Duration.ofSeconds(10),
                Duration.ofSeconds(40),
                standard.keepDone(),
                standard.keepParked());
    }

    /** Writes what these facts ask for, as the reaction's view does. */
    void take(DataSource database, List<StoredFact> facts, InstantSource clock) throws Exception {
        try (Connection connection = database.getConnection()) {
            new ReactionView(this, clock).apply(facts, connection);
        }
    }

    static long count(DataSource database, String target, String state) {
        return TestDatabase.count(database, "target = '" + target + "' AND state = '" + state + "'");
    }
}
