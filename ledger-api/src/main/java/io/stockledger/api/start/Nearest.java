package io.stockledger.api.start;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The name that somebody who mistyped one may have meant. */
final class Nearest {

    /** Of a name's letters so many may be wrong, missing or too many: one of three. */
    private static final int LETTERS_FOR_A_MISTAKE = 3;

    private Nearest() {}

    static Optional<String> to(String typed, Collection<String> names) {
        String letters = letters(typed);
        return names.stream()
                .filter(name -> isNear(letters, letters(name)))
                .min(Comparator.comparingInt((String name) -> distance(letters, letters(name)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static boolean isNear(String typed, String name) {
        return distance(typed, name) <= name.length() / LETTERS_FOR_A_MISTAKE;
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** How many letters have to be put in, taken out or changed (Levenshtein), where two that changed places count once. */
    private static int distance(String from, String to) {
        int[] beforeLast = new int[to.length() + 1];
        int[] last = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] next = new int[to.length() + 1];
            next[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int changed = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                next[j] = Math.min(Math.min(next[j - 1], last[j]) + 1, last[j - 1] + changed);
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    next[j] = Math.min(next[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = next;
        }
        return last[to.length()];
    }
}
