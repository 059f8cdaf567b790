package io.stockledger.projections.history;

import io.stockledger.document.Fact;
import io.stockledger.eventstore.FactJson;
import io.stockledger.eventstore.FactNames;
import io.stockledger.eventstore.FactNames.StoredName;
import io.stockledger.item.ItemFact.BarcodeAssigned;
import io.stockledger.item.ItemFact.BarcodeWithdrawn;
import io.stockledger.item.ItemFact.ItemChanged;
import io.stockledger.item.ItemFact.ItemRegistered;
import io.stockledger.ledger.StoredFact;
import io.stockledger.location.LocationFact.LocationOpened;
import io.stockledger.projections.view.Columns;
import io.stockledger.projections.view.View;
import io.stockledger.stock.StockFact;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All facts, found by what they are about and by who told them. */
public final class HistoryView implements View {

    public static final String NAME = "history";

    private static final String ADD = """
            INSERT INTO history (position, stream, sequence, name, revision, recorded_at, business_time,
                command, document, principal, device, sku, location, payload)
            SELECT * FROM unnest(?::bigint[], ?::text[], ?::bigint[], ?::text[], ?::integer[], ?::timestamptz[],
                ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])""";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> tables() {
        return List.of("history");
    }

    @Override
    public Optional<String> sequenceKey(StoredFact fact) {
        return Optional.of(fact.stream());
    }

    @Override
    public void apply(List<StoredFact> facts, Connection connection) throws SQLException {
        List<StoredName> names = new ArrayList<>(facts.size());
        List<String> payloads = new ArrayList<>(facts.size());
        for (StoredFact fact : facts) {
            names.add(FactNames.of(fact.fact()));
            payloads.add(FactJson.write(fact.fact()));
        }
        try (Columns columns = Columns.of(connection, ADD)) {
            columns.longs(facts.stream().map(StoredFact::position).toList())
                    .texts(facts.stream().map(StoredFact::stream).toList())
                    .longs(facts.stream().map(StoredFact::sequence).toList())
                    .texts(names.stream().map(StoredName::name).toList())
                    .integers(names.stream().map(StoredName::revision).toList())
                    .instants(facts.stream().map(StoredFact::recordedAt).toList())
                    .instants(businessTimes(facts))
                    .texts(facts.stream().map(fact -> fact.meta().command()).toList())
                    .texts(facts.stream().map(fact -> fact.meta().document()).toList())
                    .texts(facts.stream().map(fact -> fact.meta().principal()).toList())
                    .texts(devices(facts))
                    .texts(skus(facts))
                    .texts(locations(facts))
                    .texts(payloads)
                    .write();
        }
    }

    private static List<Instant> businessTimes(List<StoredFact> facts) {
        return facts.stream().map(fact -> fact.meta().businessTime()).toList();
    }

    private static List<@Nullable String> devices(List<StoredFact> facts) {
        List<@Nullable String> devices = new ArrayList<>(facts.size());
        facts.forEach(fact -> devices.add(fact.meta().device()));
        return devices;
    }

    private static List<@Nullable String> skus(List<StoredFact> facts) {
        List<@Nullable String> skus = new ArrayList<>(facts.size());
        facts.forEach(fact -> skus.add(sku(fact.fact())));
        return skus;
    }

    private static List<@Nullable String> locations(List<StoredFact> facts) {
        List<@Nullable String> locations = new ArrayList<>(facts.size());
        facts.forEach(fact -> locations.add(location(fact.fact())));
        return locations;
    }

    private static @Nullable String sku(Fact fact) {
        if (fact instanceof StockFact stock) {
            return stock.sku();
        }
        if (fact instanceof ItemRegistered item) {
            return item.sku();
        }
        if (fact instanceof ItemChanged item) {
            return item.sku();
        }
        if (fact instanceof BarcodeAssigned barcode) {
            return barcode.sku();
        }
        return fact instanceof BarcodeWithdrawn barcode ? barcode.sku() : null;
    }

    private static @Nullable String location(Fact fact) {
        if (fact instanceof StockFact stock) {
            return stock.location();
        }
        return fact instanceof LocationOpened opened ? opened.location() : null;
    }
}
