package io.stockledger.scenario;

import io.stockledger.decision.StreamType;
import io.stockledger.decision.Streams;
import io.stockledger.document.Fact;
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

    private final Map<String, List<Fact>> facts = new HashMap<>();
    private final Set<String> looked = new HashSet<>();

    public void add(String stream, Fact fact) {
        facts.computeIfAbsent(stream, name -> new ArrayList<>()).add(fact);
    }

    public List<Fact> facts(String stream) {
        return facts.getOrDefault(stream, List.of());
    }

    @Override
    public <S> Optional<S> find(StreamType<S> type, String key) {
        String stream = type.stream(key);
        looked.add(stream);
        @Nullable S state = null;
        for (Fact fact : facts(stream)) {
            state = type.after().apply(state, fact);
        }
        return Optional.ofNullable(state);
    }

    @Override
    public <S> long version(StreamType<S> type, String key) {
        looked.add(type.stream(key));
        return facts(type.stream(key)).size();
    }

    void beginDecision() {
        looked.clear();
    }

    Set<String> looked() {
        return looked;
    }
}
