package io.stockledger.projections.catalog;

import io.stockledger.item.Barcode;
import io.stockledger.item.ItemFact;
import io.stockledger.item.ItemFact.ItemChanged;
import io.stockledger.item.ItemFact.ItemRegistered;
import io.stockledger.ledger.StoredFact;
import io.stockledger.location.LocationFact.LocationOpened;
import io.stockledger.projections.view.Columns;
import io.stockledger.projections.view.View;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Items with their barcodes, and locations. An item's own facts hold all its barcodes; those of barcodes add nothing. */
public final class CatalogView implements View {

    public static final String NAME = "catalog";

    private static final String REGISTER_ITEMS = """
            INSERT INTO item (sku, name, unit, version)
            SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::bigint[])
            ON CONFLICT (sku) DO UPDATE SET name = excluded.name, unit = excluded.unit, version = excluded.version""";

    private static final String CHANGE_ITEMS = """
            UPDATE item AS i
            SET name = c.name, version = c.version
            FROM unnest(?::text[], ?::text[], ?::bigint[]) AS c (sku, name, version)
            WHERE i.sku = c.sku""";

    private static final String FORGET_BARCODES = "DELETE FROM item_barcode WHERE sku = ANY (?::text[])";

    private static final String KEEP_BARCODES = """
            INSERT INTO item_barcode (key, code, sku, pack_size, in_house, place)
            SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::numeric[], ?::boolean[], ?::integer[])
            ON CONFLICT (key) DO UPDATE
            SET code = excluded.code, sku = excluded.sku, pack_size = excluded.pack_size, in_house = excluded.in_house,
                place = excluded.place""";

    private static final String OPEN_LOCATIONS = """
            INSERT INTO location (location, name, kind)
            SELECT * FROM unnest(?::text[], ?::text[], ?::text[])
            ON CONFLICT (location) DO UPDATE SET name = excluded.name, kind = excluded.kind""";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> tables() {
        return List.of("item", "item_barcode", "location");
    }

    @Override
    public Optional<String> sequenceKey(StoredFact stored) {
        if (stored.fact() instanceof ItemRegistered registered) {
            return Optional.of("item:" + registered.sku());
        }
        if (stored.fact() instanceof ItemChanged changed) {
            return Optional.of("item:" + changed.sku());
        }
        if (stored.fact() instanceof LocationOpened opened) {
            return Optional.of("location:" + opened.location());
        }
        return Optional.empty();
    }

    @Override
    public void apply(List<StoredFact> facts, Connection connection) throws SQLException {
        Map<String, ItemRegistered> registered = new LinkedHashMap<>();
        Map<String, ItemChanged> changed = new LinkedHashMap<>();
        Map<String, Long> versions = new HashMap<>();
        Map<String, LocationOpened> opened = new LinkedHashMap<>();
        for (StoredFact stored : facts) {
            if (stored.fact() instanceof ItemRegistered item) {
                registered.put(item.sku(), item);
                changed.remove(item.sku());
                versions.put(item.sku(), stored.sequence() + 1);
            } else if (stored.fact() instanceof ItemChanged item) {
                changed.put(item.sku(), item);
                versions.put(item.sku(), stored.sequence() + 1);
            } else if (stored.fact() instanceof LocationOpened location) {
                opened.put(location.location(), location);
            }
        }
        registerItems(registered.values(), versions, connection);
        changeItems(changed.values(), versions, connection);
        keepBarcodes(latestBarcodes(facts), connection);
        openLocations(opened.values(), connection);
    }

    /** The barcodes that each item has in the end. One that changed hands belongs to whoever got it last. */
    private static Map<String, List<Barcode>> latestBarcodes(List<StoredFact> facts) {
        Map<String, List<Barcode>> latest = new LinkedHashMap<>();
        for (StoredFact stored : facts) {
            if (stored.fact() instanceof ItemFact fact) {
                @Nullable String sku = null;
                List<Barcode> barcodes = List.of();
                if (fact instanceof ItemRegistered item) {
                    sku = item.sku();
                    barcodes = item.barcodes();
                } else if (fact instanceof ItemChanged item) {
                    sku = item.sku();
                    barcodes = item.barcodes();
                }
                if (sku != null) {
                    latest.remove(sku);
                    latest.put(sku, barcodes);
                }
            }
        }
        return latest;
    }

    private static void registerItems(
            Collection<ItemRegistered> items, Map<String, Long> versions, Connection connection) throws SQLException {
        if (items.isEmpty()) {
            return;
        }
        try (Columns columns = Columns.of(connection, REGISTER_ITEMS)) {
            columns.texts(items.stream().map(ItemRegistered::sku).toList())
                    .texts(items.stream().map(ItemRegistered::name).toList())
                    .texts(items.stream().map(item -> item.unit().code()).toList())
                    .longs(items.stream().map(item -> versions.get(item.sku())).toList())
                    .write();
        }
    }

    private static void changeItems(Collection<ItemChanged> items, Map<String, Long> versions, Connection connection)
            throws SQLException {
        if (items.isEmpty()) {
            return;
        }
        try (Columns columns = Columns.of(connection, CHANGE_ITEMS)) {
            int written = columns.texts(items.stream().map(ItemChanged::sku).toList())
                    .texts(items.stream().map(ItemChanged::name).toList())
                    .longs(items.stream().map(item -> versions.get(item.sku())).toList())
                    .write();
            if (written != items.size()) {
                throw new IllegalStateException(
                        written + " items changed (expected: " + items.size() + ", each of them registered)");
            }
        }
    }

    private static void keepBarcodes(Map<String, List<Barcode>> latest, Connection connection) throws SQLException {
        if (latest.isEmpty()) {
            return;
        }
        try (Columns columns = Columns.of(connection, FORGET_BARCODES)) {
            columns.texts(List.copyOf(latest.keySet())).write();
        }
        Map<String, String> owners = new HashMap<>();
        latest.forEach((sku, barcodes) -> barcodes.forEach(barcode -> owners.put(Barcode.key(barcode.code()), sku)));
        List<String> keys = new ArrayList<>();
        List<String> codes = new ArrayList<>();
        List<String> skus = new ArrayList<>();
        List<BigDecimal> packSizes = new ArrayList<>();
        List<Boolean> inHouse = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        latest.forEach((sku, barcodes) -> {
            for (int place = 0; place < barcodes.size(); place++) {
                Barcode barcode = barcodes.get(place);
                String key = Barcode.key(barcode.code());
                if (owners.remove(key, sku)) {
                    keys.add(key);
                    codes.add(barcode.code());
                    skus.add(sku);
                    packSizes.add(barcode.packSize());
                    inHouse.add(barcode.inHouse());
                    places.add(place);
                }
            }
        });
        try (Columns columns = Columns.of(connection, KEEP_BARCODES)) {
            columns.texts(keys)
                    .texts(codes)
                    .texts(skus)
                    .numbers(packSizes)
                    .booleans(inHouse)
                    .integers(places)
                    .write();
        }
    }

    private static void openLocations(Collection<LocationOpened> locations, Connection connection) throws SQLException {
        if (locations.isEmpty()) {
            return;
        }
        try (Columns columns = Columns.of(connection, OPEN_LOCATIONS)) {
            columns.texts(locations.stream().map(LocationOpened::location).toList())
                    .texts(locations.stream().map(LocationOpened::name).toList())
                    .texts(locations.stream()
                            .map(location -> location.kind().name())
                            .toList())
                    .write();
        }
    }
}
