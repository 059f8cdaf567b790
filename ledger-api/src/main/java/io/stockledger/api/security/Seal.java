package io.stockledger.api.security;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Shows that a row was written by who has the key, which is not in the database: an HMAC-SHA-256 over all that the row
 * says.
 */
public final class Seal {

    public static final int KEY_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /** @param key 32 bytes */
    public Seal(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("key: " + key.length + " bytes (expected: " + KEY_BYTES + ")");
        }
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** A key of 32 bytes for another purpose, which tells nothing of this one. */
    public byte[] keyFor(String purpose) {
        return of("key", purpose);
    }

    /**
     * @param kind of the row, so that none stands for one of another table
     * @param fields text, bytes, instants to the microsecond, collections of text in any order, or null
     */
    byte[] of(String kind, @Nullable Object... fields) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(encoded(kind, fields));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /** @param seal null: has none */
    boolean isOn(byte @Nullable [] seal, String kind, @Nullable Object... fields) {
        return seal != null && MessageDigest.isEqual(seal, of(kind, fields));
    }

    /** Each field with its type and length, so that no two rows are encoded alike. */
    private static byte[] encoded(String kind, @Nullable Object... fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, kind);
            for (Object field : fields) {
                write(out, field);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be written", e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, @Nullable Object field) throws IOException {
        if (field == null) {
            out.writeByte(0);
        } else if (field instanceof byte[] bytes) {
            write(out, 1, bytes);
        } else if (field instanceof Instant instant) {
            out.writeByte(2);
            out.writeLong(ChronoUnit.MICROS.between(Instant.EPOCH, instant));
        } else if (field instanceof Collection<?> texts) {
            List<String> sorted = texts.stream().map(String::valueOf).sorted().toList();
            out.writeByte(3);
            out.writeInt(sorted.size());
            for (String text : sorted) {
                write(out, text);
            }
        } else {
            write(out, 4, field.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void write(DataOutputStream out, int type, byte[] bytes) throws IOException {
        out.writeByte(type);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
