package io.stockledger.connectors.reaction;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An effect as a worker has it.
 *
 * @param tries how often it has been taken up, this time included
 * @param dueSince when its time to be given up began
 * @param carriedOut what the target answered, when only the outcome's way back into the ledger is left
 */
public record Effect(
        String key,
        String reaction,
        String target,
        String ordering,
        long position,
        String subject,
        String payload,
        int tries,
        Instant dueSince,
        Result.@Nullable CarriedOut carriedOut) {}
