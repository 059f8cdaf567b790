package io.stockledger.connectors.reaction;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a target fares on this node.
 *
 * @param underWay calls that have begun and not ended
 * @param failuresInARow since the last success
 * @param leftAloneUntil when it is asked again; null when it is not left alone
 */
public record TargetStatus(
        String target,
        int underWay,
        int failuresInARow,
        @Nullable Instant leftAloneUntil) {}
