package io.stockledger.item;

import io.stockledger.document.Check;
import io.stockledger.document.Command;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.Fingerprint;
import io.stockledger.document.InvalidCommand;
import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes an item known, or changes its name and barcodes.
 *
 * @param expectedVersion the item's version that the caller saw, 0 where it saw none; null: any
 */
public record RegisterItem(
        DocumentRef document,
        String sku,
        String itemName,
        Unit unit,
        List<Barcode> barcodes,
        @Nullable Long expectedVersion)
        implements Command {

    private static final int MOST_BARCODES = 100;

    public RegisterItem {
        document.mustBe(DocumentRef.Kind.INSTRUCTION);
        Check.sku("sku", sku);
        Check.name("name", itemName, 200);
        Check.present("unit", unit);
        barcodes = List.copyOf(barcodes);
        if (barcodes.size() > MOST_BARCODES) {
            throw new InvalidCommand("barcodes", barcodes.size() + " (expected: at most " + MOST_BARCODES + ")");
        }
        Check.each("barcodes", barcodes, Barcode::mustBeReadable);
        Set<String> seen = new HashSet<>();
        for (Barcode barcode : barcodes) {
            if (!seen.add(Barcode.key(barcode.code()))) {
                throw new InvalidCommand("barcodes", "'" + barcode.code() + "' twice (expected: once)");
            }
            if (!Quantity.fits(barcode.packSize(), unit)) {
                throw new InvalidCommand(
                        "barcodes",
                        "pack size " + barcode.packSize().toPlainString() + " (expected: one that fits " + unit.code()
                                + ")");
            }
        }
    }

    @Override
    public String name() {
        return "register-item";
    }

    @Override
    public Fingerprint fingerprint() {
        Fingerprint fingerprint = Fingerprint.of("register-item/1")
                .field("sku", sku)
                .field("name", itemName)
                .field("unit", unit.code())
                .field("barcodes");
        for (Barcode barcode : barcodes) {
            fingerprint.with(barcode.code()).with(barcode.packSize());
            if (barcode.inHouse()) {
                fingerprint.with(true);
            }
        }
        return fingerprint;
    }
}
