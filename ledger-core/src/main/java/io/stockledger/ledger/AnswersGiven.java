package io.stockledger.ledger;

import io.stockledger.document.DocumentFact.CommandRefused;
import io.stockledger.ledger.Ticket.Content;
import io.stockledger.ledger.Tries.Try;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What became of the latest documents, so that a retry gets the same answer. Older ones are in the store. */
final class AnswersGiven {

    private final FactStore store;

    /** First in, first out: a cache that keeps what is asked for often would keep the first answers for ever. */
    private final Map<String, Tries> remembered;

    AnswersGiven(FactStore store, int most) {
        this.store = store;
        this.remembered = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Tries> eldest) {
                return size() > most;
            }
        };
    }

    boolean remembers(String document) {
        return remembered.containsKey(document);
    }

    /**
     * The document's tries, from memory or, when the document is known to exist, from its stream. Of any other it is
     * taken that there are none, which the store will refuse if it is wrong.
     */
    Tries find(Ticket ticket, Set<String> existing) {
        Tries known = remembered.get(ticket.document());
        if (known == null && existing.contains(ticket.document())) {
            known = read(ticket);
            remember(ticket.document(), known);
        }
        return known == null ? Tries.NONE : known;
    }

    void remember(String document, Tries tries) {
        remembered.put(document, tries);
    }

    /** Another node has tried them since. */
    void forget(Collection<String> documents) {
        remembered.keySet().removeAll(documents);
    }

    private Tries read(Ticket ticket) {
        Tries tries = Tries.NONE;
        for (StoredFact stored : store.read(ticket.document())) {
            long position = stored.position() == StoredFact.NO_POSITION ? store.head() : stored.position();
            Answer answer = Outcome.answer(
                    ticket.command().document(), stored.fact(), stored.sequence(), position, stored.recordedAt());
            FactMeta meta = stored.meta();
            String named = meta.tryId();
            boolean accepted = !(stored.fact() instanceof CommandRefused);
            tries = tries.plus(new Try(
                    named == null ? ticket.command().document().id() : named,
                    new Content(meta.command(), meta.fingerprint()),
                    accepted,
                    answer,
                    null));
            if (accepted) {
                break;
            }
        }
        return tries;
    }
}
