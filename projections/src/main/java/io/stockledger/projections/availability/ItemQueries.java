package io.stockledger.projections.availability;

import io.stockledger.projections.view.AsOf;
import io.stockledger.projections.view.Columns;
import io.stockledger.projections.view.Views;
import io.stockledger.quantity.Unit;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What there is of an item everywhere: what shops ask a hundred times for each time they sell. Many are answered by one
 * statement, for little more than one costs.
 */
public final class ItemQueries {

    /** Each item is looked up by its keys, also where the planner would rather read a small table from end to end. */
    private static final String ITEMS = "SELECT " + LevelRows.COLUMNS + """
            , k.place, i.sku, i.name, i.unit
            FROM view_position v
            CROSS JOIN unnest(?::text[], ?::text[]) WITH ORDINALITY AS k (sku, barcode, place)
            CROSS JOIN LATERAL (
                SELECT x.sku, x.name, x.unit
                FROM item x
                WHERE x.sku = coalesce(k.sku, (SELECT b.sku FROM item_barcode b WHERE b.key = k.barcode))
                LIMIT 1) AS i
            LEFT JOIN LATERAL (
                SELECT * FROM stock_level x WHERE x.sku = i.sku OFFSET 0) AS l ON true
            WHERE v.view = 'availability'""";

    /** They are few, and sorted here in less time than there. */
    private static final Comparator<StockLevel> BY_LOCATION =
            Comparator.comparing(level -> level.key().location());

    private final JdbcTemplate jdbc;
    private final Views views;

    public ItemQueries(DataSource dataSource, Views views) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.views = views;
    }

    /**
     * One item. Empty when no item has this SKU or barcode.
     *
     * @param at the instant for which living reservations are counted
     * @throws DataAccessException when the database does not answer
     */
    public Optional<ItemAvailability> item(ItemKey key, Instant at) {
        return Optional.ofNullable(items(List.of(key), at).get(key));
    }

    /**
     * Several items as of one position. Those that nobody knows are left out.
     *
     * @param at the instant for which living reservations are counted
     * @throws DataAccessException when the database does not answer
     */
    public Map<ItemKey, ItemAvailability> items(Collection<ItemKey> keys, Instant at) {
        List<ItemKey> distinct = List.copyOf(new LinkedHashSet<>(keys));
        Instant instant = at.truncatedTo(ChronoUnit.MICROS);
        long micros = Columns.micros(instant);
        return jdbc.query(
                ITEMS,
                rows -> rows.next() ? read(rows, distinct, instant) : Map.of(),
                micros,
                micros,
                distinct.stream().map(ItemKey::sku).toArray(String[]::new),
                distinct.stream().map(ItemKey::barcode).toArray(String[]::new));
    }

    private Map<ItemKey, ItemAvailability> read(ResultSet rows, List<ItemKey> keys, Instant at) throws SQLException {
        AsOf asOf = LevelRows.asOf(rows, views, at);
        Map<ItemKey, ItemAvailability> items = new HashMap<>();
        do {
            ItemKey key = keys.get(rows.getInt(LevelRows.WIDTH + 1) - 1);
            ItemAvailability item = items.get(key);
            if (item == null) {
                item = item(rows, asOf);
                items.put(key, item);
            }
            LevelRows.level(rows).ifPresent(item.levels()::add);
        } while (rows.next());
        items.values().forEach(item -> item.levels().sort(BY_LOCATION));
        return items;
    }

    private static ItemAvailability item(ResultSet row, AsOf asOf) throws SQLException {
        return new ItemAvailability(
                row.getString(LevelRows.WIDTH + 2),
                row.getString(LevelRows.WIDTH + 3),
                Unit.ofCode(row.getString(LevelRows.WIDTH + 4)),
                new ArrayList<>(),
                asOf);
    }
}
