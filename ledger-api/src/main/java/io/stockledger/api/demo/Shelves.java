package io.stockledger.api.demo;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What is where while the week is being made up, so that it holds together. In thousandths of a unit. */
final class Shelves {

    private final Map<Spot, Long> sellable = new TreeMap<>();
    private final Map<Spot, Long> setAside = new TreeMap<>();
    private final Map<Spot, Long> keptBack = new HashMap<>();

    record Spot(Place place, String sku) implements Comparable<Spot> {
        @Override
        public int compareTo(Spot other) {
            int byPlace = place.compareTo(other.place);
            return byPlace == 0 ? sku.compareTo(other.sku) : byPlace;
        }
    }

    void add(Place place, String sku, long quantity) {
        sellable.merge(new Spot(place, sku), quantity, Long::sum);
    }

    void take(Place place, String sku, long quantity) {
        add(place, sku, -quantity);
    }

    /** Physically there, but not for sale: in quarantine or damaged. */
    void addSetAside(Place place, String sku, long quantity) {
        setAside.merge(new Spot(place, sku), quantity, Long::sum);
    }

    /** No longer to be promised: reserved, safety stock, or protected for another channel. */
    void keepBack(Place place, String sku, long quantity) {
        keptBack.merge(new Spot(place, sku), quantity, Long::sum);
    }

    long sellable(Place place, String sku) {
        return sellable.getOrDefault(new Spot(place, sku), 0L);
    }

    long available(Place place, String sku) {
        return sellable(place, sku) - keptBack.getOrDefault(new Spot(place, sku), 0L);
    }

    /** Physically there, per place and SKU. */
    Map<Spot, Long> onHand() {
        Map<Spot, Long> onHand = new TreeMap<>(sellable);
        setAside.forEach((spot, quantity) -> onHand.merge(spot, quantity, Long::sum));
        return onHand;
    }
}
