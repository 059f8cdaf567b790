package io.stockledger.device.gs1;

/**
 * Why a code was not read. It names the value and what was expected.
 *
 * @param reason for counting and for the status page
 * @param detail one line for a person; holds only printable ASCII
 */
public record UnreadableCode(Reason reason, String detail) implements CodeReading {

    private static final int LONGEST_DETAIL = 300;

    public UnreadableCode {
        detail = printable(detail);
    }

    /** The kinds of defect, in the order in which they are looked for. */
    public enum Reason {
        /** Nothing was in the frame. */
        EMPTY,
        /** A byte outside printable ASCII, such as a full-width digit or a control character. */
        FOREIGN_CHARACTER,
        /** An AIM symbology identifier that is not supported. */
        UNSUPPORTED_SYMBOLOGY,
        /** Too short or too long for what it claims to be. */
        WRONG_LENGTH,
        /** The check digit or check character pair does not fit. */
        BAD_CHECK_DIGIT,
        /** No application identifier starts the rest of the data. */
        UNKNOWN_IDENTIFIER,
        /** A value that its identifier does not admit. */
        INVALID_VALUE,
        /** An identifier is missing that another one demands. */
        MISSING_IDENTIFIER,
        /** Two identifiers that must not be read together. */
        EXCLUDED_PAIR,
        /** One identifier with two values, or twice in a Digital Link. */
        REPEATED_IDENTIFIER,
        /** A web address that is no GS1 Digital Link. */
        NOT_A_DIGITAL_LINK,
        /** A number of a shop's own for which the configuration has no scheme. */
        UNKNOWN_SCHEME,
        /** Coupons, refund receipts and other numbers that never mark goods. */
        NOT_GOODS;

        static Reason of(ValueRule rule) {
            return switch (rule) {
                case CHECK_DIGIT, CHECK_PAIR -> BAD_CHECK_DIGIT;
                case COUPON -> NOT_GOODS;
                default -> INVALID_VALUE;
            };
        }
    }

    private static String printable(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length() && shown.length() < LONGEST_DETAIL; i++) {
            char character = text.charAt(i);
            if (character >= ' ' && character <= '~') {
                shown.append(character);
            } else {
                shown.append(String.format("<%02X>", (int) character));
            }
        }
        return shown.toString();
    }
}
