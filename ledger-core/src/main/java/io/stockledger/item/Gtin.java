package io.stockledger.item;

import java.util.Optional;

/**
 * What is wrong with a barcode that has a GTIN's length: numbers of 8, 12, 13 and 14 digits end in a check digit (GS1
 * General Specifications, 7.9.1), ISBN-13, numbers of one shop and codes with a weight in them too. Scanners refuse what does
 * not, so goods that are registered under it are never found.
 */
final class Gtin {

    static final int LONGEST = 14;

    private static final int UPC_E = 8;
    private static final int ISBN = 13;

    private Gtin() {}

    /** 8, 12, 13 or 14 digits: one number space once they are filled up with zeros on the left. */
    static boolean hasLength(String code) {
        boolean length = code.length() == 8 || (code.length() >= 12 && code.length() <= LONGEST);
        return length && code.chars().allMatch(Gtin::isDigit);
    }

    /** What was to be expected instead of the code, in words; empty if nothing is wrong with it. */
    static Optional<String> correction(String code) {
        if (!hasLength(code) && hasLength(inPlainDigits(code))) {
            return Optional.of("the digits 0 to 9");
        }
        if (!hasLength(code)) {
            String bare = code.replace("-", "").replace(" ", "");
            boolean isbn = bare.length() == ISBN && (bare.startsWith("978") || bare.startsWith("979"));
            return isbn && !bare.equals(code) && hasLength(bare)
                    ? Optional.of(bare + ", as it is scanned")
                    : Optional.empty();
        }
        if (code.chars().allMatch(c -> c == '0')) {
            return Optional.of("a number that is not 0");
        }
        if (endsInCheckDigit(code)) {
            return Optional.empty();
        }
        return Optional.of(expandedUpcE(code)
                .map(twelve -> twelve + ", which this is short for in UPC-E")
                .orElseGet(() -> "check digit " + checkDigit(code)));
    }

    private static boolean endsInCheckDigit(String code) {
        return checkDigit(code) == code.charAt(code.length() - 1);
    }

    /** The digit that should stand last. The one before it weighs 3, the next 1, and so on. */
    private static char checkDigit(String code) {
        int sum = 0;
        for (int i = code.length() - 2, weight = 3; i >= 0; i--, weight = 4 - weight) {
            sum += (code.charAt(i) - '0') * weight;
        }
        return (char) ('0' + (10 - sum % 10) % 10);
    }

    /** A symbol on small goods leaves out zeros of the twelve digits; its last digit but one tells which. */
    private static Optional<String> expandedUpcE(String code) {
        if (code.length() != UPC_E || code.charAt(0) > '1') {
            return Optional.empty();
        }
        String six = code.substring(1, 7);
        char rule = six.charAt(5);
        String body = switch (rule) {
            case '0', '1', '2' -> six.substring(0, 2) + rule + "0000" + six.substring(2, 5);
            case '3' -> six.substring(0, 3) + "00000" + six.substring(3, 5);
            case '4' -> six.substring(0, 4) + "00000" + six.charAt(4);
            default -> six.substring(0, 5) + "0000" + rule;
        };
        String twelve = code.charAt(0) + body + code.charAt(7);
        return endsInCheckDigit(twelve) ? Optional.of(twelve) : Optional.empty();
    }

    /** Full-width digits and those of other scripts look like a number and are none to a scanner. */
    private static String inPlainDigits(String code) {
        StringBuilder plain = new StringBuilder();
        code.codePoints().forEach(c -> plain.appendCodePoint(Character.isDigit(c) ? '0' + Character.digit(c, 10) : c));
        return plain.toString();
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
