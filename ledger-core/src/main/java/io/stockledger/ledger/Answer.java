package io.stockledger.ledger;

import io.stockledger.document.DocumentRef;
import io.stockledger.document.Fact;
import io.stockledger.document.Refusal;
import java.time.Instant;

/** What became of a command. */
public sealed interface Answer {

    /** Whether the ledger had given this answer before and only gives it again. */
    boolean repeated();

    /**
     * @param fact the document's first fact, which holds all that the caller may want to know
     * @param version how many facts the document's stream has with it
     * @param position a view that has seen this position shows all effects of the command
     */
    record Accepted(DocumentRef document, Fact fact, long version, long position, Instant recordedAt, boolean repeated)
            implements Answer {}

    record Refused(DocumentRef document, Refusal refusal, boolean repeated) implements Answer {}

    /** The same answer, as it is given to a retry. */
    default Answer again() {
        if (this instanceof Accepted accepted) {
            return new Accepted(
                    accepted.document, accepted.fact, accepted.version, accepted.position, accepted.recordedAt, true);
        }
        Refused refused = (Refused) this;
        return new Refused(refused.document, refused.refusal, true);
    }
}
