package io.stockledger.connectors.webhook;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How webhooks are kept.
 *
 * @param loopback whether an endpoint may be on this machine, there also without TLS
 * @param privateNetworks whether an endpoint may be in a site's own networks
 * @param secretsKey 32 bytes in Base64, under which the secrets are sealed in the database; null: they are kept plain
 * @param mostEndpoints how many endpoints there may be: each fact is weighed for each of them
 * @param longestOverlap how long a secret that was replaced may sign
 */
public record WebhookSettings(
        boolean loopback,
        boolean privateNetworks,
        @Nullable String secretsKey,
        int mostEndpoints,
        Duration longestOverlap) {

    public static WebhookSettings standard() {
        return new WebhookSettings(false, false, null, 100, Duration.ofDays(7));
    }
}
