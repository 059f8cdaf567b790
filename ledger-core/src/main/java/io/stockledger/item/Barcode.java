package io.stockledger.item;

import io.stockledger.document.Check;
import io.stockledger.quantity.Quantity;
import java.math.BigDecimal;

/**
 * A code that names an item.
 *
 * @param packSize how many units one scan stands for; 12 and 12.0 are the same
 */
public record Barcode(String code, BigDecimal packSize) {

    private static final int GTIN_LENGTH = 14;

    public Barcode {
        Check.identifier("barcodes.code", code, 90);
        packSize = Quantity.canonical(Check.positive("barcodes.packSize", packSize));
    }

    /**
     * GTINs of 8, 12, 13 and 14 digits are one number space once they are filled up with zeros on the left, and
     * scanners differ in whether they send those; so both forms find the same item.
     */
    public static String key(String code) {
        boolean gtinLength = code.length() == 8 || code.length() == 12 || code.length() == 13;
        boolean digits = code.chars().allMatch(c -> c >= '0' && c <= '9');
        return gtinLength && digits ? "0".repeat(GTIN_LENGTH - code.length()) + code : code;
    }
}
