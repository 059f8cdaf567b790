package io.stockledger.connectors.webhook;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Secrets as they stand in the database: under AES-256-GCM where there is a key, else as they are. */
final class SecretSeal {

    private static final String SEALED = "aes-gcm:";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final @Nullable SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    /** @param key in Base64; null: secrets are kept as they are */
    SecretSeal(@Nullable String key) {
        this.key = key == null ? null : new SecretKeySpec(bytes(key), "AES");
    }

    /** Never tells the key. */
    private static byte[] bytes(String key) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(key);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("key for secrets: no Base64 (expected: 32 bytes in Base64)");
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "key for secrets: " + bytes.length + " bytes (expected: " + KEY_BYTES + " in Base64)");
        }
        return bytes;
    }

    /** @param endpoint bound in, so that a row's secret is of no use in another */
    String seal(String secret, String endpoint) {
        if (key == null) {
            return secret;
        }
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, endpoint, secret.getBytes(StandardCharsets.UTF_8));
        byte[] stored = ByteBuffer.allocate(nonce.length + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
        return SEALED + Base64.getEncoder().encodeToString(stored);
    }

    /** @throws IllegalStateException when it was sealed with another key, or there is none */
    String open(String stored, String endpoint) {
        if (!stored.startsWith(SEALED)) {
            return stored;
        }
        if (key == null) {
            throw new IllegalStateException(
                    "the secret of endpoint " + endpoint + " is sealed (expected: its key set)");
        }
        byte[] bytes = Base64.getDecoder().decode(stored.substring(SEALED.length()));
        byte[] nonce = new byte[NONCE_BYTES];
        byte[] sealed = new byte[bytes.length - NONCE_BYTES];
        ByteBuffer.wrap(bytes).get(nonce).get(sealed);
        return new String(cipher(Cipher.DECRYPT_MODE, key, nonce, endpoint, sealed), StandardCharsets.UTF_8);
    }

    private static byte[] cipher(int mode, SecretKeySpec key, byte[] nonce, String endpoint, byte[] content) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(endpoint.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "the secret of endpoint " + endpoint + " does not open (expected: the key that sealed it)", e);
        }
    }
}
