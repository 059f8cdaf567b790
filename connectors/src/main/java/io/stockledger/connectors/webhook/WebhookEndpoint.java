package io.stockledger.connectors.webhook;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * To whom facts are sent.
 *
 * @param facts by their stored names; empty: all
 * @param locations only facts that are about these, and about no other; empty: all facts
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
    String target() {
        return target(id);
    }

    static String target(String id) {
        return "webhook:" + id;
    }

    WebhookEndpoint movedTo(long position) {
        return new WebhookEndpoint(
                id, url, description, facts, locations, createdBy, createdAt, position, live, enabled, disabledBecause);
    }

    /** Whether a fact is for it, as far as name and locations tell. */
    boolean wants(String fact, Set<String> about) {
        return (facts.isEmpty() || facts.contains(fact))
                && (locations.isEmpty() || (!about.isEmpty() && locations.containsAll(about)));
    }
}
