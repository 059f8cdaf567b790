package io.stockledger.stock;

import io.stockledger.decision.Moment;
import io.stockledger.decision.Streams;
import io.stockledger.quantity.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How much of one item at one location a document asks for, all its lines summed. */
public record StockDemand(StockAt stock, Quantity quantity) {

    public static List<StockDemand> at(String location, Map<String, Quantity> perItem, Streams streams, Moment at) {
        return perItem.entrySet().stream()
                .map(item -> new StockDemand(
                        StockAt.of(streams, item.getKey(), item.getValue().unit(), location, at), item.getValue()))
                .toList();
    }

    public String sku() {
        return stock.sku();
    }

    /** Empty when {@code available} is enough. */
    public Optional<Shortage> shortage(Quantity available) {
        return quantity.isMoreThan(available)
                ? Optional.of(new Shortage(sku(), stock.location(), quantity, available))
                : Optional.empty();
    }
}
