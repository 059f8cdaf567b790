package io.stockledger.ledger;

import io.stockledger.decision.Decision.NewFact;
import io.stockledger.decision.Moment;
import io.stockledger.decision.StreamType;
import io.stockledger.decision.Streams;
import io.stockledger.document.Fact;
import io.stockledger.ledger.FactStore.Prepared;
import io.stockledger.ledger.StateCache.Entry;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Commands that are appended together, what became of each, and the streams as they leave them: each decision sees
 * the effects of the ones before. Thrown away when the append fails.
 */
final class Batch implements Streams {

    /**
     * One that looked at hundreds of stocks to find enough nowhere would ask the store about each. Should another node
     * have changed one of the others in the same moment, the caller may try again.
     */
    private static final int MOST_THAT_A_REFUSAL_RESTS_ON = 64;

    /** So many of a stream's last facts are looked through first for those since an instant, then four times as many. */
    private static final int FEW = 64;

    /** A hot item has so many facts in seconds, and the writer would stand still for longer. */
    private static final int MOST_LOOKED_THROUGH = 20_000;

    private final FactStore store;
    private final StateCache known;
    private final Map<String, Entry<?>> before = new HashMap<>();
    private final Map<String, Entry<?>> changed = new HashMap<>();
    private final List<StoredFact> facts = new ArrayList<>();
    private final List<Prepared> prepared = new ArrayList<>();
    /** In the order in which the decision under way looked. */
    private final Map<String, StreamType<?>> looked = new LinkedHashMap<>();

    private @Nullable Batch underWay;
    private final Set<String> restsOn = new HashSet<>();
    private final Map<String, Beginning> begun = new LinkedHashMap<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final Map<String, Tries> tries = new LinkedHashMap<>();

    /** How the batch begins a document, or goes on with its tries: the stream's sequence before, and its last fact now. */
    private record Beginning(long after, long sequence, Fact fact, Instant happened) {}

    Batch(FactStore store, StateCache known) {
        this.store = store;
        this.known = known;
    }

    @Override
    @SuppressWarnings("unchecked") // a stream's name begins with its type's prefix, so it has one type
    public <S> Optional<S> find(StreamType<S> type, String key) {
        String stream = type.stream(key);
        looked.put(stream, type);
        Entry<?> entry = changed.get(stream);
        Beginning beginning = begun.get(stream);
        if (entry == null && beginning != null) {
            entry = newDocument(type, beginning);
            changed.put(stream, entry);
        } else if (entry == null) {
            entry = asKnown(type, stream);
        }
        return Optional.ofNullable(((Entry<S>) entry).state());
    }

    @Override
    public <S> long version(StreamType<S> type, String key) {
        String stream = type.stream(key);
        Optional<S> unused = find(type, key);
        return latest(stream).sequence() + 1;
    }

    @Override
    public <S> Optional<List<PastFact>> factsSince(StreamType<S> type, String key, Instant instant) {
        String stream = type.stream(key);
        Optional<S> unused = find(type, key);
        Deque<StoredFact> told = new ArrayDeque<>(unstored(stream));
        long from =
                told.isEmpty() ? latest(stream).sequence() + 1 : told.getFirst().sequence();
        // Nothing is told before it takes place, so what was told before the instant need not be looked at.
        for (int more = FEW;
                from > 0 && (told.isEmpty() || told.getFirst().recordedAt().isAfter(instant));
                more *= 4) {
            if (told.size() > MOST_LOOKED_THROUGH) {
                return Optional.empty();
            }
            long before = from;
            from = Math.max(0, from - more);
            List<StoredFact> earlier = store.read(stream, from, before);
            for (int i = earlier.size() - 1; i >= 0; i--) {
                told.addFirst(earlier.get(i));
            }
        }
        return Optional.of(told.stream()
                .filter(fact -> fact.happened().isAfter(instant))
                .map(fact -> new PastFact(fact.fact(), fact.happened()))
                .toList());
    }

    /** The stream's facts that the store may not have yet: of the batch that is being appended, and of this one. */
    private List<StoredFact> unstored(String stream) {
        return Stream.of(Optional.ofNullable(underWay), Optional.of(this))
                .flatMap(Optional::stream)
                .filter(batch -> batch.changed.containsKey(stream))
                .flatMap(batch -> batch.facts.stream())
                .filter(fact -> fact.stream().equals(stream))
                .toList();
    }

    /**
     * Begins to note what the next decision looks at.
     *
     * @param underWay the batch before, as long as it is being appended
     */
    void beginDecision(@Nullable Batch underWay) {
        this.underWay = underWay;
        looked.clear();
    }

    /** Lets go of the batch before, which would hold the one before it, and so on for as long as there is load. */
    void endDecision() {
        underWay = null;
    }

