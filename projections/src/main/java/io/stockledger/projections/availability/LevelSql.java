package io.stockledger.projections.availability;

import io.stockledger.stock.Bucket;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The statement that adds to levels, which names the buckets that a batch changes and no others. */
final class LevelSql {

    private static final String ADD = """
            INSERT INTO stock_level AS l (sku, location, unit, held, buckets, safety_stock)
            SELECT sku, location, unit, held, {added}, 0
            FROM unnest(?::text[], ?::text[], ?::text[], ?::numeric[]{types}) AS c (sku, location, unit, held{names})
            ON CONFLICT (sku, location) DO UPDATE
            SET held = l.held + excluded.held{sums}
            WHERE l.unit = excluded.unit""";

    private static final String NONE = "'{}'::jsonb";

    private LevelSql() {}

    /** Binds SKUs, locations, units, what is held more, and for each bucket what it holds more, null for the same. */
    static String add(Set<Bucket> buckets) {
        if (buckets.isEmpty()) {
            return ADD.replace("{added}", NONE)
                    .replace("{types}", "")
                    .replace("{names}", "")
                    .replace("{sums}", "");
        }
        String[] codes = buckets.stream().map(Bucket::code).toArray(String[]::new);
        String added = IntStream.range(0, codes.length)
                .mapToObj(i -> "'" + codes[i] + "', b" + i)
                .collect(Collectors.joining(", "));
        String names = IntStream.range(0, codes.length).mapToObj(i -> ", b" + i).collect(Collectors.joining());
        String sums = buckets.stream()
                .map(Bucket::code)
                .map(code -> "'" + code + "', coalesce((l.buckets -> '" + code
                        + "')::numeric, 0) + (excluded.buckets -> '" + code + "')::numeric")
                .collect(Collectors.joining(", "));
        return ADD.replace("{added}", "jsonb_strip_nulls(jsonb_build_object(" + added + "))")
                .replace("{types}", ", ?::numeric[]".repeat(codes.length))
                .replace("{names}", names)
                .replace("{sums}", ",\n    buckets = l.buckets || jsonb_strip_nulls(jsonb_build_object(" + sums + "))");
    }
}
