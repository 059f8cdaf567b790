package io.stockledger.ledger;

import io.stockledger.decision.Moment;
import io.stockledger.document.InvalidCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which business times are believed. What is told of tomorrow would hide drift until then.
 *
 * @param ahead how far a caller's clock may be ahead of this node's
 * @param behind how long after it happened something may be told first; null: however long
 */
public record BusinessTimes(Duration ahead, @Nullable Duration behind) {

    public static BusinessTimes standard() {
        return new BusinessTimes(Duration.ofMinutes(2), null);
    }

    /** Why the business time is not believed; empty when it is. */
    Optional<InvalidCommand> refusal(Moment at) {
        Instant latest = at.recordTime().plus(ahead);
        if (at.businessTime().isAfter(latest)) {
            return Optional.of(invalid(at, "not after " + latest));
        }
        if (behind == null) {
            return Optional.empty();
        }
        Instant earliest = at.recordTime().minus(behind);
        return at.businessTime().isBefore(earliest)
                ? Optional.of(invalid(at, "not before " + earliest))
                : Optional.empty();
    }

    private static InvalidCommand invalid(Moment at, String expected) {
        return new InvalidCommand(
                "occasion.businessTime",
                at.businessTime() + " (expected: " + expected + "; the ledger's clock says " + at.recordTime() + ")");
    }
}
