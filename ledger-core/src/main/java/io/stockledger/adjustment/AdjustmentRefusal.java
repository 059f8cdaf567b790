package io.stockledger.adjustment;

import io.stockledger.document.Refusal;
import java.time.Instant;
import java.util.Set;

/** Why stock is not corrected. */
public sealed interface AdjustmentRefusal extends Refusal {

    /** So much was told of the item since the count that what was there then cannot be told at once. */
    record CountedTooLongAgo(String sku, String location, Instant countedAt) implements AdjustmentRefusal {
        @Override
        public Set<String> locations() {
            return Set.of(location);
        }

        @Override
        public String message() {
            return "Item '" + sku + "' at '" + location + "' has moved too often since it was counted at " + countedAt
                    + " (expected: a count that is sent sooner; count again).";
        }
    }
}
