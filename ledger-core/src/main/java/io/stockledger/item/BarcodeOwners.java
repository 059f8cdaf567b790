package io.stockledger.item;

import io.stockledger.decision.StreamType;
import io.stockledger.document.Fact;
import io.stockledger.item.ItemFact.BarcodeAssigned;
import io.stockledger.item.ItemFact.BarcodeWithdrawn;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Which item a barcode names now. */
record BarcodeOwner(String sku, BigDecimal packSize) {

    static final StreamType<BarcodeOwner> STREAM = StreamType.of("barcode", BarcodeOwner::after);

    static @Nullable BarcodeOwner after(@Nullable BarcodeOwner before, Fact fact) {
        if (fact instanceof BarcodeAssigned assigned) {
            return new BarcodeOwner(assigned.sku(), assigned.barcode().packSize());
        }
        if (fact instanceof BarcodeWithdrawn) {
            return null;
        }
        throw new AssertionError("not a fact of a barcode: " + fact);
    }
}
