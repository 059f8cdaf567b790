package io.stockledger.api.security;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done with credentials, or refused.
 *
 * @param number its place in the log
 * @param what for example {@code log-in}, {@code make-key}; or the reason of a refusal, {@code not-permitted}
 * @param principal whose credentials it was done with; null: nobody's who is known
 * @param address where the call came from, where that is known
 * @param subject what it was done to, or what was said of a refusal; never a secret
 */
public record SecurityEvent(
        long number,
        Instant at,
        String what,
        @Nullable String principal,
        @Nullable String address,
        @Nullable String subject) {}
