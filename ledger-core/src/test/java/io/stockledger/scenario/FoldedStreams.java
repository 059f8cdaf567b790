package io.stockledger.scenario;

import io.stockledger.decision.Decision;
import io.stockledger.decision.Decision.NewFact;
import io.stockledger.decision.Moment;
import io.stockledger.decision.StreamType;
import io.stockledger.decision.Streams;
import io.stockledger.document.Command;
import io.stockledger.document.Fact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Streams as plain lists of facts; each state is folded from the first fact whenever it is asked for. */
public final class FoldedStreams implements Streams {

    private final Map<String, List<PastFact>> facts = new HashMap<>();
    private final Set<String> looked = new HashSet<>();
    private boolean tooMany;

    public void add(String stream, Fact fact, Instant happened) {
        facts.computeIfAbsent(stream, name -> new ArrayList<>()).add(new PastFact(fact, happened));
    }

    /** Adds what was decided at a moment. */
    public void add(NewFact fact, Moment at) {
        add(fact.stream(), fact.fact(), fact.happened() == null ? at.happened() : fact.happened());
    }

    /** The same, with the document's own fact last. */
    public void add(Command command, Decision.Accepted accepted, Moment at) {
        accepted.effects().forEach(effect -> add(effect, at));
        add(command.document().stream(), accepted.document(), at.happened());
    }

    public List<Fact> facts(String stream) {
        return past(stream).stream().map(PastFact::fact).toList();
    }

    private List<PastFact> past(String stream) {
        return facts.getOrDefault(stream, List.of());
    }

    @Override
    public <S> Optional<S> find(StreamType<S> type, String key) {
        String stream = type.stream(key);
        looked.add(stream);
        @Nullable S state = null;
        for (PastFact past : past(stream)) {
            state = type.after().apply(state, past.fact(), past.happened());
        }
        return Optional.ofNullable(state);
    }

    @Override
    public <S> long version(StreamType<S> type, String key) {
        looked.add(type.stream(key));
        return facts(type.stream(key)).size();
    }

    @Override
    public <S> Optional<List<PastFact>> factsSince(StreamType<S> type, String key, Instant instant) {
        if (tooMany) {
            return Optional.empty();
        }
        return Optional.of(past(type.stream(key)).stream()
                .filter(past -> past.happened().isAfter(instant))
                .toList());
    }

    /** As if too much had been told since whatever a rule asks. */
    public void lookThroughNone() {
        tooMany = true;
    }

    void beginDecision() {
        looked.clear();
    }

    Set<String> looked() {
        return looked;
    }
}
