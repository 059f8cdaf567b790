package io.stockledger.ledger;

import io.stockledger.decision.Decision.NewFact;
import io.stockledger.decision.StreamType;
import io.stockledger.decision.Streams;
import io.stockledger.document.Fact;
import io.stockledger.ledger.FactStore.Prepared;
import io.stockledger.ledger.StateCache.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Commands that are appended together, what became of each, and the streams as they leave them: each decision sees
 * the effects of the ones before. Thrown away when the append fails.
 */
final class Batch implements Streams {

    private final FactStore store;
    private final StateCache known;
    private final Map<String, Entry<?>> before = new HashMap<>();
    private final Map<String, Entry<?>> changed = new HashMap<>();
    private final List<StoredFact> facts = new ArrayList<>();
    private final List<Prepared> prepared = new ArrayList<>();
    private final Map<String, StreamType<?>> looked = new HashMap<>();
    private final Set<String> restsOn = new HashSet<>();
    private final Map<String, Fact> begun = new LinkedHashMap<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final Map<String, Outcome.Begun> firsts = new HashMap<>();

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
        Fact first = begun.get(stream);
        if (entry == null && first != null) {
            entry = newDocument(type, first);
            changed.put(stream, entry);
        } else if (entry == null) {
            entry = asKnown(type, stream);
        }
        return Optional.ofNullable(((Entry<S>) entry).state());
    }

    /** Begins to note what the next decision looks at. */
    void beginDecision() {
        looked.clear();
    }

    /**
     * The effects first and the document last, so that its position is that of the whole command.
     *
     * @return the document's place among the facts
     */
    int append(String document, Fact first, List<NewFact> effects, FactMeta meta, Instant at) {
        noteWhatItRestsOn(effects);
        Map<String, Entry<?>> after = new HashMap<>();
        List<StoredFact> added = new ArrayList<>(effects.size() + 1);
        for (NewFact effect : effects) {
            String stream = effect.stream();
            Entry<?> entry = after.containsKey(stream) ? after.get(stream) : latest(stream);
            Entry<?> next = entry.after(effect.fact());
            after.put(stream, next);
            added.add(new StoredFact(StoredFact.NO_POSITION, stream, next.sequence(), effect.fact(), meta, at));
        }
        added.add(new StoredFact(StoredFact.NO_POSITION, document, 0, first, meta, at));
        changed.putAll(after);
        begun.put(document, first);
        facts.addAll(added);
        prepared.add(store.prepare(added));
        return facts.size() - 1;
    }

    void add(Outcome outcome) {
        outcomes.add(outcome);
        if (outcome instanceof Outcome.Begun first) {
            firsts.put(first.ticket().document(), first);
        }
    }

    /** Takes a command whose document it begins already. */
    boolean takeRepeat(Ticket ticket) {
        Outcome.Begun original = firsts.get(ticket.document());
        if (original != null) {
            outcomes.add(new Outcome.Repeat(ticket, original));
        }
        return original != null;
    }

    /** What became of its commands, in their order. */
    List<Outcome> outcomes() {
        return outcomes;
    }

    List<Ticket> tickets() {
        return outcomes.stream().map(Outcome::ticket).toList();
    }

    /** The streams of the documents that it begins. */
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
        begun.keySet().forEach(stream -> sequences.put(stream, -1L));
        changed.keySet().forEach(stream -> {
            Entry<?> entry = before.get(stream);
            sequences.put(stream, entry == null ? -1L : entry.sequence());
        });
        return sequences;
    }

    /** Makes what it decided the state that the next batch goes on from, appended or not yet. */
    void publish() {
        begun.forEach((stream, first) -> {
            StreamType<?> type = Rules.stateOfDocument(stream);
            if (type == null) {
                known.forget(stream);
            } else if (!changed.containsKey(stream)) {
                known.put(stream, newDocument(type, first));
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

    /** A decision without effects, as every refusal is, rests on all that it looked at. */
    private void noteWhatItRestsOn(List<NewFact> effects) {
        looked.forEach((stream, type) -> {
            if (effects.isEmpty() || !type.lasting()) {
                restsOn.add(stream);
            }
        });
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

    /** A document as its first fact leaves it; later facts of the batch go on from there. */
    private static <S> Entry<S> newDocument(StreamType<S> type, Fact first) {
        return new Entry<>(type, null, -1).after(first);
    }
}
