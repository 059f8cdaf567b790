package io.stockledger.device.gs1;

/** Who gave out a retail number, by its prefix (GS1 General Specifications, 1.4.2 to 1.4.4). */
enum NumberRange {
    GOODS,
    ONE_COMPANY,
    COUPON_OR_RECEIPT;

    /** @param digits 8, 13 or 14, check digit included */
    static NumberRange of(String digits) {
        return switch (digits.length()) {
            case 8 -> digits.charAt(0) == '0' || digits.charAt(0) == '2' ? ONE_COMPANY : GOODS;
            case 13 -> ofThirteen(digits);
            // With an indicator digit it marks a case; a leading 0 makes it one of the shorter numbers.
            case 14 -> digits.charAt(0) == '0' ? of(digits.substring(1)) : GOODS;
            default -> throw new IllegalArgumentException("number: " + digits + " (expected: 8, 13 or 14 digits)");
        };
    }

    private static NumberRange ofThirteen(String digits) {
        int prefix = Integer.parseInt(digits.substring(0, 3));
        if ((prefix >= 200 && prefix <= 299) || (prefix >= 20 && prefix <= 29) || (prefix >= 40 && prefix <= 49)) {
            return ONE_COMPANY;
        }
        boolean neverGoods = (prefix >= 50 && prefix <= 59) || (prefix >= 980 && prefix <= 999);
        return neverGoods ? COUPON_OR_RECEIPT : GOODS;
    }
}
