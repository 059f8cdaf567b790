package io.stockledger.receiving;

import io.stockledger.document.Fact;
import io.stockledger.document.PostedLine;
import io.stockledger.quantity.Quantity;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.joda.money.BigMoney;
import org.jspecify.annotations.Nullable;

/** What can happen to a receipt. Its stream is {@code receipt:{id}}. */
public sealed interface ReceivingFact extends Fact {

    record ReceivedLine(
            String sku,
            Quantity quantity,
            @Nullable String barcode,
            @Nullable String lot,
            @Nullable LocalDate expiry,
            List<String> serials,
            @Nullable BigMoney unitCost) {
        public ReceivedLine {
            serials = List.copyOf(serials);
        }
    }

    record GoodsReceived(
            String receipt,
            String location,
            @Nullable String supplier,
            @Nullable String purchaseOrder,
            List<ReceivedLine> lines)
            implements ReceivingFact {
        public GoodsReceived {
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
}
