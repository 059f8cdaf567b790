package io.stockledger.device.gs1;

/**
 * A Global Trade Item Number, whichever symbol carried it.
 *
 * @param fourteenDigits padded with zeros on the left, check digit correct
 */
public record Gtin(String fourteenDigits) {

    private static final int LENGTH = 14;

    public Gtin {
        if (fourteenDigits.length() != LENGTH || !CheckCharacters.endsInCheckDigit(fourteenDigits)) {
            throw new IllegalArgumentException(
                    "GTIN: " + fourteenDigits + " (expected: 14 digits, the last a correct check digit)");
        }
    }

    static Gtin padded(String digits) {
        return new Gtin("0".repeat(LENGTH - digits.length()) + digits);
    }

    /** Sold by measure: the indicator digit is 9, and the amount must be read together with it. */
    public boolean variableMeasure() {
        return fourteenDigits.charAt(0) == '9';
    }

    /**
     * As it is printed in retail and kept in item files: 8 digits for a GTIN-8, 14 for a case with an indicator digit,
     * and 13 otherwise (a UPC-A number gets its leading zero).
     */
    public String asRegistered() {
        if (fourteenDigits.startsWith("000000")) {
            return fourteenDigits.substring(6);
        }
        return fourteenDigits.startsWith("0") ? fourteenDigits.substring(1) : fourteenDigits;
    }

    @Override
    public String toString() {
        return asRegistered();
    }
}
