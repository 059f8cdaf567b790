package io.stockledger.projections.availability;

import io.stockledger.projections.view.AsOf;
import io.stockledger.projections.view.Columns;
import io.stockledger.projections.view.Freshness;
import io.stockledger.projections.view.ViewBehind;
import io.stockledger.projections.view.Views;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What is where, and what of it may be promised, at an instant. Levels and position of an answer come from one
 * statement, so they belong together. All methods throw {@link ViewBehind} when the view does not reach the position
 * that was asked for in time, and {@link DataAccessException} when the database does not answer.
 */
public final class AvailabilityQueries {

    public static final int MOST_PER_PAGE = 1_000;
    public static final int MOST_AT_ONCE = 1_000;

    private static final String SELECT = "SELECT " + LevelRows.COLUMNS;

    private static final String AT_LOCATION = SELECT + """

            FROM view_position v
            LEFT JOIN (
                SELECT * FROM stock_level
                WHERE location = ? AND sku > ?
                ORDER BY sku
                LIMIT ?) AS l ON true
            WHERE v.view = 'availability'
            ORDER BY l.sku""";

    private static final String MATCHING = SELECT + """

            FROM view_position v
            LEFT JOIN (
                SELECT x.*
                FROM stock_level x
                LEFT JOIN item i ON i.sku = x.sku
                WHERE x.location = ? AND x.sku > ?
                    AND (position(lower(?) IN lower(x.sku)) > 0 OR position(lower(?) IN lower(i.name)) > 0)
                ORDER BY x.sku
                LIMIT ?) AS l ON true
            WHERE v.view = 'availability'
            ORDER BY l.sku""";

    private static final String MANY = SELECT + """

            FROM view_position v
            LEFT JOIN (
                SELECT x.*
                FROM unnest(?::text[], ?::text[]) AS k (sku, location)
                JOIN stock_level x ON x.sku = k.sku AND (k.location IS NULL OR x.location = k.location)) AS l ON true
            WHERE v.view = 'availability'
            ORDER BY l.sku, l.location""";

    private final JdbcTemplate jdbc;
    private final Views views;

    public AvailabilityQueries(DataSource dataSource, Views views) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.views = views;
    }

    /** @param location null: every location */
    public record Asked(String sku, @Nullable String location) {}

    /**
     * The items that have ever had a fact at a location, by SKU.
     *
     * @param afterSku the last SKU of the page before; empty for the first page
     * @param most 1 to 1,000
     */
    public AvailabilityPage atLocation(String location, String afterSku, int most, Instant at, Freshness freshness) {
        requirePage(most);
        return page(levels(AT_LOCATION, at, freshness, location, afterSku, most), most);
    }

    /**
     * The items at a location whose SKU or name holds a text, by SKU.
     *
     * @param text in any case; an empty one is in every name
     * @param afterSku the last SKU of the page before; empty for the first page
     * @param most 1 to 1,000
     */
    public AvailabilityPage matching(
            String location, String text, String afterSku, int most, Instant at, Freshness freshness) {
        if (text.isEmpty()) {
            return atLocation(location, afterSku, most, at, freshness);
        }
        requirePage(most);
        return page(levels(MATCHING, at, freshness, location, afterSku, text, text, most), most);
    }

    /**
     * Many at once. Where there has never been a fact, there is no level.
     *
     * @param asked at most 1,000
     */
    public AvailabilityAnswer many(Collection<Asked> asked, Instant at, Freshness freshness) {
        if (asked.size() > MOST_AT_ONCE) {
            throw new IllegalArgumentException(
                    "asked: " + asked.size() + " items (expected: at most " + MOST_AT_ONCE + ")");
        }
        List<String> skus = new ArrayList<>();
        List<@Nullable String> locations = new ArrayList<>();
        Set<Asked> distinct = new LinkedHashSet<>(asked);
        for (Asked one : distinct) {
            boolean coveredByAll = one.location() != null && distinct.contains(new Asked(one.sku(), null));
            if (!coveredByAll) {
                skus.add(one.sku());
                locations.add(one.location());
            }
        }
        return levels(MANY, at, freshness, skus.toArray(new String[0]), locations.toArray(new String[0]));
    }

    private static void requirePage(int most) {
        if (most < 1 || most > MOST_PER_PAGE) {
            throw new IllegalArgumentException("most: " + most + " (expected: 1 to " + MOST_PER_PAGE + ")");
        }
    }

    private static AvailabilityPage page(AvailabilityAnswer answer, int most) {
        List<StockLevel> levels = answer.levels();
        String nextAfter = levels.size() < most
                ? null
                : levels.get(levels.size() - 1).key().sku();
        return new AvailabilityPage(levels, nextAfter, answer.asOf());
    }

    private AvailabilityAnswer levels(String sql, Instant at, Freshness freshness, Object... asked) {
        views.await(AvailabilityView.NAME, freshness);
        Instant instant = at.truncatedTo(ChronoUnit.MICROS);
        Object[] arguments = new Object[asked.length + 2];
        System.arraycopy(asked, 0, arguments, 2, asked.length);
        arguments[0] = Columns.micros(instant);
        arguments[1] = arguments[0];
        return jdbc.query(sql, rows -> rows.next() ? answer(rows, instant) : notBegun(instant), arguments);
    }

    private AvailabilityAnswer answer(ResultSet rows, Instant at) throws SQLException {
        AsOf asOf = LevelRows.asOf(rows, views, at);
        List<StockLevel> levels = new ArrayList<>();
        do {
            LevelRows.level(rows).ifPresent(levels::add);
        } while (rows.next());
        return new AvailabilityAnswer(levels, asOf);
    }

    private AvailabilityAnswer notBegun(Instant at) {
        return new AvailabilityAnswer(List.of(), views.asOf(AvailabilityView.NAME, 0, 0, null, at));
    }
}
