package io.stockledger.projections.availability;

import io.stockledger.projections.view.Columns;
import io.stockledger.quantity.Unit;
import io.stockledger.stock.Hold;
import io.stockledger.stock.Protection;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the changes of a batch, a statement for each kind of row. */
final class StockTables {

    private static final String LOAD_PROTECTIONS = """
            SELECT p.sku, p.location, p.channel, p.quantity, p.sold, p.held, l.unit
            FROM unnest(?::text[], ?::text[]) AS k (sku, location)
            JOIN stock_protection p ON p.sku = k.sku AND p.location = k.location
            JOIN stock_level l ON l.sku = k.sku AND l.location = k.location""";

    private static final String ADD_TO_LEVELS = """
            INSERT INTO stock_level AS l (sku, location, unit, sellable, quarantine, damaged, held, safety_stock)
            SELECT sku, location, unit, sellable, quarantine, damaged, held, 0
            FROM unnest(?::text[], ?::text[], ?::text[], ?::numeric[], ?::numeric[], ?::numeric[], ?::numeric[])
                AS c (sku, location, unit, sellable, quarantine, damaged, held)
            ON CONFLICT (sku, location) DO UPDATE
            SET sellable = l.sellable + excluded.sellable,
                quarantine = l.quarantine + excluded.quarantine,
                damaged = l.damaged + excluded.damaged,
                held = l.held + excluded.held
            WHERE l.unit = excluded.unit""";

    private static final String SET_SAFETY_STOCK = """
            UPDATE stock_level AS l
            SET safety_stock = c.safety_stock
            FROM unnest(?::text[], ?::text[], ?::numeric[]) AS c (sku, location, safety_stock)
            WHERE l.sku = c.sku AND l.location = c.location""";

    private static final String FORGET_PROTECTION_USED = """
            UPDATE stock_hold AS h
            SET protection_used = 0
            FROM unnest(?::text[], ?::text[], ?::text[]) AS c (sku, location, channel)
            WHERE h.sku = c.sku AND h.location = c.location AND h.channel = c.channel AND h.protection_used <> 0""";

    private static final String END_HOLDS = """
            DELETE FROM stock_hold AS h
            USING unnest(?::text[], ?::text[], ?::bigint[], ?::text[]) AS c (sku, location, ends_at, reservation)
            WHERE h.sku = c.sku AND h.location = c.location
                AND h.ends_at = timestamptz 'epoch' + c.ends_at * interval '1 microsecond'
                AND h.reservation = c.reservation""";

    private static final String BEGIN_HOLDS = """
            INSERT INTO stock_hold (sku, location, reservation, channel, quantity, protection_used, ends_at)
            SELECT sku, location, reservation, channel, quantity, protection_used,
                timestamptz 'epoch' + ends_at * interval '1 microsecond'
            FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::numeric[], ?::numeric[], ?::bigint[])
                AS c (sku, location, reservation, channel, quantity, protection_used, ends_at)""";

