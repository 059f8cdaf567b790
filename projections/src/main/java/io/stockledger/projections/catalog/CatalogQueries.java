package io.stockledger.projections.catalog;

import io.stockledger.item.Barcode;
import io.stockledger.location.LocationKind;
import io.stockledger.projections.view.Freshness;
import io.stockledger.projections.view.Views;
import io.stockledger.quantity.Unit;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which items and locations are known. */
public final class CatalogQueries {

    public static final int MOST_PER_PAGE = 1_000;

    private static final String ITEMS = """
            SELECT i.sku, i.name, i.unit, i.version, b.codes, b.sizes, b.in_house
            FROM item i
            LEFT JOIN LATERAL (
                SELECT array_agg(b.code ORDER BY b.place) AS codes, array_agg(b.pack_size ORDER BY b.place) AS sizes,
                       array_agg(b.in_house ORDER BY b.place) AS in_house
                FROM item_barcode b
                WHERE b.sku = i.sku) AS b ON true
            """;

    private static final String BY_SKU = ITEMS + "WHERE i.sku = ?";

    private static final String BY_BARCODE = ITEMS + "WHERE i.sku = (SELECT sku FROM item_barcode WHERE key = ?)";

    /** By way of capitals, since some small letters have two forms; by bytes a SKU would have only those of English. */
    private static final String HOLDS = "strpos(lower(upper(%s COLLATE \"default\")), lower(upper(?))) > 0";

    private static final String ALL = ITEMS
            + "WHERE i.sku > ? AND (" + HOLDS.formatted("i.sku") + " OR " + HOLDS.formatted("i.name") + ")\n"
            + "ORDER BY i.sku LIMIT ?";

    private static final String NAMES = "SELECT sku, name FROM item WHERE sku = ANY (?)";

    private static final String LOCATIONS = "SELECT location, name, kind FROM location ORDER BY location";

    private static final String LOCATIONS_AFTER = "SELECT location, name, kind FROM location\n"
            + "WHERE location > ? AND (" + HOLDS.formatted("location") + " OR " + HOLDS.formatted("name") + ")\n"
            + """
                AND (cardinality(?::text[]) = 0 OR location = ANY (?::text[]))
            ORDER BY location LIMIT ?""";

    private static final String LOCATION = "SELECT location, name, kind FROM location WHERE location = ?";

    private final JdbcTemplate jdbc;
    private final Views views;

    public CatalogQueries(DataSource dataSource, Views views) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.views = views;
    }

    public Optional<CatalogItem> bySku(String sku, Freshness freshness) {
        views.await(CatalogView.NAME, freshness);
        return jdbc.query(BY_SKU, CatalogQueries::item, sku).stream().findFirst();
    }

    public Optional<CatalogItem> byBarcode(String barcode, Freshness freshness) {
        views.await(CatalogView.NAME, freshness);
        return jdbc.query(BY_BARCODE, CatalogQueries::item, Barcode.key(barcode)).stream()
                .findFirst();
    }

    /**
     * Items by SKU.
     *
     * @param text in their SKU or their name, in capitals or not; empty: all
     * @param afterSku the last SKU of the page before; empty for the first page
     * @param most 1 to 1,000
     */
    public List<CatalogItem> items(String text, String afterSku, int most) {
        requirePage(most);
        return jdbc.query(ALL, CatalogQueries::item, afterSku, text, text, most);
    }

    private static void requirePage(int most) {
        if (most < 1 || most > MOST_PER_PAGE) {
            throw new IllegalArgumentException("most: " + most + " (expected: 1 to " + MOST_PER_PAGE + ")");
        }
    }

    /** The names of those of the items that are known, by SKU. */
    public Map<String, String> names(Collection<String> skus) {
        Map<String, String> names = new HashMap<>();
        jdbc.query(
                NAMES,
                row -> {
                    names.put(row.getString("sku"), row.getString("name"));
                },
                (Object) skus.toArray(new String[0]));
        return names;
    }

    /** All locations, by code. */
    public List<CatalogLocation> locations() {
        return jdbc.query(LOCATIONS, CatalogQueries::location);
    }

    /**
     * Locations by code.
     *
     * @param text in their code or their name, in capitals or not; empty: all
     * @param among only these; empty: all
     * @param afterLocation the last code of the page before; empty for the first page
     * @param most 1 to 1,000
     */
    public List<CatalogLocation> locations(String text, Set<String> among, String afterLocation, int most) {
        requirePage(most);
        String[] only = among.toArray(new String[0]);
        return jdbc.query(LOCATIONS_AFTER, CatalogQueries::location, afterLocation, text, text, only, only, most);
    }

    public Optional<CatalogLocation> location(String location, Freshness freshness) {
        views.await(CatalogView.NAME, freshness);
        return jdbc.query(LOCATION, CatalogQueries::location, location).stream().findFirst();
    }

    private static CatalogItem item(ResultSet row, int number) throws SQLException {
        List<Barcode> barcodes = new ArrayList<>();
        if (row.getArray("codes") != null) {
            String[] codes = (String[]) row.getArray("codes").getArray();
            BigDecimal[] sizes = (BigDecimal[]) row.getArray("sizes").getArray();
            Boolean[] inHouse = (Boolean[]) row.getArray("in_house").getArray();
            for (int i = 0; i < codes.length; i++) {
                barcodes.add(new Barcode(codes[i], sizes[i], inHouse[i]));
            }
        }
        return new CatalogItem(
                row.getString("sku"),
                row.getString("name"),
                Unit.ofCode(row.getString("unit")),
                barcodes,
                row.getLong("version"));
    }

    private static CatalogLocation location(ResultSet row, int number) throws SQLException {
        return new CatalogLocation(
                row.getString("location"), row.getString("name"), LocationKind.valueOf(row.getString("kind")));
    }
}
