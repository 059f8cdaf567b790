package io.stockledger.order;

import io.stockledger.decision.StreamType;
import io.stockledger.document.DocumentFact.CommandRefused;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.Fact;
import io.stockledger.order.OrderFact.OrderReturned;
import io.stockledger.order.OrderFact.ReturnedItem;
import io.stockledger.order.OrderFact.SaleRecorded;
import io.stockledger.order.OrderFact.SoldLine;
import io.stockledger.quantity.Quantity;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A sale, as far as what may still come back of it.
 *
 * @param channel that sold it
 * @param happened when it was sold
 * @param soldAt the locations
 * @param returnable per SKU, what was sold and has not been returned; never below zero
 */
public record Order(String id, String channel, Instant happened, Set<String> soldAt, Map<String, Quantity> returnable) {

    public static final StreamType<Order> STREAM = StreamType.timed(DocumentRef.Kind.ORDER.prefix(), Order::after);

    public Order {
        soldAt = Set.copyOf(soldAt);
        returnable = Map.copyOf(returnable);
        returnable.forEach((sku, quantity) -> {
            if (quantity.isNegative()) {
                throw new IllegalArgumentException("returnable: " + quantity + " of " + sku + " (expected: 0 or more)");
            }
        });
    }

    static @Nullable Order after(@Nullable Order before, Fact fact, Instant happened) {
        if (fact instanceof CommandRefused) {
            return null;
        }
        if (fact instanceof SaleRecorded recorded) {
            Map<String, Quantity> sold = new HashMap<>();
            for (SoldLine line : recorded.lines()) {
                sold.merge(line.sku(), line.quantity(), Quantity::plus);
            }
            return new Order(recorded.order(), recorded.channel(), happened, recorded.locations(), sold);
        }
        if (fact instanceof OrderReturned returned && before != null) {
            Map<String, Quantity> left = new HashMap<>(before.returnable);
            for (ReturnedItem item : returned.items()) {
                left.computeIfPresent(item.sku(), (sku, quantity) -> quantity.minus(item.quantity()));
            }
            return new Order(before.id, before.channel, before.happened, before.soldAt, left);
        }
        throw new AssertionError("not a fact of an order: " + fact);
    }
}
