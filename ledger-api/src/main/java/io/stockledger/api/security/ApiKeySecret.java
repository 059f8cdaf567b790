package io.stockledger.api.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * A key's secret: {@code slk_}, an id of 12 characters, and 256 random bits. A plain SHA-256 is kept of it; a slow
 * hash would protect nothing, since nobody guesses 256 bits.
 */
final class ApiKeySecret {

    static final String PREFIX = "slk_";
    private static final int ID_BYTES = 9;
    private static final int ID_LENGTH = 12;
    private static final int SECRET_BYTES = 32;
    private static final int LENGTH = PREFIX.length() + ID_LENGTH + 43;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String text;

    private ApiKeySecret(String text) {
        this.text = text;
    }

    static ApiKeySecret create() {
        return new ApiKeySecret(PREFIX + random(ID_BYTES) + random(SECRET_BYTES));
    }

    /** Empty when the text cannot be a key's secret. */
    static Optional<ApiKeySecret> of(String text) {
        return text.startsWith(PREFIX) && text.length() == LENGTH
                ? Optional.of(new ApiKeySecret(text))
                : Optional.empty();
    }

    String id() {
        return text.substring(PREFIX.length(), PREFIX.length() + ID_LENGTH);
    }

    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The whole secret; shown to its owner once. */
    String text() {
        return text;
    }

    @Override
    public String toString() {
        return PREFIX + id() + "…";
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
