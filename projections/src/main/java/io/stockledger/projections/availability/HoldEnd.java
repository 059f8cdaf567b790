package io.stockledger.projections.availability;

import io.stockledger.projections.view.Columns;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When a hold ends, as the table has it. */
final class HoldEnd {

    /** Behind every instant. */
    private static final long NEVER = Long.MAX_VALUE;

    private HoldEnd() {}

    static long micros(@Nullable Instant endsAt) {
        return endsAt == null ? NEVER : Columns.micros(endsAt);
    }
}
