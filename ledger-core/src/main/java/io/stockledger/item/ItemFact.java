package io.stockledger.item;

import io.stockledger.document.Fact;
import io.stockledger.quantity.Unit;
import java.util.List;
import java.util.Set;

/** What can happen to an item ({@code item:{sku}}) and to a barcode ({@code barcode:{code}}). */
public sealed interface ItemFact extends Fact {

    /** What an item is, it is everywhere. */
    @Override
    default Set<String> locations() {
        return Set.of();
    }

    record ItemRegistered(String sku, String name, Unit unit, List<Barcode> barcodes) implements ItemFact {
        public ItemRegistered {
            barcodes = List.copyOf(barcodes);
        }
    }

    /** The name or the barcodes changed; these are all it has from now on. */
    record ItemChanged(String sku, String name, List<Barcode> barcodes) implements ItemFact {
        public ItemChanged {
            barcodes = List.copyOf(barcodes);
        }
    }

    record BarcodeAssigned(Barcode barcode, String sku) implements ItemFact {}

    record BarcodeWithdrawn(String code, String sku) implements ItemFact {}
}
