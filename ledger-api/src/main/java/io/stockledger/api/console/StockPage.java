package io.stockledger.api.console;

import io.stockledger.projections.availability.StockLevel;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.StockLevels;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One location's items.
 *
 * @param channels those that some item here is protected for; each is a column
 * @param refresh where the table is read again
 * @param next where the link to more leads; null on the last page
 */
record StockPage(
        List<Row> rows,
        List<String> channels,
        String refresh,
        @Nullable String next,
        AsOfText asOf) {

    /** @param otherwise what is on hand and not sellable, in words */
    record Row(
            String sku,
            String name,
            Figure onHand,
            Figure sellable,
            String otherwise,
            Figure reserved,
            Figure safety,
            Figure available,
            List<Figure> perChannel) {}

    static StockPage of(
            List<StockLevel> levels, Map<String, String> names, String refresh, @Nullable String next, AsOfText asOf) {
        List<String> channels = levels.stream()
                .map(level -> level.levels().protectedFor().keySet())
                .flatMap(Collection::stream)
                .distinct()
                .sorted()
                .toList();
        List<Row> rows = levels.stream()
                .map(level -> row(
                        level, names.getOrDefault(level.key().sku(), level.key().sku()), channels))
                .toList();
        return new StockPage(rows, channels, refresh, next, asOf);
    }

    private static Row row(StockLevel level, String name, List<String> channels) {
        StockLevels levels = level.levels();
        return new Row(
                level.key().sku(),
                name,
                Figure.of(levels.onHand()),
                Figure.of(levels.in(Bucket.SELLABLE)),
                Figure.otherwise(levels),
                Figure.of(levels.reserved()),
                Figure.of(levels.safetyStock()),
                Figure.available(levels.availableToPromise()),
                channels.stream()
                        .map(channel -> Figure.available(levels.availableToPromise(channel)))
                        .toList());
    }
}
