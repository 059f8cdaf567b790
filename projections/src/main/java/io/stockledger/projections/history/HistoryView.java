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
import io.stockledger.projections.view.Columns;
import io.stockledger.projections.view.View;
import io.stockledger.stock.StockFact;
import io.stockledger.stock.WhereaboutsFact.FirstStocked;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
            INSERT INTO history_trace AS t (kind, value, block, which)
            SELECT kind, value, block, which::bit(128)
            FROM unnest(?::text[], ?::text[], ?::bigint[], ?::text[]) AS c (kind, value, block, which)
            ON CONFLICT (kind, value, block) DO UPDATE SET which = t.which | excluded.which""";

    private static final String COPY_FACTS = """
            INSERT INTO recorded_fact (position, stream, sequence, name, revision, recorded_at, payload, meta, sku)
            SELECT position, stream, sequence, name, revision,
                timestamptz 'epoch' + recorded_at * interval '1 microsecond', payload, meta, sku
            FROM unnest(?::bigint[], ?::text[], ?::bigint[], ?::text[], ?::integer[], ?::bigint[],
                ?::text[], ?::jsonb[], ?::text[])
                AS c (position, stream, sequence, name, revision, recorded_at, payload, meta, sku)""";

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
        Map<Trace, BitSet> traces = new LinkedHashMap<>();
        for (StoredFact fact : facts) {
            long position = fact.position();
            add(traces, Trace.PRINCIPAL, fact.meta().principal(), position);
            add(traces, Trace.DEVICE, fact.meta().device(), position);
            add(traces, Trace.NAME, FactNames.of(fact.fact()).name(), position);
            add(traces, Trace.SKU, skuOfBarcode(fact.fact()), position);
            Set<String> locations = fact.fact().locations();
            locations.forEach(location -> add(traces, Trace.LOCATION, location, position));
            if (locations.isEmpty()) {
                add(traces, Trace.LOCATION, Trace.NO_LOCATION, position);
            }
        }
        try (Columns columns = Columns.of(connection, ADD_TRACES)) {
            columns.texts(traces.keySet().stream().map(Trace::kind).toList())
                    .texts(traces.keySet().stream().map(Trace::value).toList())
                    .longs(traces.keySet().stream().map(Trace::block).toList())
                    .texts(traces.values().stream().map(HistoryView::bits).toList())
                    .write();
        }
    }

    private static void add(Map<Trace, BitSet> traces, String kind, @Nullable String value, long position) {
        if (value != null) {
            traces.computeIfAbsent(new Trace(kind, value, position / BLOCK), trace -> new BitSet(BLOCK))
                    .set((int) (position % BLOCK));
        }
    }

    private static String bits(BitSet which) {
        StringBuilder bits = new StringBuilder(BLOCK);
        for (int i = 0; i < BLOCK; i++) {
            bits.append(which.get(i) ? '1' : '0');
        }
        return bits.toString();
    }

    private static void copy(List<StoredFact> facts, Connection connection) throws SQLException {
        List<StoredName> names = new ArrayList<>(facts.size());
        List<String> payloads = new ArrayList<>(facts.size());
        List<String> metas = new ArrayList<>(facts.size());
        List<@Nullable String> skus = new ArrayList<>(facts.size());
        for (StoredFact fact : facts) {
            names.add(FactNames.of(fact.fact()));
            payloads.add(FactJson.write(fact.fact()));
            metas.add(FactJson.write(fact.meta()));
            skus.add(sku(fact.fact()));
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
        if (fact instanceof FirstStocked first) {
            return first.sku();
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

    /** That something occurs in a block of positions. */
    record Trace(String kind, String value, long block) {

        static final String NAME = "name";
        static final String PRINCIPAL = "principal";
        static final String DEVICE = "device";
        static final String LOCATION = "location";

        /** Where a fact tells of nowhere in particular. */
        static final String NO_LOCATION = "";

        static final String SKU = "sku";
    }
}
