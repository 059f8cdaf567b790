package io.stockledger.ledger;

import io.stockledger.decision.Moment;
import io.stockledger.document.Fact;
import java.time.Instant;

/**
 * A fact with its place in the ledger.
 *
 * @param position its place in the global order; {@link #NO_POSITION} where a store does not tell it
 * @param sequence its place in its stream, from 0
 * @param recordedAt when it was written
 */
public record StoredFact(long position, String stream, long sequence, Fact fact, FactMeta meta, Instant recordedAt) {

    /** Also the position of a fact that is not written yet. */
    public static final long NO_POSITION = -1;

    /** When what it tells took place: not after it was told, whatever a caller's clock said. */
    public Instant happened() {
        return new Moment(recordedAt, meta.businessTime()).happened();
    }
}
