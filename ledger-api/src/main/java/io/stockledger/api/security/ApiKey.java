package io.stockledger.api.security;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is known after its creation: not the secret itself.
 *
 * @param id its first characters after {@code slk_}, by which it is found
 * @param locations the only ones it may see and change; empty: all
 * @param numberRanges with one of which the ids of its documents begin; empty: with none that is somebody's
 */
public record ApiKey(
        String id,
        String name,
        Set<Role> roles,
        Set<String> locations,
        Set<String> numberRanges,
        Instant createdAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt) {

    Caller caller() {
        return new Caller(name, roles, locations, numberRanges);
    }
}
