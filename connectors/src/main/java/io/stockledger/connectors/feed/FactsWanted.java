package io.stockledger.connectors.feed;

import java.util.Set;

/**
 * Which facts; empty sets ask for all.
 *
 * @param names stored names
 * @param locations only facts that are about these, and about no other
 */
public record FactsWanted(Set<String> names, Set<String> locations) {

    public static final FactsWanted ALL = new FactsWanted(Set.of(), Set.of());

    public FactsWanted {
        names = Set.copyOf(names);
        locations = Set.copyOf(locations);
    }

    boolean holds(String name, String payload) {
        if (!names.isEmpty() && !names.contains(name)) {
            return false;
        }
        if (locations.isEmpty()) {
            return true;
        }
        Set<String> about = FactLocations.of(name, payload);
        return !about.isEmpty() && locations.containsAll(about);
    }
}
