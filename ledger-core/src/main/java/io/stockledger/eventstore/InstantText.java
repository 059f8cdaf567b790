package io.stockledger.eventstore;

import java.time.Instant;
import java.util.Arrays;

/**
 * Instants as {@link Instant#toString} writes them. The facts of a second differ only behind its point, so what stands
 * before is formatted once.
 */
final class InstantText {

    private static final int NANOS = 1_000_000_000;

    /** Record times fall into one second, ends of reservations into a few others. */
    private static final Second[] LATEST = new Second[64];

    private record Second(long epochSecond, String text) {}

    static {
        Arrays.fill(LATEST, new Second(0, "1970-01-01T00:00:00"));
    }

    private InstantText() {}

    static String of(Instant instant) {
        int nanos = instant.getNano();
        if (nanos % 1_000 != 0) {
            return instant.toString();
        }
        String second = secondOf(instant.getEpochSecond());
        if (nanos == 0) {
            return second + "Z";
        }
        boolean millis = nanos % 1_000_000 == 0;
        // A one before the digits keeps their leading zeros.
        String digits = Integer.toString(millis ? (NANOS + nanos) / 1_000_000 : (NANOS + nanos) / 1_000);
        return new StringBuilder(second.length() + digits.length() + 1)
                .append(second)
                .append('.')
                .append(digits, 1, digits.length())
                .append('Z')
                .toString();
    }

    /** Threads may overwrite each other's; a second is replaced as a whole, so that each is right. */
    private static String secondOf(long epochSecond) {
        int slot = (int) Math.floorMod(epochSecond, (long) LATEST.length);
        Second kept = LATEST[slot];
        if (kept.epochSecond != epochSecond) {
            String text = Instant.ofEpochSecond(epochSecond).toString();
            kept = new Second(epochSecond, text.substring(0, text.length() - 1));
            LATEST[slot] = kept;
        }
        return kept.text;
    }
}
