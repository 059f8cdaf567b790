package io.stockledger.projections.availability;

import io.stockledger.projections.view.QuantityJson;
import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.StockLevels;
import java.math.BigDecimal;
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

    /**
     * What {@link #read} reads, by its place; binds the instant twice. Holds are looked at only where there are any, and
     * by the index only those that have run out.
     */
    static final String COLUMNS = """
            v.position, v.head, v.behind_since,
            l.sku, l.location, l.unit, l.buckets::text, l.held, l.safety_stock, l.protections::text,
            CASE WHEN l.held <> 0 THEN (
                SELECT sum(h.quantity)
                FROM stock_hold h
                WHERE h.sku = l.sku AND h.location = l.location AND h.ends_at <= ?) END,
            CASE WHEN l.held <> 0 AND l.protections IS NOT NULL THEN (
                SELECT jsonb_object_agg(o.channel, o.used)
                FROM (
                    SELECT h.channel, sum(h.protection_used) AS used
                    FROM stock_hold h
                    WHERE h.sku = l.sku AND h.location = l.location AND h.ends_at <= ?
                    GROUP BY h.channel) AS o)::text END""";

    /** How many columns that is. */
    static final int WIDTH = 12;

    /** @param rows on its first row; a row without a level is only there for the position */
    static LevelRows read(ResultSet rows) throws SQLException {
        long position = rows.getLong(1);
        long head = rows.getLong(2);
        OffsetDateTime behindSince = rows.getObject(3, OffsetDateTime.class);
        List<StockLevel> levels = new ArrayList<>();
        do {
            String sku = rows.getString(4);
            if (sku != null) {
                levels.add(new StockLevel(new StockKey(sku, rows.getString(5)), levels(rows)));
            }
        } while (rows.next());
        return new LevelRows(position, head, behindSince == null ? null : behindSince.toInstant(), levels);
    }

    private static StockLevels levels(ResultSet rows) throws SQLException {
        Unit unit = Unit.ofCode(rows.getString(6));
        // All are read, so that one that nobody knows is not left out in silence.
        Map<Bucket, Quantity> buckets = QuantityJson.buckets(rows.getString(7), unit);
        buckets.keySet().removeIf(bucket -> !bucket.isOnHand());
        Quantity held = new Quantity(rows.getBigDecimal(8), unit);
        Quantity safetyStock = new Quantity(rows.getBigDecimal(9), unit);
        String protections = rows.getString(10);
        BigDecimal lapsed = rows.getBigDecimal(11);
        return new StockLevels(
                buckets,
                lapsed == null ? held : held.minus(new Quantity(lapsed, unit)),
                safetyStock,
                protections == null ? Map.of() : protectedFor(protections, rows.getString(12), unit));
    }

    private static Map<String, Quantity> protectedFor(String protections, @Nullable String lapsed, Unit unit) {
        Map<String, BigDecimal> lapsedUse = lapsed == null ? Map.of() : QuantityJson.numbers(lapsed);
        Map<String, Quantity> left = new HashMap<>();
        ProtectionJson.read(protections, unit)
                .forEach((channel, protection) -> left.put(
                        channel,
                        protection.left(new Quantity(lapsedUse.getOrDefault(channel, BigDecimal.ZERO), unit))));
        return left;
    }
}
