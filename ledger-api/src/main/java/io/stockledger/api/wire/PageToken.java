package io.stockledger.api.wire;

import io.stockledger.document.InvalidCommand;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where the next page begins, in a form that callers have no reason to read. */
public final class PageToken {

    private static final int USUAL_SIZE = 100;
    private static final int LARGEST_SIZE = 1_000;

    private PageToken() {}

    public static String of(String place) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
    }

    /** The place that a token stands for; empty for the first page. */
    public static String place(String token) {
        try {
            String place = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            if (place.indexOf('\0') >= 0) {
                throw wrong(token);
            }
            return place;
        } catch (IllegalArgumentException e) {
            throw wrong(token);
        }
    }

    /**
     * What a token stands for; null for the first page.
     *
     * @param read throws {@link IllegalArgumentException} for what no token stands for
     */
    public static <T> @Nullable T read(String token, Function<String, T> read) {
        if (token.isEmpty()) {
            return null;
        }
        String place = place(token);
        try {
            return read.apply(place);
        } catch (IllegalArgumentException e) {
            throw wrong(token);
        }
    }

    /** The position that a token stands for; {@code first} for the first page. */
    public static long position(String token, long first) {
        if (token.isEmpty()) {
            return first;
        }
        try {
            long position = Long.parseLong(place(token));
            if (position < 0) {
                throw wrong(token);
            }
            return position;
        } catch (NumberFormatException e) {
            throw wrong(token);
        }
    }

    /** @param size 0: not given */
    public static int size(int size) {
        if (size < 0 || size > LARGEST_SIZE) {
            throw new InvalidCommand("pageSize", size + " (expected: 1 to " + LARGEST_SIZE + ")");
        }
        return size == 0 ? USUAL_SIZE : size;
    }

    private static InvalidCommand wrong(String token) {
        return new InvalidCommand("pageToken", "'" + token + "' (expected: nextPageToken of the page before)");
    }
}
