package io.stockledger.connectors.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WebhookSignatureTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";

    /** The vector that Standard Webhooks' own libraries test with. */
    @Test
    void aMessageIsSignedAsThePublishedVectorSays() {
        Map<String, String> headers = WebhookSignature.headers(
                ID, Instant.ofEpochSecond(1_614_265_330), "{\"test\": 2432232314}", List.of(SECRET));

        assertThat(headers)
                .isEqualTo(Map.of(
                        "webhook-id", ID,
                        "webhook-timestamp", "1614265330",
                        "webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
    }

    @Test
    void eachSecretSignsAndTheLibraryTakesAny() throws Exception {
        String other = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        String body = "{\"name\": \"Bürste ✓\"}";
        Map<String, String> headers = WebhookSignature.headers(ID, Instant.now(), body, List.of(other, SECRET));

        assertThat(headers.get("webhook-signature")).matches("v1,[^ ]+ v1,[^ ]+");
        Map<String, List<String>> received = headers.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())));
        new Webhook(SECRET).verify(body, received);
        new Webhook(other).verify(body, received);
    }
}
