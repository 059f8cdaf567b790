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
import io.stockledger.decision.Streams;
import io.stockledger.document.Refusal;
import io.stockledger.document.Refusal.Shortage;
import io.stockledger.item.ItemLines;
import io.stockledger.item.ItemLines.ItemLine;
import io.stockledger.location.Locations;
import io.stockledger.quantity.Quantity;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.Disposition;
import io.stockledger.stock.StockAt;
import io.stockledger.stock.StockFact.Cause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Nothing is taken from where it is not. What people saw on the shelf overrides what was promised of it. */
public final class AdjustmentRules {

    private AdjustmentRules() {}

    public static Decision decide(AdjustStock command, Streams streams, Instant at) {
        if (!Locations.of(streams).isOpen(command.location())) {
            return Decision.refuse(new Refusal.UnknownLocation(command.location()));
        }
        ItemLines lines = ItemLines.find(streams, command.goods());
        if (lines.refusal().isPresent()) {
            return Decision.refuse(lines.refusal().get());
        }
        List<AdjustedLine> adjusted = new ArrayList<>();
        Map<String, StockAt> stocks = new LinkedHashMap<>();
        Map<Disposition, Map<String, Quantity>> sums = new LinkedHashMap<>();
        for (int i = 0; i < lines.lines().size(); i++) {
            ItemLine line = lines.lines().get(i);
            AdjustStock.Line asked = command.lines().get(i);
            stocks.computeIfAbsent(
                    line.sku(), sku -> StockAt.of(streams, sku, line.quantity().unit(), command.location(), at));
            sums.computeIfAbsent(asked.disposition(), disposition -> new LinkedHashMap<>())
                    .merge(line.sku(), line.quantity(), Quantity::plus);
            adjusted.add(new AdjustedLine(
                    line.sku(),
                    line.quantity(),
                    asked.disposition(),
                    asked.goods().item().barcode()));
        }
        for (Map.Entry<Disposition, Map<String, Quantity>> sum : sums.entrySet()) {
            List<Shortage> shortages =
                    shortages(sum.getValue(), Quantity::negated, sum.getKey().bucket(), stocks, command.location());
            if (!shortages.isEmpty()) {
                return Decision.refuse(new Refusal.NotOnHand(sum.getKey().name(), shortages));
            }
        }
        Effects effects = new Effects();
        sums.forEach((disposition, perItem) -> perItem.forEach((sku, quantity) -> {
            if (quantity.isPositive()) {
                stocks.get(sku).move(Cause.ADJUSTED, Bucket.FOUND, disposition.bucket(), quantity, effects);
            } else if (quantity.isNegative()) {
                Bucket gone = command.reason().removedTo();
                stocks.get(sku).move(Cause.ADJUSTED, disposition.bucket(), gone, quantity.negated(), effects);
            }
        }));
        return effects.accept(new StockAdjusted(
                command.document().id(), command.location(), command.reason(), command.note(), adjusted));
    }

    public static Decision decide(RecordCount command, Streams streams, Instant at) {
        if (!Locations.of(streams).isOpen(command.location())) {
            return Decision.refuse(new Refusal.UnknownLocation(command.location()));
        }
        ItemLines lines = ItemLines.find(streams, command.lines());
        if (lines.refusal().isPresent()) {
            return Decision.refuse(lines.refusal().get());
        }
        Effects effects = new Effects();
        List<CountedItem> items = new ArrayList<>();
        lines.perItem().forEach((sku, counted) -> {
            StockAt stock = StockAt.of(streams, sku, counted.unit(), command.location(), at);
            Quantity expected = stock.in(Bucket.SELLABLE);
            Quantity difference = counted.minus(expected);
            if (difference.isPositive()) {
                stock.move(Cause.COUNTED, Bucket.FOUND, Bucket.SELLABLE, difference, effects);
            } else if (difference.isNegative()) {
                stock.move(Cause.COUNTED, Bucket.SELLABLE, Bucket.LOST, difference.negated(), effects);
            }
            items.add(new CountedItem(sku, counted, expected));
        });
        return effects.accept(new StockCounted(command.document().id(), command.location(), items));
    }

