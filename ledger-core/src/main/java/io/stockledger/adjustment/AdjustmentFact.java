package io.stockledger.adjustment;

import io.stockledger.document.Fact;
import io.stockledger.document.PostedLine;
import io.stockledger.quantity.Quantity;
import io.stockledger.stock.Disposition;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can happen to a document that corrects, counts or shifts stock. Their streams are
 * {@code adjustment:{id}}, {@code count:{id}}, {@code transfer:{id}} and {@code reclassification:{id}}.
 */
public sealed interface AdjustmentFact extends Fact {

    /** @param quantity signed */
    record AdjustedLine(
            String sku,
            Quantity quantity,
            Disposition disposition,
            @Nullable String barcode) {}

    record StockAdjusted(
            String adjustment,
            String location,
            AdjustmentReason reason,
            @Nullable String note,
            List<AdjustedLine> lines)
            implements AdjustmentFact {
        public StockAdjusted {
            lines = List.copyOf(lines);
        }

        @Override
        public Set<String> locations() {
            return Set.of(location);
        }

        @Override
        public List<PostedLine> posted() {
            return lines.stream()
                    .map(line -> PostedLine.of(line.sku(), location, line.quantity()))
                    .toList();
        }
    }

    /** @param expected what the ledger knew to be sellable at the moment of the count */
    record CountedItem(String sku, Quantity counted, Quantity expected) {}

    record StockCounted(String count, String location, List<CountedItem> items) implements AdjustmentFact {
        public StockCounted {
            items = List.copyOf(items);
        }

        @Override
        public Set<String> locations() {
            return Set.of(location);
        }

        @Override
        public List<PostedLine> posted() {
            return items.stream()
                    .map(item ->
                            PostedLine.of(item.sku(), location, item.counted().minus(item.expected())))
                    .toList();
        }
    }

    /** Units of an item that a document shifted. */
    record ShiftedItem(String sku, Quantity quantity) {}

    record StockTransferred(String transfer, String from, String to, List<ShiftedItem> items)
            implements AdjustmentFact {
        public StockTransferred {
            items = List.copyOf(items);
        }

        @Override
        public Set<String> locations() {
            return Set.of(from, to);
        }

        @Override
        public List<PostedLine> posted() {
            return items.stream()
                    .map(item -> PostedLine.of(item.sku(), to, item.quantity()))
                    .toList();
        }
    }

    record StockReclassified(
            String reclassification,
            String location,
            Disposition from,
            Disposition to,
            @Nullable String note,
            List<ShiftedItem> items)
            implements AdjustmentFact {
        public StockReclassified {
            items = List.copyOf(items);
        }

        @Override
        public Set<String> locations() {
            return Set.of(location);
        }

        @Override
        public List<PostedLine> posted() {
            return items.stream()
                    .map(item -> PostedLine.of(item.sku(), location, item.quantity()))
                    .toList();
        }
    }
}
