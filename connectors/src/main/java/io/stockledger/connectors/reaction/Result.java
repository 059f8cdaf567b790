package io.stockledger.connectors.reaction;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a try ended. */
public sealed interface Result {

    /** What the target answered, where it did; an HTTP status, mostly. */
    @Nullable Integer status();

    /** @param answer what it said, shortened; empty when it does not matter */
    record CarriedOut(@Nullable Integer status, String answer) implements Result {}

    /** @param retryAfter how long the target wants to be left alone; null when it did not say */
    record Failed(
            @Nullable Integer status,
            String error,
            @Nullable Duration retryAfter) implements Result {}

    /** For good: another try would end the same. */
    record Refused(@Nullable Integer status, String error) implements Result {}
}
