package io.stockledger.connectors.webhook;

import java.time.Duration;

/**
 * How webhooks are kept.
 *
 * @param loopback whether an endpoint may be on this machine, there also without TLS
 * @param privateNetworks whether an endpoint may be in a site's own networks
 * @param secretsKey 32 bytes, under which the secrets are sealed in the database
 * @param mostEndpoints how many endpoints there may be: each fact is weighed for each of them
 * @param longestOverlap how long a secret that was replaced may sign
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record WebhookSettings(
        boolean loopback, boolean privateNetworks, byte[] secretsKey, int mostEndpoints, Duration longestOverlap) {

    public static WebhookSettings standard(byte[] secretsKey) {
        return new WebhookSettings(false, false, secretsKey, 100, Duration.ofDays(7));
    }
}
