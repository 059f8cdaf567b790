package io.stockledger.connectors.feed;

import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The locations that a fact is about, wherever in it they stand. */
public final class FactLocations {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String LOCATION = "location";
    private static final String TRANSFERRED = "stock-transferred";

    private FactLocations() {}

    /**
     * @param name the stored name
     * @param payload the fact as stored
     * @return empty when it names none
     */
    public static Set<String> of(String name, String payload) {
        JsonNode fact = JSON.readTree(payload);
        Set<String> found = new HashSet<>();
        collect(fact, found);
        if (name.equals(TRANSFERRED)) {
            found.add(fact.path("from").asString());
            found.add(fact.path("to").asString());
        }
        return found;
    }

    private static void collect(JsonNode node, Set<String> found) {
        JsonNode location = node.path(LOCATION);
        if (location.isString() && !location.asString().isEmpty()) {
            found.add(location.asString());
        }
        node.forEach(child -> collect(child, found));
    }
}
