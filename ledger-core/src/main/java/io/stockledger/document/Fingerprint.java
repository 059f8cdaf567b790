package io.stockledger.document;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A digest of a command's content, by which a repeat is told from another command under the same id. It is
 * stored with the document, so what goes into it, and in which order, never changes for a command that exists;
 * a new optional field is added only when it is present.
 */
public final class Fingerprint {

    private static final int LENGTH = 16;

    /** One that no fingerprint of the thread uses: to make one costs more than to use it. */
    private static final ThreadLocal<@Nullable MessageDigest> FREE = new ThreadLocal<>();

    private final MessageDigest digest;

    private Fingerprint() {
        MessageDigest free = FREE.get();
        digest = free == null ? sha256() : free;
        FREE.remove();
    }

    /** @param command the command's kind and version, for example {@code sale/1} */
    public static Fingerprint of(String command) {
        return new Fingerprint().with(command);
    }

    public Fingerprint with(@Nullable String value) {
        if (value == null) {
            digest.update(ByteBuffer.allocate(4).putInt(-1).flip());
            return this;
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
        digest.update(bytes);
        return this;
    }

    /** By value: 1.50 and 1.5 are the same content. */
    public Fingerprint with(@Nullable BigDecimal value) {
        return with(
                value == null
                        ? null
                        : value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString());
    }

    public Fingerprint with(@Nullable Instant value) {
        return with(value == null ? null : value.toString());
    }

    public Fingerprint with(long value) {
        digest.update(ByteBuffer.allocate(8).putLong(value).flip());
        return this;
    }

    public Fingerprint with(boolean value) {
        return with(value ? 1 : 0);
    }

    /** Half of a SHA-256, in URL-safe base64. Ends this fingerprint: asked only once. */
    public String text() {
        byte[] whole = digest.digest();
        FREE.set(digest);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(whole, LENGTH));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
