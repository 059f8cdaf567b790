package io.stockledger.document;

import java.util.Locale;

/** A value that callers know by a code, the same on every wire, in every file and on every page. */
public interface Coded {

    String name();

    /** Its name in lower case with dashes: {@code OPENING_BALANCE} is {@code opening-balance}. */
    default String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
