package io.stockledger.projections.view;

import java.util.StringJoiner;

/** An error as a person reads it. */
final class ErrorText {

    private static final int LONGEST = 2_000;

    private ErrorText() {}

    /** What went wrong, and why, as far down as causes say something new. PostgreSQL takes no NUL in a text. */
    static String of(Throwable failure) {
        StringJoiner said = new StringJoiner(": ");
        String last = "";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String text = cause.getMessage() == null || cause.getMessage().isBlank()
                    ? cause.getClass().getSimpleName()
                    : cause.getMessage();
            if (!last.contains(text)) {
                said.add(text);
                last = text;
            }
        }
        String whole = said.toString().replace('\0', ' ');
        return whole.length() <= LONGEST ? whole : whole.substring(0, LONGEST);
    }
}
