package io.stockledger.connectors.webhook;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** The headers by which a receiver knows who sent a message, that nobody changed it, and that it is not an old one. */
final class WebhookSignature {

    private WebhookSignature() {}

    /**
     * @param id the same for every try
     * @param now of this try
     * @param secrets each signs; a receiver needs one of them
     */
    static Map<String, String> headers(String id, Instant now, String body, List<String> secrets) {
        long timestamp = now.getEpochSecond();
        StringJoiner signatures = new StringJoiner(" ");
        for (String secret : secrets) {
            signatures.add(sign(id, timestamp, body, secret));
        }
        return Map.of(
                Webhook.UNBRANDED_MSG_ID_KEY, id,
                Webhook.UNBRANDED_MSG_TIMESTAMP_KEY, Long.toString(timestamp),
                Webhook.UNBRANDED_MSG_SIGNATURE_KEY, signatures.toString());
    }

    private static String sign(String id, long timestamp, String body, String secret) {
        try {
            return new Webhook(secret).sign(id, timestamp, body);
        } catch (EmptyWebhookSecretException | WebhookSigningException e) {
            throw new IllegalStateException("message " + id + " can't be signed", e);
        }
    }
}
