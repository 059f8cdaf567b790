package io.stockledger.projections.view;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A fact that a view has not taken.
 *
 * @param key the sequence that waits
 * @param error what was wrong with it; null when it only waits behind another
 */
public record ParkedFact(
        String view,
        String key,
        long position,
        String stream,
        long sequence,
        @Nullable String error,
        Instant parkedAt) {}
