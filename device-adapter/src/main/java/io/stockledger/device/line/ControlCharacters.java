package io.stockledger.device.line;

import io.stockledger.device.gs1.ElementString;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Unprintable bytes in text, as people write them: {@code <ESC>7}, {@code <06>}. */
public final class ControlCharacters {

    private static final Map<String, Character> NAMED = Map.ofEntries(
            Map.entry("NUL", (char) 0x00),
            Map.entry("SOH", (char) 0x01),
            Map.entry("STX", (char) 0x02),
            Map.entry("ETX", (char) 0x03),
            Map.entry("EOT", (char) 0x04),
            Map.entry("ENQ", (char) 0x05),
            Map.entry("ACK", (char) 0x06),
            Map.entry("BEL", (char) 0x07),
            Map.entry("TAB", (char) 0x09),
            Map.entry("LF", (char) 0x0A),
            Map.entry("CR", (char) 0x0D),
            Map.entry("DC2", (char) 0x12),
            Map.entry("NAK", (char) 0x15),
            Map.entry("SYN", (char) 0x16),
            Map.entry("ESC", (char) 0x1B),
            Map.entry("FS", (char) 0x1C),
            Map.entry("GS", (char) 0x1D),
            Map.entry("RS", (char) 0x1E));
    private static final Pattern WRITTEN = Pattern.compile("<([A-Z0-9]{2,3}|[0-9A-Fa-f]{2})>");

    private ControlCharacters() {}

    /**
     * Undoes {@link #written}.
     *
     * @throws IllegalArgumentException if a name in angle brackets is unknown
     */
    public static String meant(String written) {
        Matcher matcher = WRITTEN.matcher(written);
        StringBuilder meant = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(meant, Matcher.quoteReplacement(String.valueOf(character(matcher.group(1)))));
        }
        return matcher.appendTail(meant).toString();
    }

    /** Every byte that is not printable ASCII, and "<", becomes its two hex digits in angle brackets. */
    public static String written(String bytes) {
        StringBuilder written = new StringBuilder();
        for (int i = 0; i < bytes.length(); i++) {
            char character = bytes.charAt(i);
            if (character == ElementString.SEPARATOR) {
                written.append("<GS>");
            } else if (character < ' ' || character > '~' || character == '<') {
                written.append(String.format("<%02X>", (int) character));
            } else {
                written.append(character);
            }
        }
        return written.toString();
    }

    private static char character(String name) {
        Character named = NAMED.get(name);
        if (named != null) {
            return named;
        }
        if (name.length() == 2 && name.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
            return (char) Integer.parseInt(name, 16);
        }
        throw new IllegalArgumentException("<" + name + "> (expected: a control character's name or two hex digits)");
    }
}
