package io.stockledger.device.scan;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a device's scans of goods are. */
public enum Mode {
    /** They came in from the supplier. */
    RECEIVE,
    /** They left with a customer. */
    SELL,
    /** A customer brought them back. */
    RETURN,
    /** They were seen on the shelf; the reads add up until "done". */
    COUNT,
    /** They go to another location. */
    TRANSFER,
    /** Somebody wants to know; nothing moves. */
    LOOK_UP;

    /** As it is written everywhere, for example {@code look-up}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @param word in small or large letters */
    public static Optional<Mode> ofWord(String word) {
        return Arrays.stream(values())
                .filter(mode -> mode.word().equalsIgnoreCase(word))
                .findFirst();
    }

    /** All words, to say what was expected. */
    public static String words() {
        return Arrays.stream(values()).map(Mode::word).collect(Collectors.joining(", "));
    }
}
