package io.stockledger.projections.movements;

import io.stockledger.projections.view.Freshness;
import io.stockledger.projections.view.ViewBehind;
import io.stockledger.projections.view.Views;
import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.stock.StockFact.Cause;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Stock through time, in business time: a sale that was recorded late counts when it took place. Throws {@link
 * ViewBehind} when the view does not reach the position that was asked for in time, and {@link DataAccessException}
 * when the database does not answer.
 */
public final class MovementQueries {

    public static final int MOST_POINTS = 10_000;

    private static final String AS_OF = """
            SELECT b.sku, b.location, b.unit,
                b.on_hand - coalesce(after.on_hand, 0) AS on_hand,
                b.sellable - coalesce(after.sellable, 0) AS sellable
            FROM movement_balance b
            LEFT JOIN LATERAL (
                SELECT sum(m.on_hand) AS on_hand, sum(m.sellable) AS sellable
                FROM movement m
                WHERE m.sku = b.sku AND m.location = b.location AND m.business_time > ?) AS after ON true
            WHERE b.sku = ?
            ORDER BY b.location""";

    private static final String TIMELINE = """
            SELECT m.position, m.business_time, m.recorded_at, m.cause, m.document, b.unit, m.on_hand AS change,
                b.on_hand - sum(m.on_hand) OVER newer + m.on_hand AS on_hand,
                b.sellable - sum(m.sellable) OVER newer + m.sellable AS sellable
            FROM (
                SELECT * FROM movement
                WHERE sku = ? AND location = ?
                ORDER BY business_time DESC, position DESC
                LIMIT ?) AS m
            JOIN movement_balance b ON b.sku = m.sku AND b.location = m.location
            WINDOW newer AS (ORDER BY m.business_time DESC, m.position DESC)
            ORDER BY m.business_time, m.position""";

    private final JdbcTemplate jdbc;
    private final Views views;

    public MovementQueries(DataSource dataSource, Views views) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.views = views;
    }

    /** One item at every location that has ever had units of it, as of an instant. */
    public List<StockAsOf> asOf(String sku, Instant at, Freshness freshness) {
        views.await(MovementsView.NAME, freshness);
        return jdbc.query(
                AS_OF,
                (row, number) -> {
                    Unit unit = Unit.ofCode(row.getString("unit"));
                    return new StockAsOf(
                            row.getString("sku"),
                            row.getString("location"),
                            quantity(row, "on_hand", unit),
                            quantity(row, "sellable", unit));
                },
                at.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC),
                sku);
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
        return jdbc.query(TIMELINE, MovementQueries::point, sku, location, most);
    }

    private static TimelinePoint point(ResultSet row, int number) throws SQLException {
        Unit unit = Unit.ofCode(row.getString("unit"));
        return new TimelinePoint(
                row.getLong("position"),
                row.getObject("business_time", OffsetDateTime.class).toInstant(),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                Cause.valueOf(row.getString("cause")),
                row.getString("document"),
                quantity(row, "change", unit),
                quantity(row, "on_hand", unit),
                quantity(row, "sellable", unit));
    }

    private static Quantity quantity(ResultSet row, String column, Unit unit) throws SQLException {
        return new Quantity(row.getBigDecimal(column), unit);
    }
}
