package io.stockledger.device.gs1;

/** Who gave out a retail number, by its prefix (GS1 General Specifications, 1.4.2 to 1.4.4). */
enum NumberRange {
    GOODS,
    ONE_COMPANY,
    COUPON_OR_RECEIPT;

    static NumberRange of(Gtin gtin) {
        String digits = gtin.asRegistered();
        return switch (digits.length()) {
            case 8 -> digits.charAt(0) == '0' || digits.charAt(0) == '2' ? ONE_COMPANY : GOODS;
            case 13 -> ofThirteen(digits);
            // The indicator digit of a case.
            default -> GOODS;
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
