package io.stockledger.projections.movements;

import io.stockledger.projections.view.Freshness;
import io.stockledger.projections.view.QuantityJson;
import io.stockledger.projections.view.ViewBehind;
import io.stockledger.projections.view.Views;
import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.StockFact.Cause;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * Stock through time, in business time: a sale that was recorded late counts when it took place. Throws {@link
 * ViewBehind} when the view does not reach the position that was asked for in time, and {@link DataAccessException}
 * when the database does not answer.
 */
public final class MovementQueries {

    public static final int MOST_POINTS = 10_000;

    private static final String AS_OF = """
            SELECT b.location, b.unit, b.bucket, b.quantity - coalesce((
                SELECT sum(m.quantity)
                FROM movement m
                WHERE m.sku = b.sku AND m.location = b.location AND m.business_time > ? AND m.bucket = b.bucket), 0)
            FROM movement_balance b
            WHERE b.sku = ?
            ORDER BY b.location""";

    /** A row for each bucket that a movement changed; the balances beside each are of all buckets, after all movements. */
    private static final String TIMELINE = """
            SELECT m.position, m.business_time, m.recorded_at, m.cause, m.document, m.bucket, m.quantity,
                (SELECT min(b.unit) FROM movement_balance b WHERE b.sku = :sku AND b.location = :location) AS unit,
                (SELECT jsonb_object_agg(b.bucket, b.quantity)::text
                FROM movement_balance b WHERE b.sku = :sku AND b.location = :location) AS balances
            FROM (
                SELECT *, dense_rank() OVER (ORDER BY business_time DESC, position DESC) AS newer
                FROM movement
                WHERE sku = :sku AND location = :location) AS m
            WHERE m.newer <= :most
            ORDER BY m.business_time DESC, m.position DESC""";

    private final JdbcTemplate jdbc;
    private final NamedParameterJdbcTemplate named;
    private final Views views;

    public MovementQueries(DataSource dataSource, Views views) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.named = new NamedParameterJdbcTemplate(jdbc);
        this.views = views;
    }

    /** One item at every location that has ever had units of it, as of an instant. */
    public List<StockAsOf> asOf(String sku, Instant at, Freshness freshness) {
        views.await(MovementsView.NAME, freshness);
        return jdbc.query(
                AS_OF,
                (ResultSetExtractor<List<StockAsOf>>) rows -> asOf(sku, rows),
                at.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC),
                sku);
    }

    /** @param rows a row for each bucket, those of a location together */
    private static List<StockAsOf> asOf(String sku, ResultSet rows) throws SQLException {
        List<StockAsOf> found = new ArrayList<>();
        Map<Bucket, Quantity> buckets = new EnumMap<>(Bucket.class);
        boolean more = rows.next();
        while (more) {
            String location = rows.getString(1);
            Unit unit = Unit.ofCode(rows.getString(2));
            do {
                buckets.put(Bucket.ofCode(rows.getString(3)), new Quantity(rows.getBigDecimal(4), unit));
                more = rows.next();
            } while (more && rows.getString(1).equals(location));
            found.add(new StockAsOf(sku, location, unit, buckets));
            buckets.clear();
        }
        return found;
    }

    /**
     * The latest movements of one item at one location with the stock that each left, oldest first.
     *
     * @param most 1 to 10,000
     */
    public List<TimelinePoint> timeline(String sku, String location, int most, Freshness freshness) {
        if (most < 1 || most > MOST_POINTS) {
            throw new IllegalArgumentException("most: " + most + " (expected: 1 to " + MOST_POINTS + ")");
        }
        views.await(MovementsView.NAME, freshness);
        Map<String, Object> asked = Map.of("sku", sku, "location", location, "most", most);
        List<TimelinePoint> newestFirst =
                named.query(TIMELINE, asked, (ResultSetExtractor<List<TimelinePoint>>) MovementQueries::points);
        List<TimelinePoint> points = new ArrayList<>(newestFirst == null ? List.of() : newestFirst);
        Collections.reverse(points);
        return points;
    }

    /** Goes back from the balances: before a movement there was what is after it, less what it changed. */
    private static List<TimelinePoint> points(ResultSet rows) throws SQLException {
        List<TimelinePoint> newestFirst = new ArrayList<>();
        boolean more = rows.next();
        if (!more) {
            return newestFirst;
        }
        Unit unit = Unit.ofCode(rows.getString("unit"));
        Map<Bucket, Quantity> after = QuantityJson.buckets(rows.getString("balances"), unit);
        while (more) {
            long position = rows.getLong("position");
            Instant businessTime =
                    rows.getObject("business_time", OffsetDateTime.class).toInstant();
            Instant recordedAt =
                    rows.getObject("recorded_at", OffsetDateTime.class).toInstant();
            Cause cause = Cause.valueOf(rows.getString("cause"));
            String document = rows.getString("document");
            Map<Bucket, Quantity> changes = new EnumMap<>(Bucket.class);
            do {
                changes.put(
                        Bucket.ofCode(rows.getString("bucket")), new Quantity(rows.getBigDecimal("quantity"), unit));
                more = rows.next();
            } while (more && rows.getLong("position") == position);
            newestFirst.add(
                    new TimelinePoint(position, businessTime, recordedAt, cause, document, unit, changes, after));
            changes.forEach((bucket, change) -> after.merge(bucket, change.negated(), Quantity::plus));
        }
        return newestFirst;
    }
}
