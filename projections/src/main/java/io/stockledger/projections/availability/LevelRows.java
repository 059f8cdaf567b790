package io.stockledger.projections.availability;

import io.stockledger.projections.view.AsOf;
import io.stockledger.projections.view.QuantityJson;
import io.stockledger.projections.view.Views;
import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.StockLevels;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Levels as the statements of {@link AvailabilityQueries} return them, with the view's position beside each. */
final class LevelRows {

    /**
     * What is read here, by its place; binds the instant twice. Holds are looked at only where there are any, and by the
     * index only those that have run out.
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

    private LevelRows() {}

    /** What to write on an answer that begins with this row. */
    static AsOf asOf(ResultSet row, Views views, Instant at) throws SQLException {
        OffsetDateTime behindSince = row.getObject(3, OffsetDateTime.class);
        return views.asOf(
                AvailabilityView.NAME,
                row.getLong(1),
                row.getLong(2),
                behindSince == null ? null : behindSince.toInstant(),
                at);
    }

    /** The level in one row, where it has one. */
    static Optional<StockLevel> level(ResultSet row) throws SQLException {
        String sku = row.getString(4);
        return sku == null
                ? Optional.empty()
                : Optional.of(new StockLevel(new StockKey(sku, row.getString(5)), levels(row)));
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
