package io.stockledger.returns;

import io.stockledger.decision.Decision;
import io.stockledger.decision.Decision.Effects;
import io.stockledger.decision.Moment;
import io.stockledger.decision.Streams;
import io.stockledger.item.ItemLines;
import io.stockledger.item.ItemLines.ItemLine;
import io.stockledger.location.LocationRefusal;
import io.stockledger.location.Locations;
import io.stockledger.order.Order;
import io.stockledger.order.OrderFact.OrderReturned;
import io.stockledger.order.OrderFact.ReturnedItem;
import io.stockledger.order.OrderRefusal;
import io.stockledger.quantity.Quantity;
import io.stockledger.returns.ReturnFact.ReturnProcessed;
import io.stockledger.returns.ReturnFact.ReturnedLine;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.Posting;
import io.stockledger.stock.Shortage;
import io.stockledger.stock.StockAt;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Never more comes back of a sale than was sold. */
public final class ReturnRules {

    private ReturnRules() {}

    public static Decision decide(ProcessReturn command, Streams streams, Moment at) {
        if (!Locations.of(streams).isOpen(command.location())) {
            return Decision.refuse(new LocationRefusal.UnknownLocation(command.location()));
        }
        Optional<Order> order =
                command.order() == null ? Optional.empty() : streams.find(Order.STREAM, command.order());
        // What comes back of an order is what its barcodes named when it was sold.
        ItemLines lines = ItemLines.find(
                streams, command.goods(), order.map(Order::happened).orElse(at.happened()));
        if (lines.refusal().isPresent()) {
            return Decision.refuse(lines.refusal().get());
        }
        Effects effects = new Effects();
        if (command.order() != null) {
            if (order.isEmpty()) {
                return Decision.refuse(new OrderRefusal.UnknownOrder(command.order()));
            }
            List<Shortage> tooMany = tooMany(lines, order.get(), command.location());
            if (!tooMany.isEmpty()) {
                return Decision.refuse(new OrderRefusal.ReturnExceedsOrder(command.order(), tooMany));
            }
            List<ReturnedItem> items = lines.perItem().entrySet().stream()
                    .map(item -> new ReturnedItem(item.getKey(), item.getValue()))
                    .toList();
            Set<String> locations = new HashSet<>(order.get().soldAt());
            locations.add(command.location());
            effects.add(
                    Order.STREAM,
                    command.order(),
                    new OrderReturned(command.order(), command.document().id(), command.location(), items, locations));
        }
        List<ReturnedLine> returned = new ArrayList<>();
        Map<String, List<Posting>> postings = new LinkedHashMap<>();
        for (int i = 0; i < lines.lines().size(); i++) {
            ItemLine line = lines.lines().get(i);
            ProcessReturn.Line asked = command.lines().get(i);
            postings.computeIfAbsent(line.sku(), sku -> new ArrayList<>())
                    .add(new Posting(Bucket.CUSTOMER, asked.disposition().bucket(), line.quantity()));
            returned.add(new ReturnedLine(
                    line.sku(), line.quantity(), asked.goods().item().barcode(), asked.reason(), asked.disposition()));
        }
        // Where they were not sold, nothing that is kept was used for them.
        @Nullable String soldBy = order.filter(sold -> sold.soldAt().contains(command.location()))
                .map(Order::channel)
                .orElse(null);
        postings.forEach(
                (sku, moves) -> StockAt.of(streams, sku, moves.get(0).quantity().unit(), command.location(), at)
                        .takeBack(command.channel(), soldBy, moves, effects));
        return effects.accept(new ReturnProcessed(
                command.document().id(),
                command.channel(),
                command.location(),
                command.order(),
                returned,
                command.charges(),
                command.refunds()));
    }

    private static List<Shortage> tooMany(ItemLines lines, Order order, String location) {
        List<Shortage> tooMany = new ArrayList<>();
        lines.perItem().forEach((sku, quantity) -> {
            Quantity returnable = order.returnable().getOrDefault(sku, Quantity.zero(quantity.unit()));
            if (quantity.isMoreThan(returnable)) {
                tooMany.add(new Shortage(sku, location, quantity, returnable));
            }
        });
        return tooMany;
    }
}
