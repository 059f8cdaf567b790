package io.stockledger.item;

import io.stockledger.document.Check;
import io.stockledger.document.Fingerprint;
import io.stockledger.document.InvalidCommand;
import org.jspecify.annotations.Nullable;

/** How a line names its item: by SKU, or by a barcode that stands for a number of units. */
public record ItemRef(@Nullable String sku, @Nullable String barcode) {

    public ItemRef {
        if ((sku == null) == (barcode == null)) {
            throw new InvalidCommand(
                    "item", "sku " + sku + ", barcode " + barcode + " (expected: exactly one of them)");
        }
        if (sku != null) {
            Check.sku("sku", sku);
        } else {
            Check.identifier("barcode", barcode, 90);
        }
    }

    public static ItemRef sku(String sku) {
        return new ItemRef(sku, null);
    }

    public static ItemRef barcode(String barcode) {
        return new ItemRef(null, barcode);
    }

    public void addTo(Fingerprint fingerprint) {
        fingerprint.with(sku).with(barcode);
    }
}
