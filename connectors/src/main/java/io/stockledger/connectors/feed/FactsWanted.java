package io.stockledger.connectors.feed;

import java.util.Set;

/**
 * Which facts; empty sets ask for all.
 *
 * @param names stored names
 * @param tiedTo only facts that tell of one of these locations, or of none at all
 */
public record FactsWanted(Set<String> names, Set<String> tiedTo) {

    public static final FactsWanted ALL = new FactsWanted(Set.of(), Set.of());

    public FactsWanted {
        names = Set.copyOf(names);
        tiedTo = Set.copyOf(tiedTo);
    }
}
