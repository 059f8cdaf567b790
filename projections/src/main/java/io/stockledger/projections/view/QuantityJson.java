package io.stockledger.projections.view;

import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.stock.Bucket;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Quantities by what they are of, as they stand in a {@code jsonb} column. */
public final class QuantityJson {

    private static final ObjectReader NUMBERS =
            JsonMapper.shared().readerFor(new TypeReference<Map<String, BigDecimal>>() {});

    private QuantityJson() {}

    /** @throws IllegalArgumentException when there is a bucket that this version does not know: units would be missing */
    public static Map<Bucket, Quantity> buckets(String json, Unit unit) {
        Map<Bucket, Quantity> buckets = new EnumMap<>(Bucket.class);
        numbers(json).forEach((code, number) -> buckets.put(Bucket.ofCode(code), new Quantity(number, unit)));
        return buckets;
    }

    public static Map<String, BigDecimal> numbers(String json) {
        return NUMBERS.readValue(json);
    }
}
