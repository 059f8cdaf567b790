package io.stockledger.ledger;

import io.stockledger.document.DocumentRef;
import io.stockledger.document.Fact;
import io.stockledger.document.Refusal;
import io.stockledger.reservation.ReservationEnd;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of a command. */
public sealed interface Answer {

    /** Whether the ledger had given this answer before and only gives it again. */
    boolean repeated();

    /**
     * @param fact the document's first fact, which holds all that the caller may want to know
     * @param version how many facts the document's stream has with it
     * @param position a view that has seen this position shows all effects of the command
     * @param ended how the reservation that it is about has ended since; null while it lives, and where it is about none
     */
    record Accepted(
            DocumentRef document,
            Fact fact,
            long version,
            long position,
            Instant recordedAt,
            boolean repeated,
            @Nullable ReservationEnd ended)
            implements Answer {

        /** What is answered first. */
        public Accepted(DocumentRef document, Fact fact, long version, long position, Instant recordedAt) {
            this(document, fact, version, position, recordedAt, false, null);
        }

        Accepted again(@Nullable ReservationEnd since) {
            return new Accepted(document, fact, version, position, recordedAt, true, since);
        }
    }

    record Refused(DocumentRef document, Refusal refusal, boolean repeated) implements Answer {}

    /** The same answer, as it is given to a retry. */
    default Answer again() {
        if (this instanceof Accepted accepted) {
            return accepted.again(null);
        }
        Refused refused = (Refused) this;
        return new Refused(refused.document, refused.refusal, true);
    }
}
