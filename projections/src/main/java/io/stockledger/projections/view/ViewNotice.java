package io.stockledger.projections.view;

import java.util.Collection;
import java.util.List;

/**
 * What the node that works on a view tells the others through PostgreSQL's {@code NOTIFY}, with the commit.
 *
 * @param all whether {@code keys} holds all that changed; PostgreSQL bounds a notice to 8,000 bytes
 */
record ViewNotice(String view, long position, boolean all, Collection<String> keys) {

    private static final int MOST_BYTES = 7_900;

    static ViewNotice of(String view, long position, Collection<String> keys) {
        long bytes = 32L + view.length();
        for (String key : keys) {
            // Bounds the length in UTF-8 without encoding it.
            bytes += 3L * key.length() + 1;
            if (bytes > MOST_BYTES) {
                return new ViewNotice(view, position, false, List.of());
            }
        }
        return new ViewNotice(view, position, true, keys);
    }

    /** Keys hold no control characters, so lines keep them apart. */
    String text() {
        String head = view + "\n" + position + "\n" + (all ? "all" : "some");
        return keys.isEmpty() ? head : head + "\n" + String.join("\n", keys);
    }

    static ViewNotice read(String text) {
        List<String> lines = List.of(text.split("\n", -1));
        return new ViewNotice(
                lines.get(0), Long.parseLong(lines.get(1)), lines.get(2).equals("all"), lines.subList(3, lines.size()));
    }
}
