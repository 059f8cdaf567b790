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
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where facts are found by what they are about and by who told them. The facts themselves are read where they are;
 * only when that is not this database does the view keep a copy.
 */
public final class HistoryView implements View {

    public static final String NAME = "history";

    /** So many positions share one trace. */
    static final int BLOCK = 128;

    private static final String ADD_TRACES = """
            INSERT INTO history_trace (kind, value, block)
            SELECT * FROM unnest(?::text[], ?::text[], ?::bigint[])
            ON CONFLICT DO NOTHING""";

    private static final String COPY_FACTS = """
            INSERT INTO recorded_fact (position, stream, sequence, name, revision, recorded_at, payload, meta, sku, location)
            SELECT position, stream, sequence, name, revision,
                timestamptz 'epoch' + recorded_at * interval '1 microsecond', payload, meta, sku, location
            FROM unnest(?::bigint[], ?::text[], ?::bigint[], ?::text[], ?::integer[], ?::bigint[],
                ?::text[], ?::jsonb[], ?::text[], ?::text[])
                AS c (position, stream, sequence, name, revision, recorded_at, payload, meta, sku, location)""";

    private final boolean copies;

    private HistoryView(boolean copies) {
        this.copies = copies;
    }

    /** For facts that are in the views' own database. */
    public static HistoryView ofFactsHere() {
        return new HistoryView(false);
    }

    /** For facts that are in another store. */
    public static HistoryView ofFactsElsewhere() {
        return new HistoryView(true);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> tables() {
        return copies ? List.of("history_trace", "recorded_fact") : List.of("history_trace");
    }

    @Override
    public Optional<String> sequenceKey(StoredFact fact) {
        return Optional.of(fact.stream());
    }

    @Override
    public void apply(List<StoredFact> facts, Connection connection) throws SQLException {
        if (copies) {
            copy(facts, connection);
        }
        trace(facts, connection);
    }

    private static void trace(List<StoredFact> facts, Connection connection) throws SQLException {
        Set<Trace> traces = new LinkedHashSet<>();
        for (StoredFact fact : facts) {
            long block = fact.position() / BLOCK;
            add(traces, Trace.PRINCIPAL, fact.meta().principal(), block);
            add(traces, Trace.DEVICE, fact.meta().device(), block);
            add(traces, Trace.LOCATION, location(fact.fact()), block);
            add(traces, Trace.SKU, skuOfBarcode(fact.fact()), block);
        }
        try (Columns columns = Columns.of(connection, ADD_TRACES)) {
            columns.texts(traces.stream().map(Trace::kind).toList())
                    .texts(traces.stream().map(Trace::value).toList())
                    .longs(traces.stream().map(Trace::block).toList())
                    .write();
        }
    }

    private static void add(Set<Trace> traces, String kind, @Nullable String value, long block) {
        if (value != null) {
            traces.add(new Trace(kind, value, block));
        }
    }

    private static void copy(List<StoredFact> facts, Connection connection) throws SQLException {
        List<StoredName> names = new ArrayList<>(facts.size());
        List<String> payloads = new ArrayList<>(facts.size());
        List<String> metas = new ArrayList<>(facts.size());
        List<@Nullable String> skus = new ArrayList<>(facts.size());
        List<@Nullable String> locations = new ArrayList<>(facts.size());
        for (StoredFact fact : facts) {
            names.add(FactNames.of(fact.fact()));
            payloads.add(FactJson.write(fact.fact()));
            metas.add(FactJson.write(fact.meta()));
            skus.add(sku(fact.fact()));
            locations.add(location(fact.fact()));
        }
        try (Columns columns = Columns.of(connection, COPY_FACTS)) {
            columns.longs(facts.stream().map(StoredFact::position).toList())
                    .texts(facts.stream().map(StoredFact::stream).toList())
                    .longs(facts.stream().map(StoredFact::sequence).toList())
                    .texts(names.stream().map(StoredName::name).toList())
                    .integers(names.stream().map(StoredName::revision).toList())
                    .micros(facts.stream().map(StoredFact::recordedAt).toList())
                    .texts(payloads)
                    .texts(metas)
                    .texts(skus)
                    .texts(locations)
                    .write();
        }
    }

    private static @Nullable String sku(Fact fact) {
        if (fact instanceof StockFact stock) {
            return stock.sku();
        }
        if (fact instanceof ItemRegistered item) {
            return item.sku();
        }
        return fact instanceof ItemChanged item ? item.sku() : skuOfBarcode(fact);
    }

    /** The item that a barcode's fact is about: its stream names only the barcode. */
    private static @Nullable String skuOfBarcode(Fact fact) {
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

    /** That something occurs in a block of positions. */
    record Trace(String kind, String value, long block) {

        static final String PRINCIPAL = "principal";
        static final String DEVICE = "device";
        static final String LOCATION = "location";
        static final String SKU = "sku";
    }
}
