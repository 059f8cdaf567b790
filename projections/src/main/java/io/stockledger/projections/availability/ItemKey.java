package io.stockledger.projections.availability;

import io.stockledger.item.Barcode;
import org.jspecify.annotations.Nullable;

/** What an item is asked for by: its SKU or any of its barcodes. */
public record ItemKey(@Nullable String sku, @Nullable String barcode) {

    public ItemKey {
        if ((sku == null) == (barcode == null)) {
            throw new IllegalArgumentException("sku: " + sku + ", barcode: " + barcode + " (expected: one of them)");
        }
    }

    public static ItemKey ofSku(String sku) {
        return new ItemKey(sku, null);
    }

    /** @param barcode in any of its forms */
    public static ItemKey ofBarcode(String barcode) {
        return new ItemKey(null, Barcode.key(barcode));
    }
}
