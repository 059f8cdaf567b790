package io.stockledger.api.console;

import io.stockledger.connectors.reaction.EffectLog.Tally;
import io.stockledger.connectors.webhook.WebhookEndpoint;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How one webhook endpoint is doing.
 *
 * @param facts which it gets, in words
 * @param why it is off, where it is
 * @param lastTry when, and how it ended; null where there was none lately
 */
record EndpointRow(
        String id,
        String url,
        @Nullable String description,
        String state,
        String tone,
        @Nullable String why,
        String facts,
        String locations,
        String createdBy,
        String createdAt,
        long due,
        Figure parked,
        @Nullable TryRow lastTry) {

    static EndpointRow of(WebhookEndpoint endpoint, Tally tally) {
        boolean fails = tally.last() != null && tally.last().error() != null;
        String state = !endpoint.enabled() ? "off" : fails ? "failing" : endpoint.live() ? "on" : "catching up";
        return new EndpointRow(
                endpoint.id(),
                endpoint.url(),
                endpoint.description(),
                state,
                !endpoint.enabled() ? "bad" : state.equals("on") ? "good" : "warn",
                endpoint.enabled() ? null : reason(endpoint.disabledBecause()),
                words(endpoint.facts(), "all facts"),
                words(endpoint.locations(), "everywhere"),
                endpoint.createdBy(),
                Times.text(endpoint.createdAt()),
                tally.due(),
                Figure.alarm(tally.parked()),
                tally.last() == null ? null : TryRow.of(tally.last()));
    }

    private static String reason(@Nullable String because) {
        return because == null ? "a person switched it off" : because;
    }

    private static String words(Set<String> chosen, String all) {
        return chosen.isEmpty() ? all : String.join(", ", new TreeSet<>(chosen));
    }
}
