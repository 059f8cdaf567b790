package io.stockledger.item;

import io.stockledger.decision.StreamType;
import io.stockledger.document.Fact;
import io.stockledger.item.ItemFact.ItemChanged;
import io.stockledger.item.ItemFact.ItemRegistered;
import io.stockledger.quantity.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A registered item. Its unit never changes. */
public record Item(String sku, String name, Unit unit, List<Barcode> barcodes) {

    public static final StreamType<Item> STREAM =
            StreamType.of("item", Item::after).whatIsReadLasts();

    static Item after(@Nullable Item before, Fact fact) {
        if (fact instanceof ItemRegistered registered) {
            return new Item(registered.sku(), registered.name(), registered.unit(), registered.barcodes());
        }
        if (fact instanceof ItemChanged changed && before != null) {
            return new Item(before.sku, changed.name(), before.unit, changed.barcodes());
        }
        throw new AssertionError("not a fact of an item: " + fact);
    }
}
