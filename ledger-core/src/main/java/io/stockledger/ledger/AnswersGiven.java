package io.stockledger.ledger;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What became of the latest documents, so that a retry gets the same answer. Older ones are in the store. */
final class AnswersGiven {

    private final FactStore store;

    /** First in, first out: a cache that keeps what is asked for often would keep the first answers for ever. */
    private final Map<String, Remembered> remembered;

    private record Remembered(String fingerprint, Answer answer) {}

    AnswersGiven(FactStore store, int most) {
        this.store = store;
        this.remembered = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Remembered> eldest) {
                return size() > most;
            }
        };
    }

    boolean remembers(String document) {
        return remembered.containsKey(document);
    }

    /** The document's own answer, from memory or, when the document is known to exist, from its stream. */
    Optional<Outcome> find(Ticket ticket, Set<String> existing) {
        Remembered known = remembered.get(ticket.document());
        if (known == null && existing.contains(ticket.document())) {
            known = read(ticket);
        }
        if (known == null) {
            return Optional.empty();
        }
        boolean sameContent = known.fingerprint.equals(ticket.fingerprint());
        Answer answer =
                Outcome.again(known.answer, sameContent, ticket.command().document());
        return Optional.of(new Outcome.Known(ticket, answer));
    }

    private @Nullable Remembered read(Ticket ticket) {
        List<StoredFact> facts = store.read(ticket.document());
        if (facts.isEmpty()) {
            return null;
        }
        StoredFact first = facts.get(0);
        long position = first.position() == StoredFact.NO_POSITION ? store.head() : first.position();
        Answer answer = Outcome.answer(ticket.command().document(), first.fact(), position, first.recordedAt());
        Remembered read = new Remembered(first.meta().fingerprint(), answer);
        remembered.put(ticket.document(), read);
        return read;
    }

    /** The answer to a command whose batch is appended; that of a new document is remembered. */
    Answer give(Outcome outcome, long lastPosition, int lastIndex) {
        if (outcome instanceof Outcome.Begun begun) {
            Answer answer = begun.answer(lastPosition, lastIndex - begun.index());
            remembered.put(
                    begun.ticket().document(), new Remembered(begun.ticket().fingerprint(), answer));
            return answer;
        }
        if (outcome instanceof Outcome.Repeat repeat) {
            Outcome.Begun original = repeat.original();
            boolean sameContent =
                    original.ticket().fingerprint().equals(repeat.ticket().fingerprint());
            Answer answer = original.answer(lastPosition, lastIndex - original.index());
            return Outcome.again(answer, sameContent, repeat.ticket().command().document());
        }
        return ((Outcome.Known) outcome).answer();
    }
}
