package io.stockledger.item;

import io.stockledger.decision.Streams;
import io.stockledger.document.Check;
import io.stockledger.document.Refusal;
import io.stockledger.item.BarcodeOwners.Owner;
import io.stockledger.quantity.Quantity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A document's lines with their items found and their quantities in the items' units, or why that failed.
 *
 * @param lines in the document's order; empty when refused
 */
public record ItemLines(List<ItemLine> lines, Optional<Refusal> refusal) {

    /** An item as a line asked for it, and how much. */
    public record Asked(ItemRef item, BigDecimal quantity) {
        public Asked {
            quantity = Check.decimal("lines.quantity", quantity);
        }
    }

    /** A line's item and its quantity in the item's unit; a barcode's pack is unpacked. */
    public record ItemLine(String sku, Quantity quantity) {}

    /** @param happened when the goods were in hand: a barcode names the item that had it then */
    public static ItemLines find(Streams streams, List<Asked> asked, Instant happened) {
        List<ItemLine> lines = new ArrayList<>(asked.size());
        for (Asked line : asked) {
            String sku = line.item().sku();
            BigDecimal quantity = line.quantity();
            String barcode = line.item().barcode();
            if (barcode != null) {
                Optional<Owner> owner =
                        streams.find(BarcodeOwners.STREAM, Barcode.key(barcode)).flatMap(owners -> owners.at(happened));
                if (owner.isEmpty()) {
                    return refused(new ItemRefusal.UnknownBarcode(barcode));
                }
                sku = owner.get().sku();
                quantity = quantity.multiply(owner.get().packSize());
            }
            @Nullable Item item = sku == null ? null : streams.find(Item.STREAM, sku).orElse(null);
            if (item == null) {
                return refused(new ItemRefusal.UnknownItem(String.valueOf(sku)));
            }
            if (!Quantity.fits(quantity, item.unit())) {
                return refused(new ItemRefusal.QuantityDoesNotFitUnit(item.sku(), quantity, item.unit()));
            }
            lines.add(new ItemLine(item.sku(), new Quantity(quantity, item.unit()).shared()));
        }
        return new ItemLines(lines, Optional.empty());
    }

    /** One quantity per item, in the order in which items first appear: a document that names one twice asks for both. */
    public Map<String, Quantity> perItem() {
        Map<String, Quantity> sums = new LinkedHashMap<>();
        for (ItemLine line : lines) {
            sums.merge(line.sku(), line.quantity(), Quantity::plus);
        }
        return sums;
    }

    private static ItemLines refused(Refusal refusal) {
        return new ItemLines(List.of(), Optional.of(refusal));
    }
}
