package io.stockledger.projections.availability;

import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.stock.Protection;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What is kept for channels, as it stands in {@code stock_level.protections}. */
final class ProtectionJson {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, Stored>> BY_CHANNEL = new TypeReference<>() {};

    private record Stored(BigDecimal quantity, BigDecimal sold, BigDecimal held) {}

    private ProtectionJson() {}

    static Map<String, Protection> read(String json, Unit unit) {
        Map<String, Protection> protections = new HashMap<>();
        JSON.readValue(json, BY_CHANNEL)
                .forEach((channel, stored) -> protections.put(
                        channel,
                        new Protection(
                                new Quantity(stored.quantity, unit),
                                new Quantity(stored.sold, unit),
                                new Quantity(stored.held, unit))));
        return protections;
    }

    static String write(Map<String, Protection> protections) {
        Map<String, Stored> stored = new TreeMap<>();
        protections.forEach((channel, protection) -> stored.put(
                channel,
                new Stored(
                        protection.quantity().amount(),
                        protection.sold().amount(),
                        protection.held().amount())));
        return JSON.writeValueAsString(stored);
    }
}
