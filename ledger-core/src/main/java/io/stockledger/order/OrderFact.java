package io.stockledger.order;

import io.stockledger.document.Fact;
import io.stockledger.document.PostedLine;
import io.stockledger.quantity.Quantity;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can happen to an order. Its stream is {@code order:{id}}. A till's sale is an order that is placed, paid and handed
 * over in one step.
 */
public sealed interface OrderFact extends Fact {

    /**
     * One line as it was sold.
     *
     * @param barcode as it was scanned; null when the SKU was given
     * @param shortfall how many of the units handed over the ledger did not have; null for none
     */
    record SoldLine(
            String sku,
            String location,
            Quantity quantity,
            Price price,
            @Nullable String barcode,
            @Nullable Quantity shortfall) {}

    /**
     * @param location where it was sold; null when a reservation over several locations was confirmed
     * @param customer opaque to the ledger
     * @param reservation the reservation that it fulfilled; null for none
     * @param reservationLapsedAt when that had run out, before the sale; null where it had not
     */
    record SaleRecorded(
            String order,
            String channel,
            @Nullable String location,
            @Nullable String register,
            List<SoldLine> lines,
            List<Charge> charges,
            List<Tender> tenders,
            @Nullable String customer,
            @Nullable String reservation,
            @Nullable Instant reservationLapsedAt)
            implements OrderFact {
        public SaleRecorded {
            lines = List.copyOf(lines);
            charges = List.copyOf(charges);
            tenders = List.copyOf(tenders);
        }

        @Override
        public Set<String> locations() {
            Set<String> all = new HashSet<>();
            if (location != null) {
                all.add(location);
            }
            lines.forEach(line -> all.add(line.location()));
            return all;
        }

        @Override
        public List<PostedLine> posted() {
            return lines.stream()
                    .map(line -> new PostedLine(line.sku(), line.location(), line.quantity(), line.shortfall()))
                    .toList();
        }
    }

    /**
     * @param location where goods of the order came back
     * @param locations there, and where they were sold
     */
    record OrderReturned(
            String order, String returnId, String location, List<ReturnedItem> items, Set<String> locations)
            implements OrderFact {
        public OrderReturned {
            items = List.copyOf(items);
            locations = Fact.inOrder(locations);
        }
    }

    record ReturnedItem(String sku, Quantity quantity) {}
}
