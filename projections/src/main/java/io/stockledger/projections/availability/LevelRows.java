package io.stockledger.projections.availability;

import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.stock.Protection;
import io.stockledger.stock.StockLevels;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Levels as a statement of {@link AvailabilityQueries} returns them, with the view's position beside each. */
record LevelRows(long position, long head, @Nullable Instant behindSince, List<StockLevel> levels) {

    /** The view has not begun yet. */
    static final LevelRows NONE = new LevelRows(0, 0, null, List.of());

    /** @param rows on its first row; a row without a level is only there for the position */
    static LevelRows read(ResultSet rows) throws SQLException {
        long position = rows.getLong("position");
        long head = rows.getLong("head");
        OffsetDateTime behindSince = rows.getObject("behind_since", OffsetDateTime.class);
        List<StockLevel> levels = new ArrayList<>();
        do {
            if (rows.getString("sku") != null) {
                levels.add(level(rows));
            }
        } while (rows.next());
        return new LevelRows(position, head, behindSince == null ? null : behindSince.toInstant(), levels);
    }

    private static StockLevel level(ResultSet rows) throws SQLException {
        Unit unit = Unit.ofCode(rows.getString("unit"));
        Quantity held = new Quantity(rows.getBigDecimal("held"), unit);
        BigDecimal lapsed = rows.getBigDecimal("lapsed");
        return new StockLevel(
                new StockKey(rows.getString("sku"), rows.getString("location")),
                new StockLevels(
                        new Quantity(rows.getBigDecimal("sellable"), unit),
                        new Quantity(rows.getBigDecimal("quarantine"), unit),
                        new Quantity(rows.getBigDecimal("damaged"), unit),
                        lapsed == null ? held : held.minus(new Quantity(lapsed, unit)),
                        new Quantity(rows.getBigDecimal("safety_stock"), unit),
                        protectedFor(rows, unit)));
    }

    private static Map<String, Quantity> protectedFor(ResultSet rows, Unit unit) throws SQLException {
        Array channelArray = rows.getArray("channels");
        if (channelArray == null) {
            return Map.of();
        }
        String[] channels = (String[]) channelArray.getArray();
        BigDecimal[] quantities = numbers(rows, "quantities");
        BigDecimal[] sold = numbers(rows, "sold");
        BigDecimal[] held = numbers(rows, "protection_held");
        BigDecimal[] lapsed = numbers(rows, "protection_lapsed");
        Map<String, Quantity> protectedFor = new HashMap<>();
        for (int i = 0; i < channels.length; i++) {
            Protection protection = new Protection(
                    new Quantity(quantities[i], unit), new Quantity(sold[i], unit), new Quantity(held[i], unit));
            protectedFor.put(channels[i], protection.left(new Quantity(lapsed[i], unit)));
        }
        return protectedFor;
    }

    private static BigDecimal[] numbers(ResultSet rows, String column) throws SQLException {
        return (BigDecimal[]) rows.getArray(column).getArray();
    }
}
