package io.stockledger.document;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a command, and when and where what it tells took place.
 *
 * @param principal whose credentials were shown
 * @param device the till, scanner or terminal, when one was named
 * @param businessTime when it happened; null: at record time
 * @param tryId names this try of the document; null: the document's own id
 * @param locations the only locations whose stock the principal may change; empty: all
 */
public record Provenance(
        String principal,
        @Nullable String device,
        @Nullable Instant businessTime,
        @Nullable String tryId,
        Set<String> locations) {

    /** What a message's timestamp holds that nobody has set. */
    private static final Instant UNSET = Instant.EPOCH;

    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    public Provenance {
        Check.identifier("principal", principal, 200);
        locations = Set.copyOf(locations);
        device = Check.optionalIdentifier("occasion.device", device, 100);
        tryId = Check.optionalIdentifier("tryId", tryId, 128);
        if (businessTime != null && (!businessTime.isAfter(UNSET) || businessTime.isAfter(LATEST))) {
            throw new InvalidCommand(
                    "occasion.businessTime", businessTime + " (expected: after 1970-01-01, or none for now)");
        }
        // As exact as views keep it, so that nothing is asked for within a microsecond.
        businessTime = businessTime == null ? null : businessTime.truncatedTo(ChronoUnit.MICROS);
    }

    public static Provenance of(String principal) {
        return new Provenance(principal, null, null, null, Set.of());
    }
}
