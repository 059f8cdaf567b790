package io.stockledger.ledger;

import io.stockledger.document.DocumentFact.CommandRefused;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.Fact;
import io.stockledger.reservation.ReservationEnd;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a command comes to once its batch is written. */
sealed interface Outcome {

    Ticket ticket();

    /** It was decided: the first fact of a document, or of another try of one, is in a batch. */
    final class Begun implements Outcome {

        private final Ticket ticket;
        private final Batch batch;
        private final Fact first;
        private final long sequence;
        private final int index;
        private final Instant at;
        /** Null until the batch is appended. */
        private @Nullable Answer answer;

        /**
         * @param sequence the fact's place in the document's stream
         * @param index its place among the batch's facts
         */
        Begun(Ticket ticket, Batch batch, Fact first, long sequence, int index, Instant at) {
            this.ticket = ticket;
            this.batch = batch;
            this.first = first;
            this.sequence = sequence;
            this.index = index;
            this.at = at;
        }

        @Override
        public Ticket ticket() {
            return ticket;
        }

        /** The batch that it is decided in, with which it succeeds or fails. */
        Batch batch() {
            return batch;
        }

        boolean isAccepted() {
            return !(first instanceof CommandRefused);
        }

        @Nullable Answer answer() {
            return answer;
        }

        /** @param lastPosition that of the batch's last fact, which is at {@code lastIndex} */
        Answer settle(long lastPosition, int lastIndex) {
            Answer given =
                    Outcome.answer(ticket.command().document(), first, sequence, lastPosition - lastIndex + index, at);
            answer = given;
            return given;
        }
    }

    /**
     * The same was sent before, and is not appended yet.
     *
     * @param ended how the reservation that it is about has ended since; null while it lives, and where it is about none
     */
    record Repeat(Ticket ticket, Begun original, @Nullable ReservationEnd ended) implements Outcome {}

    /** The answer needs no append: it was given before, or is not stored. */
    record Known(Ticket ticket, Answer answer) implements Outcome {}

    /** The command could not be decided. */
    record Failed(Ticket ticket, Throwable reason) implements Outcome {}

    static Answer answer(DocumentRef document, Fact first, long sequence, long position, Instant recordedAt) {
        return first instanceof CommandRefused refused
                ? new Answer.Refused(document, refused.refusal(), false)
                : new Answer.Accepted(document, first, sequence + 1, position, recordedAt);
    }
}
