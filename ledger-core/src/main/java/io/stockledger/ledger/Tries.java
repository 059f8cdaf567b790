package io.stockledger.ledger;

import io.stockledger.document.DocumentRefusal.IdReused;
import io.stockledger.ledger.Outcome.Begun;
import io.stockledger.ledger.Ticket.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of a document so far: tries that were refused and at last, perhaps, one that was accepted. Each is one fact
 * at the begin of the document's stream, in this order. An acceptance belongs to the document, whoever tries it again; a
 * refusal to its try, so that the number on a receipt is not lost with it.
 */
record Tries(List<Try> all) {

    /** Of a document that nobody has sent before. */
    static final Tries NONE = new Tries(List.of());

    /**
     * One try.
     *
     * @param answer null as long as its batch is not appended; then {@code begun} has it as soon as it is
     */
    record Try(
            String id,
            Content content,
            boolean accepted,
            @Nullable Answer answer,
            @Nullable Begun begun) {

        static Try of(Begun begun) {
            Ticket ticket = begun.ticket();
            return new Try(ticket.tryId(), ticket.content(), begun.isAccepted(), null, begun);
        }

        private Outcome again(Ticket ticket) {
            @Nullable Answer known = answer != null || begun == null ? answer : begun.answer();
            if (known == null && begun != null) {
                return new Outcome.Repeat(ticket, begun, null);
            }
            return new Outcome.Known(ticket, Tries.again(ticket, content, known));
        }

        private Try settled() {
            return begun == null ? this : new Try(id, content, accepted, begun.answer(), null);
        }
    }

    /** What a command that is sent now gets without a decision; empty when it is a new try that is to be decided. */
    Optional<Outcome> answer(Ticket ticket) {
        for (Try one : all) {
            if (one.accepted || one.id.equals(ticket.tryId())) {
                return Optional.of(one.again(ticket));
            }
        }
        return Optional.empty();
    }

    /** The place in the document's stream of the fact that another try makes. */
    long nextSequence() {
        return all.size();
    }

    Tries plus(Try next) {
        List<Try> more = new ArrayList<>(all);
        more.add(next);
        return new Tries(more);
    }

    /** The same without what was needed until their batches were appended. */
    Tries settled() {
        return new Tries(all.stream().map(Try::settled).toList());
    }

    /** What a retry gets: the same answer again, or a refusal when it is not a retry at all. */
    static Answer again(Ticket ticket, Content first, @Nullable Answer answer) {
        if (answer == null) {
            throw new IllegalStateException("no answer to " + ticket.document() + " (expected: one that was given)");
        }
        return first.equals(ticket.content())
                ? answer.again()
                : new Answer.Refused(
                        ticket.command().document(),
                        new IdReused(ticket.document(), ticket.differingFrom(first)),
                        false);
    }
}
