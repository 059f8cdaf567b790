package io.stockledger.ledger;

import io.stockledger.document.DocumentFact.CommandRefused;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.Fact;
import io.stockledger.document.Refusal;
import java.time.Instant;

/** What a command comes to once its batch is written. */
sealed interface Outcome {

    Ticket ticket();

    /** A new document: its first fact is at {@code index} among the batch's facts. */
    record Begun(Ticket ticket, Fact first, int index, Instant at) implements Outcome {

        /** @param afterIt how many facts the batch wrote after the document's */
        Answer answer(long lastPosition, int afterIt) {
            return Outcome.answer(ticket.command().document(), first, lastPosition - afterIt, at);
        }
    }

    /** The document was begun by an earlier command of the same batch. */
    record Repeat(Ticket ticket, Begun original) implements Outcome {}

    /** The answer needs no append: it was given before, or is not stored. */
    record Known(Ticket ticket, Answer answer) implements Outcome {}

    /** The command could not be decided. */
    record Failed(Ticket ticket, Throwable reason) implements Outcome {}

    static Answer answer(DocumentRef document, Fact first, long position, Instant recordedAt) {
        return first instanceof CommandRefused refused
                ? new Answer.Refused(document, refused.refusal(), false)
                : new Answer.Accepted(document, first, position, recordedAt, false);
    }

    /** What a retry gets: the same answer again, or a refusal when it is not a retry at all. */
    static Answer again(Answer answer, boolean sameContent, DocumentRef document) {
        return sameContent
                ? answer.again()
                : new Answer.Refused(document, new Refusal.IdReused(document.stream()), false);
    }
}
