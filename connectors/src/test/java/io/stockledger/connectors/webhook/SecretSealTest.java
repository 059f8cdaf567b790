package io.stockledger.connectors.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SecretSealTest {

    private static final byte[] KEY = new byte[32];
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @Test
    void aSealedSecretOpensWithItsKeyAndForItsEndpointOnly() {
        SecretSeal seal = new SecretSeal(KEY);
        String sealed = seal.seal(SECRET, "a");

        assertThat(sealed).startsWith("aes-gcm:").doesNotContain(SECRET).isNotEqualTo(seal.seal(SECRET, "a"));
        assertThat(seal.open(sealed, "a")).isEqualTo(SECRET);
        assertThatThrownBy(() -> seal.open(sealed, "b")).isInstanceOf(IllegalStateException.class);
        byte[] other = new byte[32];
        other[0] = 1;
        assertThatThrownBy(() -> new SecretSeal(other).open(sealed, "a")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aSecretThatSomebodyElseWroteThereIsNotBelieved() {
        assertThatThrownBy(() -> new SecretSeal(KEY).open(SECRET, "a"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("endpoint a")
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void aKeyOfAnotherLengthIsRefused() {
        assertThatThrownBy(() -> new SecretSeal(new byte[6])).hasMessageContaining("6 bytes");
    }
}