    /**
     * The effects first and the document last, so that its position is that of the whole command.
     *
     * @param sequence the place of the document's fact in its stream: that of its first, or of another try's
     * @return the document's place among the facts
     */
    int append(String document, long sequence, Fact first, List<NewFact> effects, FactMeta meta, Moment at) {
        noteWhatItRestsOn(effects);
        FactMeta ofEffects = meta.ofEffects();
        Map<String, Entry<?>> after = new HashMap<>();
        List<StoredFact> added = new ArrayList<>(effects.size() + 1);
        for (NewFact effect : effects) {
            String stream = effect.stream();
            Entry<?> entry = after.containsKey(stream) ? after.get(stream) : latest(stream);
            @Nullable Instant other = effect.happened();
            Entry<?> next = entry.after(effect.fact(), other == null ? at.happened() : other);
            after.put(stream, next);
            added.add(new StoredFact(
                    StoredFact.NO_POSITION,
                    stream,
                    next.sequence(),
                    effect.fact(),
                    other == null ? ofEffects : ofEffects.at(other),
                    at.recordTime()));
        }
        added.add(new StoredFact(StoredFact.NO_POSITION, document, sequence, first, meta, at.recordTime()));
        changed.putAll(after);
        Beginning before = begun.get(document);
        begun.put(
                document,
                new Beginning(before == null ? sequence - 1 : before.after(), sequence, first, at.happened()));
        facts.addAll(added);
        prepared.add(store.prepare(added));
        return facts.size() - 1;
    }

    void add(Outcome outcome) {
        outcomes.add(outcome);
    }

    /** Notes a document's tries, of which the last is this batch's. */
    void tried(String document, Tries all) {
        tries.put(document, all);
    }

    /** The tries of a document that the batch begins or goes on with; null for others. */
    @Nullable Tries tries(String document) {
        return tries.get(document);
    }

    /** Of all documents that it begins or goes on with. */
    Map<String, Tries> tries() {
        return tries;
    }

    /** What became of its commands, in their order. */
    List<Outcome> outcomes() {
        return outcomes;
    }

    List<Ticket> tickets() {
        return outcomes.stream().map(Outcome::ticket).toList();
    }

    /** The streams of the documents that it begins or goes on with. */
    Set<String> begun() {
        return begun.keySet();
    }

    List<StoredFact> facts() {
        return facts;
    }

    /** The same facts, command by command. */
    List<Prepared> prepared() {
        return prepared;
    }

    /**
     * The streams that decisions rest on though they write nothing there, so that the store would not notice that
     * they have changed elsewhere; with the sequence that was seen.
     */
    Map<String, Long> restsOn() {
        Map<String, Long> sequences = new HashMap<>();
        for (String stream : restsOn) {
            Entry<?> entry = before.get(stream);
            if (entry != null) {
                sequences.put(stream, entry.sequence());
            }
        }
        return sequences;
    }

    /** The streams that it wrote to, with the sequence that each had before; -1 for new documents. */
    Map<String, Long> wroteAfter() {
        Map<String, Long> sequences = new HashMap<>();
        begun.forEach((stream, beginning) -> sequences.put(stream, beginning.after()));
        changed.keySet().forEach(stream -> {
            Entry<?> entry = before.get(stream);
            if (entry != null || !begun.containsKey(stream)) {
                sequences.put(stream, entry == null ? -1L : entry.sequence());
            }
        });
        return sequences;
    }

    /** Makes what it decided the state that the next batch goes on from, appended or not yet. */
    void publish() {
        begun.forEach((stream, beginning) -> {
            StreamType<?> type = Rules.documentAskedForSoon(stream);
            if (type == null) {
                known.forget(stream);
            } else {
                Entry<?> entry = changed.get(stream);
                known.putFresh(stream, entry == null ? newDocument(type, beginning) : entry);
            }
        });
        changed.forEach(known::put);
    }

    /** Lets what it published be forgotten, because another node was first, or nobody knows whether it was appended. */
    void forget() {
        begun.keySet().forEach(known::forget);
        changed.keySet().forEach(known::forget);
    }

    /** Makes known again what was known before it, because it is certain that nothing was appended. */
    void takeBack() {
        forget();
        changed.keySet().forEach(stream -> {
            Entry<?> was = before.get(stream);
            if (was != null) {
                known.put(stream, was);
            }
        });
    }

    /** @param changes is told of each stream that changed: its name, and how it was before and is now */
    void changes(Changes changes) {
        changed.forEach((stream, now) -> {
            Entry<?> was = before.get(stream);
            changes.changed(stream, was == null ? -1 : was.sequence(), now);
        });
    }

    interface Changes {
        void changed(String stream, long sequenceBefore, Entry<?> now);
    }

    /** A decision without effects, as every refusal is, rests on all that it looked at, within bounds. */
    private void noteWhatItRestsOn(List<NewFact> effects) {
        boolean refusal = effects.isEmpty();
        looked.entrySet().stream()
                .limit(refusal ? MOST_THAT_A_REFUSAL_RESTS_ON : Long.MAX_VALUE)
                .filter(entry -> refusal || !entry.getValue().lasting())
                .forEach(entry -> restsOn.add(entry.getKey()));
        effects.forEach(effect -> restsOn.remove(effect.stream()));
        restsOn.removeAll(changed.keySet());
    }

    private Entry<?> latest(String stream) {
        Entry<?> entry = changed.containsKey(stream) ? changed.get(stream) : before.get(stream);
        if (entry == null) {
            throw new IllegalStateException("a fact for " + stream + ", at which no decision has looked");
        }
        return entry;
    }

    private Entry<?> asKnown(StreamType<?> type, String stream) {
        return before.computeIfAbsent(stream, name -> known.get(type, name));
    }

    /** A document as its beginning leaves it, before which there is no state; later facts of the batch go on from there. */
    private static <S> Entry<S> newDocument(StreamType<S> type, Beginning beginning) {
        return new Entry<>(type, null, beginning.sequence() - 1).after(beginning.fact(), beginning.happened());
    }
}
