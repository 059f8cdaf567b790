package io.stockledger.document;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a command, and when and where what it tells took place.
 *
 * @param principal whose credentials were shown
 * @param device the till, scanner or terminal, when one was named
 * @param businessTime when it happened; null: at record time
 * @param tryId names this try of the document; null: the document's own id
 * @param locations the only locations whose stock the principal may change; empty: all
 * @param metadata what the sender keeps with the document, by keys of its own
 * @param requestId what the sender calls the request, to find it again in its own traces; null: it gave none
 */
public record Provenance(
        String principal,
        @Nullable String device,
        @Nullable Instant businessTime,
        @Nullable String tryId,
        Set<String> locations,
        Map<String, String> metadata,
        @Nullable String requestId) {

    /** What a message's timestamp holds that nobody has set. */
    private static final Instant UNSET = Instant.EPOCH;

    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    /** As much again as a long sale's own fact has. */
    private static final int MOST_METADATA = 20;

    private static final String METADATA = "occasion.metadata";

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
        metadata = metadata.isEmpty() ? Map.of() : checked(metadata);
    }

    /** Of a command that comes without metadata, in a request without an id. */
    public Provenance(
            String principal,
            @Nullable String device,
            @Nullable Instant businessTime,
            @Nullable String tryId,
            Set<String> locations) {
        this(principal, device, businessTime, tryId, locations, Map.of(), null);
    }

    public static Provenance of(String principal) {
        return new Provenance(principal, null, null, null, Set.of());
    }

    /** In one order, whatever order it was sent in. */
    private static Map<String, String> checked(Map<String, String> metadata) {
        if (metadata.size() > MOST_METADATA) {
            throw new InvalidCommand(METADATA, metadata.size() + " (expected: at most " + MOST_METADATA + ")");
        }
        metadata.forEach((key, value) -> {
            Check.identifier(METADATA, key, 40);
            Check.name(METADATA + "." + key, value, 500);
        });
        return Collections.unmodifiableMap(new TreeMap<>(metadata));
    }
}
