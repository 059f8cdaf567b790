package io.stockledger.item;

import io.stockledger.document.Check;
import io.stockledger.document.InvalidCommand;
import io.stockledger.quantity.Quantity;
import java.math.BigDecimal;

/**
 * A code that names an item.
 *
 * @param packSize how many units one scan stands for; 12 and 12.0 are the same
 * @param inHouse a number of the house's own, which need not be what GS1 makes of its length
 */
public record Barcode(String code, BigDecimal packSize, boolean inHouse) {

    public Barcode {
        Check.identifier("barcodes.code", code, 90);
        packSize = Quantity.canonical(Check.positive("barcodes.packSize", packSize));
    }

    public Barcode(String code, BigDecimal packSize) {
        this(code, packSize, false);
    }

    /**
     * GTINs of 8, 12, 13 and 14 digits are one number space once they are filled up with zeros on the left, and
     * scanners differ in whether they send those; so all forms find the same item.
     */
    public static String key(String code) {
        return Gtin.hasLength(code) ? "0".repeat(Gtin.LONGEST - code.length()) + code : code;
    }

    /** What was stored before anybody asked for check digits stays; what is registered is checked. */
    void mustBeReadable() {
        if (!inHouse) {
            Gtin.correction(code).ifPresent(expected -> {
                throw new InvalidCommand(
                        "barcodes.code",
                        "'" + code + "' (expected: " + expected + "; or inHouse, for a number of the house's own)");
            });
        }
    }
}