    public static Decision decide(TransferStock command, Streams streams, Instant at) {
        Locations locations = Locations.of(streams);
        for (String location : List.of(command.from(), command.to())) {
            if (!locations.isOpen(location)) {
                return Decision.refuse(new Refusal.UnknownLocation(location));
            }
        }
        ItemLines lines = ItemLines.find(streams, command.lines());
        if (lines.refusal().isPresent()) {
            return Decision.refuse(lines.refusal().get());
        }
        Map<String, Quantity> wanted = lines.perItem();
        Map<String, StockAt> stocks = stocks(wanted, command.from(), streams, at);
        List<Shortage> shortages = shortages(wanted, Function.identity(), Bucket.SELLABLE, stocks, command.from());
        if (!shortages.isEmpty()) {
            return Decision.refuse(new Refusal.NotOnHand(Disposition.SELLABLE.name(), shortages));
        }
        Effects effects = new Effects();
        wanted.forEach((sku, quantity) -> {
            stocks.get(sku).move(Cause.TRANSFERRED, Bucket.SELLABLE, Bucket.IN_TRANSIT, quantity, effects);
            StockAt.of(streams, sku, quantity.unit(), command.to(), at)
                    .move(Cause.TRANSFERRED, Bucket.IN_TRANSIT, Bucket.SELLABLE, quantity, effects);
        });
        return effects.accept(
                new StockTransferred(command.document().id(), command.from(), command.to(), shifted(wanted)));
    }

    public static Decision decide(ChangeDisposition command, Streams streams, Instant at) {
        if (!Locations.of(streams).isOpen(command.location())) {
            return Decision.refuse(new Refusal.UnknownLocation(command.location()));
        }
        ItemLines lines = ItemLines.find(streams, command.lines());
        if (lines.refusal().isPresent()) {
            return Decision.refuse(lines.refusal().get());
        }
        Map<String, Quantity> wanted = lines.perItem();
        Map<String, StockAt> stocks = stocks(wanted, command.location(), streams, at);
        List<Shortage> shortages =
                shortages(wanted, Function.identity(), command.from().bucket(), stocks, command.location());
        if (!shortages.isEmpty()) {
            return Decision.refuse(new Refusal.NotOnHand(command.from().name(), shortages));
        }
        Effects effects = new Effects();
        wanted.forEach((sku, quantity) -> stocks.get(sku)
                .move(Cause.RECLASSIFIED, command.from().bucket(), command.to().bucket(), quantity, effects));
        return effects.accept(new StockReclassified(
                command.document().id(),
                command.location(),
                command.from(),
                command.to(),
                command.note(),
                shifted(wanted)));
    }

    private static Map<String, StockAt> stocks(
            Map<String, Quantity> wanted, String location, Streams streams, Instant at) {
        Map<String, StockAt> stocks = new LinkedHashMap<>();
        wanted.forEach((sku, quantity) -> stocks.put(sku, StockAt.of(streams, sku, quantity.unit(), location, at)));
        return stocks;
    }

    /** @param taken how much a quantity takes out; below zero where it adds */
    private static List<Shortage> shortages(
            Map<String, Quantity> quantities,
            Function<Quantity, Quantity> taken,
            Bucket from,
            Map<String, StockAt> stocks,
            String location) {
        List<Shortage> shortages = new ArrayList<>();
        quantities.forEach((sku, quantity) -> {
            Quantity out = taken.apply(quantity);
            Quantity there = stocks.get(sku).in(from);
            if (out.isPositive() && out.isMoreThan(there)) {
                shortages.add(new Shortage(sku, location, out, there));
            }
        });
        return shortages;
    }

    private static List<ShiftedItem> shifted(Map<String, Quantity> items) {
        return items.entrySet().stream()
                .map(item -> new ShiftedItem(item.getKey(), item.getValue()))
                .toList();
    }
}