    private static final String KEEP_PROTECTIONS = """
            INSERT INTO stock_protection (sku, location, channel, quantity, sold, held)
            SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::numeric[], ?::numeric[], ?::numeric[])
            ON CONFLICT (sku, location, channel) DO UPDATE
            SET quantity = excluded.quantity, sold = excluded.sold, held = excluded.held""";

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
                changes.of(new StockKey(rows.getString(1), rows.getString(2)))
                        .know(
                                rows.getString(3),
                                rows.getBigDecimal(4),
                                rows.getBigDecimal(5),
                                rows.getBigDecimal(6),
                                Unit.ofCode(rows.getString(7)));
            }
        }
    }

    void write(StockChanges all) throws SQLException {
        List<StockChange> changes = all.inOrder();
        addToLevels(changes);
        setSafetyStock(changes);
        // Before new holds come, whose use of protection is known already.
        forgetProtectionUsed(changes);
        endHolds(changes);
        beginHolds(changes);
        keepProtections(changes);
    }

    private void addToLevels(List<StockChange> changes) throws SQLException {
        List<String> skus = new ArrayList<>();
        List<String> locations = new ArrayList<>();
        List<String> units = new ArrayList<>();
        List<BigDecimal> sellable = new ArrayList<>();
        List<BigDecimal> quarantine = new ArrayList<>();
        List<BigDecimal> damaged = new ArrayList<>();
        List<BigDecimal> held = new ArrayList<>();
        for (StockChange change : changes) {
            skus.add(change.key().sku());
            locations.add(change.key().location());
            units.add(change.unit().code());
            sellable.add(change.sellable());
            quarantine.add(change.quarantine());
            damaged.add(change.damaged());
            held.add(change.held());
        }
        try (Columns columns = Columns.of(connection, ADD_TO_LEVELS)) {
            int written = columns.texts(skus)
                    .texts(locations)
                    .texts(units)
                    .numbers(sellable)
                    .numbers(quarantine)
                    .numbers(damaged)
                    .numbers(held)
                    .write();
            if (written != skus.size()) {
                throw new IllegalStateException(
                        written + " levels changed (expected: " + skus.size() + ", each in the unit that it has)");
            }
        }
    }

    private void setSafetyStock(List<StockChange> changes) throws SQLException {
        List<String> skus = new ArrayList<>();
        List<String> locations = new ArrayList<>();
        List<BigDecimal> quantities = new ArrayList<>();
        for (StockChange change : changes) {
            @Nullable BigDecimal quantity = change.safetyStock();
            if (quantity != null) {
                skus.add(change.key().sku());
                locations.add(change.key().location());
                quantities.add(quantity);
            }
        }
        if (skus.isEmpty()) {
            return;
        }
        try (Columns columns = Columns.of(connection, SET_SAFETY_STOCK)) {
            columns.texts(skus).texts(locations).numbers(quantities).write();
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
        List<String> skus = new ArrayList<>();
        List<String> locations = new ArrayList<>();
        List<Instant> ends = new ArrayList<>();
        List<String> reservations = new ArrayList<>();
        for (StockChange change : changes) {
            for (Hold hold : change.ended()) {
                skus.add(change.key().sku());
                locations.add(change.key().location());
                ends.add(hold.endsAt());
                reservations.add(hold.reservation());
            }
        }
        if (skus.isEmpty()) {
            return;
        }
        try (Columns columns = Columns.of(connection, END_HOLDS)) {
            int written = columns.texts(skus)
                    .texts(locations)
                    .micros(ends)
                    .texts(reservations)
                    .write();
            if (written != skus.size()) {
                throw new IllegalStateException(
                        written + " holds ended (expected: " + skus.size() + ", each one of the holds)");
            }
        }
    }

    private void beginHolds(List<StockChange> changes) throws SQLException {
        List<String> skus = new ArrayList<>();
        List<String> locations = new ArrayList<>();
        List<String> reservations = new ArrayList<>();
        List<String> channels = new ArrayList<>();
        List<BigDecimal> quantities = new ArrayList<>();
        List<BigDecimal> protectionUsed = new ArrayList<>();
        List<Instant> ends = new ArrayList<>();
        for (StockChange change : changes) {
            for (Hold hold : change.begun()) {
                skus.add(change.key().sku());
                locations.add(change.key().location());
                reservations.add(hold.reservation());
                channels.add(hold.channel());
                quantities.add(hold.quantity().amount());
                protectionUsed.add(hold.protectionUsed().amount());
                ends.add(hold.endsAt());
            }
        }
        if (skus.isEmpty()) {
            return;
        }
        try (Columns columns = Columns.of(connection, BEGIN_HOLDS)) {
            columns.texts(skus)
                    .texts(locations)
                    .texts(reservations)
                    .texts(channels)
                    .numbers(quantities)
                    .numbers(protectionUsed)
                    .micros(ends)
                    .write();
        }
    }

    private void keepProtections(List<StockChange> changes) throws SQLException {
        List<String> skus = new ArrayList<>();
        List<String> locations = new ArrayList<>();
        List<String> channels = new ArrayList<>();
        List<BigDecimal> quantities = new ArrayList<>();
        List<BigDecimal> sold = new ArrayList<>();
        List<BigDecimal> held = new ArrayList<>();
        for (StockChange change : changes) {
            for (String channel : change.changedProtections()) {
                Protection protection = change.protection(channel);
                skus.add(change.key().sku());
                locations.add(change.key().location());
                channels.add(channel);
                quantities.add(protection.quantity().amount());
                sold.add(protection.sold().amount());
                held.add(protection.held().amount());
            }
        }
        if (skus.isEmpty()) {
            return;
        }
        try (Columns columns = Columns.of(connection, KEEP_PROTECTIONS)) {
            columns.texts(skus)
                    .texts(locations)
                    .texts(channels)
                    .numbers(quantities)
                    .numbers(sold)
                    .numbers(held)
                    .write();
        }
    }
}
