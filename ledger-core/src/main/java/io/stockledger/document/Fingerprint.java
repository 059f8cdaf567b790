package io.stockledger.document;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A digest of a command's content, by which a repeat is told from another command under the same id, and behind it two
 * letters for each field, by which the fields that differ are told. It is stored with the document, so what goes into
 * it, and in which order, never changes for a command that exists; a new field comes last, and only when it is present.
 */
public final class Fingerprint {

    private static final int LENGTH = 16;
    private static final int DIGEST_LETTERS = 22;
    private static final int FIELD_LETTERS = 2;
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /** One that no fingerprint of the thread uses: to make one costs more than to use it. */
    private static final ThreadLocal<@Nullable MessageDigest> FREE = new ThreadLocal<>();

    private final MessageDigest digest;
    private final CRC32 field = new CRC32();
    private final List<String> fields = new ArrayList<>();
    private final StringBuilder fieldLetters = new StringBuilder();

    private Fingerprint() {
        MessageDigest free = FREE.get();
        digest = free == null ? sha256() : free;
        FREE.remove();
    }

    /** @param command the command's kind and version, for example {@code sale/1} */
    public static Fingerprint of(String command) {
        return new Fingerprint().with(command);
    }

    /**
     * Begins a field; all that follows belongs to it until the next begins.
     *
     * @param name as callers know it, for example {@code lines}
     */
    public Fingerprint field(String name) {
        endField();
        fields.add(name);
        return this;
    }

    public Fingerprint field(String name, @Nullable String value) {
        return field(name).with(value);
    }

    public Fingerprint field(String name, @Nullable BigDecimal value) {
        return field(name).with(value);
    }

    public Fingerprint field(String name, @Nullable Instant value) {
        return field(name).with(value == null ? null : value.toString());
    }

    public Fingerprint with(@Nullable String value) {
        if (value == null) {
            add(ByteBuffer.allocate(4).putInt(-1).array());
            return this;
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        add(ByteBuffer.allocate(4).putInt(bytes.length).array());
        add(bytes);
        return this;
    }

    /** By value: 1.50 and 1.5 are the same content. */
    public Fingerprint with(@Nullable BigDecimal value) {
        return with(
                value == null
                        ? null
                        : value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString());
    }

    public Fingerprint with(long value) {
        add(ByteBuffer.allocate(8).putLong(value).array());
        return this;
    }

    public Fingerprint with(boolean value) {
        return with(value ? 1 : 0);
    }

    /** Half of a SHA-256 and two letters for each field, in URL-safe base64. Ends this fingerprint: asked only once. */
    public String text() {
        endField();
        byte[] whole = digest.digest();
        FREE.set(digest);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(whole, LENGTH)) + fieldLetters;
    }

    /**
     * The fields that differ between what was sent and what had been sent before. One of 4,096 pairs of contents has the
     * same letters, so the answer may lack a field and be empty.
     *
     * @param sent the fingerprint of this very command
     * @param before of the same kind of command
     */
    public List<String> differing(String sent, String before) {
        List<String> differing = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            if (!letters(sent, i).equals(letters(before, i))) {
                differing.add(fields.get(i));
            }
        }
        return differing;
    }

    private static String letters(String text, int field) {
        int at = DIGEST_LETTERS + field * FIELD_LETTERS;
        return at + FIELD_LETTERS <= text.length() ? text.substring(at, at + FIELD_LETTERS) : "";
    }

    private void add(byte[] bytes) {
        digest.update(bytes);
        field.update(bytes);
    }

    private void endField() {
        if (!fields.isEmpty()) {
            int check = (int) field.getValue();
            fieldLetters.append(LETTERS.charAt(check & 63)).append(LETTERS.charAt(check >>> 6 & 63));
        }
        field.reset();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
