package io.stockledger.projections.availability;

import io.stockledger.projections.view.Columns;
import io.stockledger.quantity.Unit;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.Hold;
import io.stockledger.stock.Protection;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes the changes of a batch, a statement for each kind of row. */
final class StockTables {

    private static final String LOAD_PROTECTIONS = """
            SELECT l.sku, l.location, l.unit, l.protections::text
            FROM unnest(?::text[], ?::text[]) AS k (sku, location)
            JOIN stock_level l ON l.sku = k.sku AND l.location = k.location
            WHERE l.protections IS NOT NULL""";

    private static final String SET_SAFETY_STOCK = """
            UPDATE stock_level AS l
            SET safety_stock = c.safety_stock
            FROM unnest(?::text[], ?::text[], ?::numeric[]) AS c (sku, location, safety_stock)
            WHERE l.sku = c.sku AND l.location = c.location""";

    private static final String KEEP_PROTECTIONS = """
            UPDATE stock_level AS l
            SET protections = c.protections::jsonb
            FROM unnest(?::text[], ?::text[], ?::text[]) AS c (sku, location, protections)
            WHERE l.sku = c.sku AND l.location = c.location""";

    private static final String FORGET_PROTECTION_USED = """
            UPDATE stock_hold AS h
            SET protection_used = 0
            FROM unnest(?::text[], ?::text[], ?::text[]) AS c (sku, location, channel)
            WHERE h.sku = c.sku AND h.location = c.location AND h.channel = c.channel AND h.protection_used <> 0""";

    private static final String PARTS =
            "unnest(?::text[], ?::text[], ?::bigint[], ?::text[], ?::numeric[], ?::numeric[])"
                    + " AS c (sku, location, ends_at, holder, quantity, protection_used)";

    private static final String OF_A_HOLD =
            "h.sku = c.sku AND h.location = c.location AND h.ends_at = c.ends_at AND h.holder = c.holder";

    /** Those of which all has ended go first; the last of a hold's parts is all that is left of it. */
    private static final String END_HOLDS =
            "DELETE FROM stock_hold AS h USING " + PARTS + " WHERE " + OF_A_HOLD + " AND h.quantity = c.quantity";

    private static final String REDUCE_HOLDS = "UPDATE stock_hold AS h"
            + " SET quantity = h.quantity - c.quantity,"
            + " protection_used = greatest(h.protection_used - c.protection_used, 0)"
            + " FROM " + PARTS + " WHERE " + OF_A_HOLD + " AND h.quantity > c.quantity";

    private static final String BEGIN_HOLDS = """
            INSERT INTO stock_hold (sku, location, ends_at, holder, quantity, protection_used, channel)
            SELECT * FROM unnest(?::text[], ?::text[], ?::bigint[], ?::text[], ?::numeric[], ?::numeric[], ?::text[])""";

    private final Connection connection;

    StockTables(Connection connection) {
        this.connection = connection;
    }

    void loadProtections(StockChanges changes) throws SQLException {
        if (changes.protectedStock().isEmpty()) {
            return;
        }
        List<String> skus = new ArrayList<>();
        List<String> locations = new ArrayList<>();
        for (StockKey key : changes.protectedStock()) {
            skus.add(key.sku());
            locations.add(key.location());
        }
        try (Columns load = Columns.of(connection, LOAD_PROTECTIONS).texts(skus).texts(locations);
                ResultSet rows = load.statement().executeQuery()) {
            while (rows.next()) {
                Unit unit = Unit.ofCode(rows.getString(3));
                changes.of(new StockKey(rows.getString(1), rows.getString(2)))
                        .know(ProtectionJson.read(rows.getString(4), unit), unit);
            }
        }
    }

    void write(StockChanges all) throws SQLException {
        List<StockChange> changes = all.inOrder();
        // Most changes are of holds alone, and those of buckets cost twice as much.
        addToLevels(
                changes.stream().filter(change -> change.buckets().isEmpty()).toList());
        addToLevels(
                changes.stream().filter(change -> !change.buckets().isEmpty()).toList());
        setSafetyStock(changes);
        keepProtections(changes);
        // Before new holds come, whose use of protection is known already.
        forgetProtectionUsed(changes);
        endHolds(changes);
        beginHolds(changes);
    }

