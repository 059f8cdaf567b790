package io.stockledger.api.console;

import io.stockledger.projections.availability.ItemAvailability;
import io.stockledger.projections.availability.StockLevel;
import io.stockledger.projections.catalog.CatalogItem;
import io.stockledger.quantity.Quantity;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.StockLevels;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * One item everywhere.
 *
 * @param barcodes in one line
 * @param levelsJson what the chart of levels draws
 * @param storyJson what the timeline draws; null when no units have moved
 */
record ItemPage(
        String sku,
        String name,
        String unit,
        String barcodes,
        List<Level> levels,
        String levelsJson,
        @Nullable String storyJson,
        AsOfText asOf) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** @param parts of what is on hand, in words; empty where all of it is sellable */
    record Level(
            String location, Figure onHand, String parts, Figure reserved, Figure available, List<String> channels) {}

    /** The parts of a bar; below zero is drawn as nothing, the table says it. */
    private record Bar(
            String location,
            String available,
            String reserved,
            String safety,
            String protectedFor,
            String unsellable) {}

    static ItemPage of(ItemAvailability item, CatalogItem known, List<StoryLine> story) {
        return new ItemPage(
                item.sku(),
                item.name(),
                item.unit().code(),
                known.barcodes().stream()
                        .map(barcode -> barcode.code() + (barcode.inHouse() ? " (in-house)" : ""))
                        .collect(Collectors.joining(", ")),
                item.levels().stream().map(ItemPage::level).toList(),
                json(item.levels().stream().map(ItemPage::bar).toList()),
                story.isEmpty() ? null : json(story),
                AsOfText.of(item.asOf()));
    }

    /** To stand in a script element, which the first {@code </} would end, wherever it came from. */
    private static String json(Object value) {
        return JSON.writeValueAsString(value).replace("<", "\\u003c");
    }

    private static Level level(StockLevel level) {
        StockLevels levels = level.levels();
        String otherwise = Figure.otherwise(levels);
        return new Level(
                level.key().location(),
                Figure.of(levels.onHand()),
                otherwise.isEmpty() ? "" : Figure.text(levels.in(Bucket.SELLABLE)) + " sellable, " + otherwise,
                Figure.of(levels.reserved()),
                Figure.available(levels.availableToPromise()),
                levels.protectedFor().keySet().stream()
                        .sorted()
                        .map(channel -> Figure.text(levels.availableToPromise(channel)) + " to " + channel)
                        .toList());
    }

    private static Bar bar(StockLevel level) {
        StockLevels levels = level.levels();
        Quantity none = Quantity.zero(level.unit());
        Quantity kept = levels.protectedFor().values().stream().reduce(none, Quantity::plus);
        return new Bar(
                level.key().location(),
                levels.availableToPromise().orZero().number(),
                levels.reserved().number(),
                levels.safetyStock().number(),
                kept.number(),
                levels.onHand().minus(levels.in(Bucket.SELLABLE)).number());
    }
}
