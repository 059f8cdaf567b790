package io.stockledger.adjustment;

import io.stockledger.adjustment.AdjustmentFact.AdjustedLine;
import io.stockledger.adjustment.AdjustmentFact.CountedItem;
import io.stockledger.adjustment.AdjustmentFact.ShiftedItem;
import io.stockledger.adjustment.AdjustmentFact.StockAdjusted;
import io.stockledger.adjustment.AdjustmentFact.StockCounted;
import io.stockledger.adjustment.AdjustmentFact.StockReclassified;
import io.stockledger.adjustment.AdjustmentFact.StockTransferred;
import io.stockledger.decision.Decision;
import io.stockledger.decision.Decision.Effects;
import io.stockledger.decision.Moment;
import io.stockledger.decision.Streams;
import io.stockledger.document.Refusal;
import io.stockledger.item.ItemLines;
import io.stockledger.item.ItemLines.ItemLine;
import io.stockledger.location.LocationRefusal;
import io.stockledger.location.Locations;
import io.stockledger.quantity.Quantity;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.Disposition;
import io.stockledger.stock.Shortage;
import io.stockledger.stock.StockAt;
import io.stockledger.stock.StockDemand;
import io.stockledger.stock.StockFact.Cause;
import io.stockledger.stock.StockRefusal;
import io.stockledger.stock.Stocks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Nothing is taken from where it is not, and by choice nothing that a living reservation holds. What people saw on the
 * shelf (a count, a loss, a theft, a correction) is recorded in any case: the goods are gone, and what is promised
 * beyond what is there shows as an availability below zero.
 */
public final class AdjustmentRules {

    private AdjustmentRules() {}

    public static Decision decide(AdjustStock command, Streams streams, Moment at) {
        if (!Locations.of(streams).isOpen(command.location())) {
            return Decision.refuse(new LocationRefusal.UnknownLocation(command.location()));
        }
        ItemLines lines = ItemLines.find(streams, command.goods(), at.happened());
        if (lines.refusal().isPresent()) {
            return Decision.refuse(lines.refusal().get());
        }
        List<AdjustedLine> adjusted = new ArrayList<>();
        Map<Disposition, Map<String, Quantity>> sums = new LinkedHashMap<>();
        for (int i = 0; i < lines.lines().size(); i++) {
            ItemLine line = lines.lines().get(i);
            AdjustStock.Line asked = command.lines().get(i);
            sums.computeIfAbsent(asked.disposition(), disposition -> new LinkedHashMap<>())
                    .merge(line.sku(), line.quantity(), Quantity::plus);
            adjusted.add(new AdjustedLine(
                    line.sku(),
                    line.quantity(),
                    asked.disposition(),
                    asked.goods().item().barcode()));
        }
        Stocks stocks = new Stocks(streams, at);
        Effects effects = new Effects();
        for (Map.Entry<Disposition, Map<String, Quantity>> sum : sums.entrySet()) {
            Bucket bucket = sum.getKey().bucket();
            List<Shortage> shortages = new ArrayList<>();
            List<Shortage> held = new ArrayList<>();
            sum.getValue().forEach((sku, quantity) -> {
                StockAt stock = stocks.at(sku, quantity.unit(), command.location());
                if (quantity.isPositive()) {
                    stock.move(Cause.ADJUSTED, Bucket.FOUND, bucket, quantity, effects);
                } else if (quantity.isNegative()) {
                    Quantity removed = quantity.negated();
                    StockDemand demand = new StockDemand(stock, removed);
                    demand.shortage(stock.in(bucket)).ifPresent(shortages::add);
                    if (!command.reason().isBeyondChoice()) {
                        demand.shortage(stock.free(bucket)).ifPresent(held::add);
                    }
                    stock.move(Cause.ADJUSTED, bucket, command.reason().removedTo(), removed, effects);
                }
            });
            if (!shortages.isEmpty()) {
                return Decision.refuse(new StockRefusal.NotOnHand(sum.getKey(), shortages));
            }
            if (!held.isEmpty()) {
                return Decision.refuse(new StockRefusal.HeldByReservations(held));
            }
        }
        return effects.accept(new StockAdjusted(
                command.document().id(), command.location(), command.reason(), command.note(), adjusted));
    }

