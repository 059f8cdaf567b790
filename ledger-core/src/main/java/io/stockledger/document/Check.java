package io.stockledger.document;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What commands require of their fields, whatever the state of the ledger. Each throws {@link InvalidCommand}. */
public final class Check {

    /** Bounds a command's size, and with it the size of one append. */
    public static final int MOST_LINES = 1_000;

    private static final String BLANK = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0";
    /** Stands where a program could not read a character, so that two names became one. */
    private static final int LOST = 0xFFFD;

    private static final int NON_JOINER = 0x200C;
    private static final int JOINER = 0x200D;
    private static final int MOST_DECIMALS = 6;
    private static final int MOST_DIGITS = 18;

    private Check() {}

    /** Printable, composed (Unicode NFC), of blanks the plain one and none at the ends, 1 to {@code longest} characters. */
    public static String identifier(String field, @Nullable String value, int longest) {
        return printable(field, value, longest, false);
    }

    /** What something is called, for people: as an identifier, and with the joiners that scripts and emoji need. */
    public static String name(String field, @Nullable String value, int longest) {
        return printable(field, value, longest, true);
    }

    private static String printable(String field, @Nullable String value, int longest, boolean joiners) {
        if (value == null || value.isEmpty()) {
            throw new InvalidCommand(field, "missing (expected: 1 to " + longest + " characters)");
        }
        int characters = value.codePointCount(0, value.length());
        if (characters > longest) {
            throw new InvalidCommand(field, characters + " characters (expected: 1 to " + longest + ")");
        }
        boolean plain = true;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            plain &= c >= ' ' && c <= '~';
        }
        if (!plain) {
            requirePrintable(field, value, joiners);
        }
        if (value.charAt(0) == ' ' || value.charAt(value.length() - 1) == ' ') {
            throw new InvalidCommand(field, "'" + value + "' (expected: no blank at either end)");
        }
        return value;
    }

    private static void requirePrintable(String field, String value, boolean joiners) {
        for (int i = 0; i < value.length(); i += Character.charCount(value.codePointAt(i))) {
            int c = value.codePointAt(i);
            if (!isPrintable(c) && !(joiners && joins(c))) {
                throw new InvalidCommand(
                        field,
                        String.format(Locale.ROOT, "U+%04X", c) + " (" + nameOf(c) + ") at " + i
                                + " (expected: printable characters)");
            }
        }
        if (!Normalizer.isNormalized(value, Normalizer.Form.NFC)) {
            throw new InvalidCommand(
                    field, "'" + value + "' is not composed (expected: Unicode NFC, so that a name has one spelling)");
        }
    }

    private static String nameOf(int c) {
        String name = Character.getName(c);
        return name == null ? "no character" : name;
    }

    /** What is seen, so that two names that look alike are the same; a blank is the plain one. */
    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> !isBlank(c) && !chooses(c) && c != LOST && (c & 0xFFFE) != 0xFFFE;
        };
    }

    /** Letters and marks that Unicode lets look like nothing: fillers, the blank of Braille, a joiner of graphemes. */
    private static boolean isBlank(int c) {
        return BLANK.indexOf(c) >= 0;
    }

    /** Variation selectors, with which one name would have several spellings; an emoji may need one. */
    private static boolean chooses(int c) {
        return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0x180B && c <= 0x180F) || (c >= 0xE0100 && c <= 0xE01EF);
    }

    private static boolean joins(int c) {
        return c == JOINER || c == NON_JOINER || chooses(c);
    }

    /** A code that people and machines share: letters, digits, dot, dash, underscore; at most 40. */
    public static String code(String field, @Nullable String text) {
        String value = identifier(field, text, 40);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean allowed =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "._-".indexOf(c) >= 0;
            if (!allowed) {
                throw new InvalidCommand(field, "'" + value + "' (expected: letters, digits, '.', '-' and '_')");
            }
        }
        return value;
    }

    public static String sku(String field, @Nullable String value) {
        return identifier(field, value, 64);
    }

    public static BigDecimal positive(String field, @Nullable BigDecimal amount) {
        BigDecimal present = decimal(field, amount);
        if (present.signum() <= 0) {
            throw new InvalidCommand(field, present.toPlainString() + " (expected: above 0)");
        }
        return present;
    }

    public static BigDecimal notNegative(String field, @Nullable BigDecimal amount) {
        BigDecimal present = decimal(field, amount);
        if (present.signum() < 0) {
            throw new InvalidCommand(field, present.toPlainString() + " (expected: 0 or more)");
        }
        return present;
    }

    public static BigDecimal notZero(String field, @Nullable BigDecimal amount) {
        BigDecimal present = decimal(field, amount);
        if (present.signum() == 0) {
            throw new InvalidCommand(field, "0 (expected: above or below 0)");
        }
        return present;
    }

    /** A decimal number of a size that the ledger computes with; {@code 1E999999999} is not one. */
    public static BigDecimal decimal(String field, @Nullable BigDecimal amount) {
        if (amount == null) {
            throw new InvalidCommand(field, "missing (expected: a decimal number)");
        }
        if (amount.scale() > MOST_DECIMALS
                && (amount.precision() > MOST_DIGITS + MOST_DECIMALS
                        || amount.stripTrailingZeros().scale() > MOST_DECIMALS)) {
            throw new InvalidCommand(field, "more than " + MOST_DECIMALS + " decimals");
        }
        if ((long) amount.precision() - amount.scale() > MOST_DIGITS) {
            throw new InvalidCommand(field, "more than " + MOST_DIGITS + " digits before the decimal point");
        }
        // 0E-999999999 is a zero too, and would fill the memory when written out.
        return amount.signum() == 0 ? BigDecimal.ZERO : amount;
    }

    public static <T> T present(String field, @Nullable T value) {
        if (value == null) {
            throw new InvalidCommand(field, "missing");
        }
        return value;
    }

    public static <T> List<T> lines(String field, @Nullable List<T> lines) {
        if (lines == null || lines.isEmpty()) {
            throw new InvalidCommand(field, "none (expected: 1 to " + MOST_LINES + ")");
        }
        return atMost(field, lines);
    }

    public static <T> List<T> atMost(String field, List<T> lines) {
        if (lines.size() > MOST_LINES) {
            throw new InvalidCommand(field, lines.size() + " (expected: at most " + MOST_LINES + ")");
        }
        return List.copyOf(lines);
    }

    /** Checks each entry of a list; one that is wrong is named with its place. */
    public static <T> void each(String list, List<T> entries, Consumer<T> check) {
        made(list, entries, entry -> {
            check.accept(entry);
            return entry;
        });
    }

    /** Makes something of each entry of a list; one that is wrong is named with its place. */
    public static <S, T> List<T> made(String list, List<S> entries, Function<S, T> make) {
        List<T> made = new ArrayList<>(entries.size());
        for (S entry : entries) {
            try {
                made.add(make.apply(entry));
            } catch (InvalidCommand wrong) {
                throw wrong.at(list, made.size());
            }
        }
        return made;
    }

    /** Text for people: may be absent, at most {@code longest} characters. */
    public static @Nullable String text(String field, @Nullable String value, int longest) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        if (value.length() > longest) {
            throw new InvalidCommand(field, value.length() + " characters (expected: at most " + longest + ")");
        }
        if (value.indexOf('\0') >= 0) {
            throw new InvalidCommand(field, "a NUL character (expected: text)");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            throw new InvalidCommand(field, "half a surrogate pair (expected: text)");
        }
        if (value.chars().anyMatch(Check::turnsDirection)) {
            throw new InvalidCommand(field, "a character that turns the direction of text (expected: text)");
        }
        return value;
    }

    /** With these a name looks like another one (CVE-2021-42574). */
    private static boolean turnsDirection(int c) {
        return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    }

    public static @Nullable String optionalCode(String field, @Nullable String value) {
        return value == null || value.isEmpty() ? null : code(field, value);
    }

    public static @Nullable String optionalIdentifier(String field, @Nullable String value, int longest) {
        return value == null || value.isEmpty() ? null : identifier(field, value, longest);
    }

    public static String oneOf(String field, @Nullable String value, Set<String> known) {
        if (value == null || !known.contains(value)) {
            throw new InvalidCommand(
                    field,
                    "'" + value + "' (expected: one of "
                            + known.stream().sorted().toList() + ")");
        }
        return value;
    }
}
