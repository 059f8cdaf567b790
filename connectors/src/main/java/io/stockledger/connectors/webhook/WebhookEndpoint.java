package io.stockledger.connectors.webhook;

import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * To whom facts are sent.
 *
 * @param facts by their stored names; empty: all
 * @param locations that its creator was tied to: only facts that tell of one of these, or of no location at all; empty:
 *     all facts
 * @param afterPosition facts behind it are for this endpoint
 * @param live whether it has been given what was recorded before; until then it is being caught up
 * @param disabledBecause why it was switched off, if not by a person
 */
public record WebhookEndpoint(
        String id,
        String url,
        @Nullable String description,
        Set<String> facts,
        Set<String> locations,
        String createdBy,
        Instant createdAt,
        long afterPosition,
        boolean live,
        boolean enabled,
        @Nullable String disabledBecause) {

    public WebhookEndpoint {
        facts = Set.copyOf(facts);
        locations = Set.copyOf(locations);
    }

    /** What its effects are kept under. */
    public String target() {
        return target(id);
    }

    static String target(String id) {
        return "webhook:" + id;
    }

    WebhookEndpoint movedTo(long position) {
        return new WebhookEndpoint(
                id, url, description, facts, locations, createdBy, createdAt, position, live, enabled, disabledBecause);
    }

    /** Whether a fact is for it, as far as its name and the locations that it tells of go. */
    boolean wants(String fact, Set<String> tellsOf) {
        return (facts.isEmpty() || facts.contains(fact))
                && (locations.isEmpty() || tellsOf.isEmpty() || !Collections.disjoint(locations, tellsOf));
    }
}
