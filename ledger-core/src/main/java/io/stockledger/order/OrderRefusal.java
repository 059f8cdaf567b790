package io.stockledger.order;

import io.stockledger.document.Refusal;
import io.stockledger.stock.Shortage;
import java.util.List;
import java.util.Set;

/** Why an order stands in the way. */
public sealed interface OrderRefusal extends Refusal {

    record UnknownOrder(String order) implements OrderRefusal {
        @Override
        public String message() {
            return "Order '" + order + "' is not in the ledger.";
        }
    }

    /** More would come back than was handed over and not yet returned. */
    record ReturnExceedsOrder(String order, List<Shortage> lines) implements OrderRefusal {
        @Override
        public String message() {
            Shortage first = lines.get(0);
            String more = lines.size() > 1 ? " (and " + (lines.size() - 1) + " more lines)" : "";
            return "Item '" + first.sku() + "' of order '" + order + "': " + first.requested() + " to be returned, "
                    + first.available() + " sold and not returned yet" + more + ".";
        }

        @Override
        public Set<String> locations() {
            return Shortage.locations(lines);
        }
    }
}