    public static Decision decide(RecordCount command, Streams streams, Moment at) {
        if (!Locations.of(streams).isOpen(command.location())) {
            return Decision.refuse(new LocationRefusal.UnknownLocation(command.location()));
        }
        ItemLines lines = ItemLines.find(streams, command.lines(), at.happened());
        if (lines.refusal().isPresent()) {
            return Decision.refuse(lines.refusal().get());
        }
        Effects effects = new Effects();
        List<CountedItem> items = new ArrayList<>();
        for (Map.Entry<String, Quantity> line : lines.perItem().entrySet()) {
            Quantity counted = line.getValue();
            StockAt stock = StockAt.of(streams, line.getKey(), counted.unit(), command.location(), at);
            Optional<Quantity> since = stock.changeSince(Bucket.SELLABLE);
            if (since.isEmpty()) {
                return Decision.refuse(
                        new AdjustmentRefusal.CountedTooLongAgo(line.getKey(), command.location(), at.happened()));
            }
            Quantity expected = stock.in(Bucket.SELLABLE).minus(since.get());
            stock.count(command.document().id(), counted, counted.minus(expected), effects);
            items.add(new CountedItem(line.getKey(), counted, expected));
        }
        return effects.accept(new StockCounted(command.document().id(), command.location(), items));
    }

    public static Decision decide(TransferStock command, Streams streams, Moment at) {
        Locations locations = Locations.of(streams);
        for (String location : List.of(command.from(), command.to())) {
            if (!locations.isOpen(location)) {
                return Decision.refuse(new LocationRefusal.UnknownLocation(location));
            }
        }
        ItemLines lines = ItemLines.find(streams, command.lines(), at.happened());
        if (lines.refusal().isPresent()) {
            return Decision.refuse(lines.refusal().get());
        }
        List<StockDemand> demands = StockDemand.at(command.from(), lines.perItem(), streams, at);
        Optional<Refusal> refusal = refusalToTake(demands, Disposition.SELLABLE);
        if (refusal.isPresent()) {
            return Decision.refuse(refusal.get());
        }
        Effects effects = new Effects();
        for (StockDemand demand : demands) {
            Quantity quantity = demand.quantity();
            demand.stock().move(Cause.TRANSFERRED, Bucket.SELLABLE, Bucket.IN_TRANSIT, quantity, effects);
            StockAt.of(streams, demand.sku(), quantity.unit(), command.to(), at)
                    .move(Cause.TRANSFERRED, Bucket.IN_TRANSIT, Bucket.SELLABLE, quantity, effects);
        }
        return effects.accept(
                new StockTransferred(command.document().id(), command.from(), command.to(), shifted(demands)));
    }

    public static Decision decide(ReclassifyStock command, Streams streams, Moment at) {
        if (!Locations.of(streams).isOpen(command.location())) {
            return Decision.refuse(new LocationRefusal.UnknownLocation(command.location()));
        }
        ItemLines lines = ItemLines.find(streams, command.lines(), at.happened());
        if (lines.refusal().isPresent()) {
            return Decision.refuse(lines.refusal().get());
        }
        List<StockDemand> demands = StockDemand.at(command.location(), lines.perItem(), streams, at);
        Bucket from = command.from().bucket();
        Optional<Refusal> refusal = refusalToTake(demands, command.from());
        if (refusal.isPresent()) {
            return Decision.refuse(refusal.get());
        }
        Effects effects = new Effects();
        for (StockDemand demand : demands) {
            demand.stock().move(Cause.RECLASSIFIED, from, command.to().bucket(), demand.quantity(), effects);
        }
        return effects.accept(new StockReclassified(
                command.document().id(),
                command.location(),
                command.from(),
                command.to(),
                command.note(),
                shifted(demands)));
    }

    private static Optional<Refusal> refusalToTake(List<StockDemand> demands, Disposition from) {
        Bucket bucket = from.bucket();
        List<Shortage> missing = shortages(demands, stock -> stock.in(bucket));
        if (!missing.isEmpty()) {
            return Optional.of(new StockRefusal.NotOnHand(from, missing));
        }
        List<Shortage> held = shortages(demands, stock -> stock.free(bucket));
        return held.isEmpty() ? Optional.empty() : Optional.of(new StockRefusal.HeldByReservations(held));
    }

    private static List<Shortage> shortages(List<StockDemand> demands, Function<StockAt, Quantity> available) {
        return demands.stream()
                .flatMap(demand -> demand.shortage(available.apply(demand.stock())).stream())
                .toList();
    }

    private static List<ShiftedItem> shifted(List<StockDemand> demands) {
        return demands.stream()
                .map(demand -> new ShiftedItem(demand.sku(), demand.quantity()))
                .toList();
    }
}
