package io.stockledger.connectors.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.junit.jupiter.api.Test;

class SecretSealTest {

    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);
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
        assertThatThrownBy(() -> new SecretSeal(Base64.getEncoder().encodeToString(other)).open(sealed, "a"))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new SecretSeal(null).open(sealed, "a"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("endpoint a");
    }

    @Test
    void whatWasKeptPlainBeforeThereWasAKeyStillOpens() {
        assertThat(new SecretSeal(null).seal(SECRET, "a")).isEqualTo(SECRET);
        assertThat(new SecretSeal(KEY).open(SECRET, "a")).isEqualTo(SECRET);
    }

    @Test
    void aKeyOfAnotherLengthIsRefusedWithoutBeingTold() {
        assertThatThrownBy(() -> new SecretSeal("c2VjcmV0")).hasMessageContaining("6 bytes");
        assertThatThrownBy(() -> new SecretSeal("no base64!"))
                .hasMessageContaining("Base64")
                .hasMessageNotContaining("no base64!")
                .hasNoCause();
    }
}
