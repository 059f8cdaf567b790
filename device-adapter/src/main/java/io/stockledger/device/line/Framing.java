package io.stockledger.device.line;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a scanner marks where one scan ends and the next begins. */
public enum Framing {
    /** A carriage return ends a scan. */
    CR,
    /** A line feed ends a scan. */
    LF,
    /** Carriage return and line feed end a scan; a lone one of them is data, and refused as such. */
    CRLF,
    /** A carriage return, a line feed or both end a scan; empty lines are none. */
    LINE,
    /** STX begins and ETX ends a scan; bytes outside are noise. */
    STX_ETX;

    /** As it is written everywhere, for example {@code stx-etx}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Framing> ofWord(String word) {
        return Arrays.stream(values())
                .filter(framing -> framing.word().equals(word))
                .findFirst();
    }

    /** All words, to say what was expected. */
    public static String words() {
        return Arrays.stream(values()).map(Framing::word).collect(Collectors.joining(", "));
    }
}