    private void addToLevels(List<StockChange> changes) throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        Set<Bucket> buckets = EnumSet.noneOf(Bucket.class);
        changes.forEach(change -> buckets.addAll(change.buckets().keySet()));
        try (Columns columns = Columns.of(connection, LevelSql.add(buckets))) {
            keys(changes, columns)
                    .texts(changes.stream().map(change -> change.unit().code()).toList())
                    .numbers(changes.stream().map(StockChange::held).toList());
            for (Bucket bucket : buckets) {
                List<@Nullable BigDecimal> amounts = new ArrayList<>(changes.size());
                changes.forEach(change -> amounts.add(change.buckets().get(bucket)));
                columns.numbers(amounts);
            }
            int written = columns.write();
            if (written != changes.size()) {
                throw new IllegalStateException(
                        written + " levels changed (expected: " + changes.size() + ", each in the unit that it has)");
            }
        }
    }

    private void setSafetyStock(List<StockChange> all) throws SQLException {
        List<StockChange> changes =
                all.stream().filter(change -> change.safetyStock() != null).toList();
        if (changes.isEmpty()) {
            return;
        }
        try (Columns columns = Columns.of(connection, SET_SAFETY_STOCK)) {
            keys(changes, columns)
                    .numbers(changes.stream().map(StockChange::safetyStock).toList())
                    .write();
        }
    }

    private void keepProtections(List<StockChange> all) throws SQLException {
        List<StockChange> changes = new ArrayList<>();
        List<String> protections = new ArrayList<>();
        for (StockChange change : all) {
            Map<String, Protection> changed = change.changedProtections();
            if (changed != null) {
                changes.add(change);
                protections.add(ProtectionJson.write(changed));
            }
        }
        if (changes.isEmpty()) {
            return;
        }
        try (Columns columns = Columns.of(connection, KEEP_PROTECTIONS)) {
            keys(changes, columns).texts(protections).write();
        }
    }

    private void forgetProtectionUsed(List<StockChange> changes) throws SQLException {
        List<String> skus = new ArrayList<>();
        List<String> locations = new ArrayList<>();
        List<String> channels = new ArrayList<>();
        for (StockChange change : changes) {
            for (String channel : change.protectedAnew()) {
                skus.add(change.key().sku());
                locations.add(change.key().location());
                channels.add(channel);
            }
        }
        if (skus.isEmpty()) {
            return;
        }
        try (Columns columns = Columns.of(connection, FORGET_PROTECTION_USED)) {
            columns.texts(skus).texts(locations).texts(channels).write();
        }
    }

    private void endHolds(List<StockChange> changes) throws SQLException {
        List<Held> parts = Held.of(changes, StockChange::ended);
        if (parts.isEmpty()) {
            return;
        }
        int written = write(END_HOLDS, parts);
        if (written < parts.size()) {
            written += write(REDUCE_HOLDS, parts);
        }
        if (written != parts.size()) {
            throw new IllegalStateException(
                    written + " holds ended or reduced (expected: " + parts.size() + ", each at most what is held)");
        }
    }

    private int write(String sql, List<Held> parts) throws SQLException {
        try (Columns columns = Columns.of(connection, sql)) {
            return holds(parts, columns).write();
        }
    }

    private void beginHolds(List<StockChange> changes) throws SQLException {
        List<Held> begun = Held.of(changes, StockChange::begun);
        if (begun.isEmpty()) {
            return;
        }
        try (Columns columns = Columns.of(connection, BEGIN_HOLDS)) {
            holds(begun, columns)
                    .texts(begun.stream().map(held -> held.hold().channel()).toList())
                    .write();
        }
    }

    private static Columns keys(List<StockChange> changes, Columns columns) throws SQLException {
        return columns.texts(changes.stream().map(change -> change.key().sku()).toList())
                .texts(changes.stream().map(change -> change.key().location()).toList());
    }

    private static Columns holds(List<Held> held, Columns columns) throws SQLException {
        return columns.texts(held.stream().map(one -> one.key().sku()).toList())
                .texts(held.stream().map(one -> one.key().location()).toList())
                .longs(held.stream()
                        .map(one -> HoldEnd.micros(one.hold().endsAt()))
                        .toList())
                .texts(held.stream().map(one -> one.hold().holder()).toList())
                .numbers(
                        held.stream().map(one -> one.hold().quantity().amount()).toList())
                .numbers(held.stream()
                        .map(one -> one.hold().protectionUsed().amount())
                        .toList());
    }

    /** A hold, or a part of one, with where it is. */
    private record Held(StockKey key, Hold hold) {

        static List<Held> of(List<StockChange> changes, Function<StockChange, Collection<Hold>> which) {
            List<Held> all = new ArrayList<>();
            for (StockChange change : changes) {
                which.apply(change).forEach(hold -> all.add(new Held(change.key(), hold)));
            }
            return all;
        }
    }
}
