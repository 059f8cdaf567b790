package io.stockledger.returns;

import io.stockledger.document.Fact;
import io.stockledger.document.PostedLine;
import io.stockledger.order.Charge;
import io.stockledger.order.Tender;
import io.stockledger.quantity.Quantity;
import io.stockledger.stock.Disposition;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can happen to a return. Its stream is {@code return:{id}}. */
public sealed interface ReturnFact extends Fact {

    record ReturnedLine(
            String sku,
            Quantity quantity,
            @Nullable String barcode,
            @Nullable String reason,
            Disposition disposition) {}

    /** @param order the order that the goods came from; null for a blind return */
    record ReturnProcessed(
            String returnId,
            String channel,
            String location,
            @Nullable String order,
            List<ReturnedLine> lines,
            List<Charge> charges,
            List<Tender> refunds)
            implements ReturnFact {
        public ReturnProcessed {
            lines = List.copyOf(lines);
            charges = List.copyOf(charges);
            refunds = List.copyOf(refunds);
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
}
