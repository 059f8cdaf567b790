package io.stockledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.decision.Decision;
import io.stockledger.decision.Decision.NewFact;
import io.stockledger.decision.Moment;
import io.stockledger.document.Command;
import io.stockledger.document.DocumentFact.CommandRefused;
import io.stockledger.ledger.FactStore.StoreUnavailable;
import io.stockledger.scenario.FoldedStreams;
import io.stockledger.scenario.RandomCommands;
import io.stockledger.scenario.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Caches, batches, snapshots and restarts change nothing of what is decided. */
class LedgerProperties {

    private record Told(String stream, long sequence, Object fact, Instant at) {}

    @Property(tries = 25)
    void aLedgerDecidesAsAReplayFromTheFirstFactWould(@ForAll long seed) throws InterruptedException {
        List<Told> live = live(seed, new LedgerSettings(64, 16, 30, 1_000, 1_000, 7, Duration.ofSeconds(10)), 0);

        assertThat(live).isEqualTo(replayed(groups(seed)));
    }

    @Property(tries = 15)
    void aLedgerThatForgetsAndRestartsDecidesAsOneThatDoesNot(@ForAll long seed) throws InterruptedException {
        List<Told> forgetful = live(seed, new LedgerSettings(64, 16, 30, 1, 1, 3, Duration.ofSeconds(10)), 5);

        assertThat(forgetful).isEqualTo(replayed(groups(seed)));
    }

    /** What fails is handed in again, behind what went well meanwhile: the order is the store's. */
    @Property(tries = 25)
    void aStoreThatIsAwayNowAndThenChangesNothingOfWhatIsDecided(@ForAll long seed) throws InterruptedException {
        MemoryFactStore store = new MemoryFactStore();
        Random away = new Random(seed);
        try (Node node = Node.on(store)) {
            int group = 0;
            for (List<Command> commands : groups(seed)) {
                node.at(instant(group++));
                List<Command> left = commands;
                while (!left.isEmpty()) {
                    if (away.nextInt(3) == 0) {
                        store.next((facts, write) -> {
                            throw new StoreUnavailable("away", null);
                        });
                    }
                    left = failed(node, left);
                }
            }
        }

        assertThat(told(store)).isEqualTo(replayed(inTheOrderOf(store, groups(seed))));
    }

    private static List<Command> failed(Node node, List<Command> commands) {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        commands.forEach(command -> answers.add(node.submit(command)));
        List<Command> failed = new ArrayList<>();
        for (int i = 0; i < commands.size(); i++) {
            try {
                Node.answerOf(answers.get(i));
            } catch (CompletionException e) {
                assertThat(e).hasCauseInstanceOf(StoreUnavailable.class);
                failed.add(commands.get(i));
            }
        }
        return failed;
    }

    private static List<List<Command>> inTheOrderOf(MemoryFactStore store, List<List<Command>> groups) {
        Map<String, Integer> places = new HashMap<>();
        store.all().forEach(fact -> places.putIfAbsent(fact.stream(), places.size()));
        return groups.stream()
                .map(group -> group.stream()
                        .sorted(Comparator.comparing(
                                command -> places.getOrDefault(command.document().stream(), Integer.MAX_VALUE)))
                        .toList())
                .toList();
    }

    /** In groups of ten, each at one instant, however they fall into batches. */
    private static List<Told> live(long seed, LedgerSettings settings, int groupsPerLife) throws InterruptedException {
        MemoryFactStore store = new MemoryFactStore();
        Node node = Node.on(store, settings);
        int group = 0;
        for (List<Command> commands : groups(seed)) {
            if (groupsPerLife > 0 && group > 0 && group % groupsPerLife == 0) {
                node.close();
                node = Node.on(store, settings);
            }
            node.at(instant(group++));
            List<CompletableFuture<Answer>> answers = new ArrayList<>();
            for (Command command : commands) {
                answers.add(node.submit(command));
            }
            Node.answersOf(answers);
        }
        node.close();
        return told(store);
    }

    private static List<Told> told(MemoryFactStore store) {
        return store.all().stream()
                .map(fact -> new Told(fact.stream(), fact.sequence(), fact.fact(), fact.recordedAt()))
                .toList();
    }

    /** The same, one by one, with every state folded from its first fact. */
    private static List<Told> replayed(List<List<Command>> groups) {
        FoldedStreams streams = new FoldedStreams();
        List<Told> told = new ArrayList<>();
        Set<String> documents = new HashSet<>();
        int group = 0;
        for (List<Command> commands : groups) {
            Instant at = instant(group++);
            for (Command command : commands) {
                String document = command.document().stream();
                if (documents.add(document)) {
                    Decision decision = Rules.decide(command, streams, Moment.of(at), LocationTie.NONE);
                    if (decision instanceof Decision.Accepted accepted) {
                        for (NewFact effect : accepted.effects()) {
                            tell(streams, told, effect, at);
                        }
                        tell(streams, told, new NewFact(document, accepted.document()), at);
                    } else {
                        CommandRefused refused = CommandRefused.of(command, ((Decision.Refused) decision).refusal());
                        tell(streams, told, new NewFact(document, refused), at);
                    }
                }
            }
        }
        return told;
    }

    private static void tell(FoldedStreams streams, List<Told> told, NewFact fact, Instant at) {
        told.add(new Told(fact.stream(), streams.facts(fact.stream()).size(), fact.fact(), at));
        streams.add(fact, Moment.of(at));
    }

    private static List<List<Command>> groups(long seed) {
        List<List<Command>> groups = new ArrayList<>();
        groups.add(RandomCommands.opening());
        RandomCommands commands = new RandomCommands("c", seed);
        for (int group = 0; group < 30; group++) {
            List<Command> some = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                some.add(commands.next());
            }
            groups.add(some);
        }
        return groups;
    }

    private static Instant instant(int group) {
        return Scenario.NOON.plus(Duration.ofMinutes(4L * group));
    }
}
