package io.stockledger.stock;

import io.stockledger.quantity.Quantity;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One line that could not be met.
 *
 * @param location empty: any location
 */
public record Shortage(String sku, String location, Quantity requested, Quantity available) {

    public static Set<String> locations(List<Shortage> lines) {
        return lines.stream()
                .map(Shortage::location)
                .filter(location -> !location.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The first line in words, and how many more there are. */
    public static String sentence(List<Shortage> lines, String requestedAs, String availableAs) {
        Shortage first = lines.get(0);
        String more = lines.size() > 1 ? " (and " + (lines.size() - 1) + " more lines)" : "";
        return "Item '" + first.sku + "' at " + (first.location.isEmpty() ? "any location" : first.location) + ": "
                + first.requested + " " + requestedAs + ", " + first.available + " " + availableAs + more;
    }
}
