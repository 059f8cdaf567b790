package io.stockledger.reservation;

import io.stockledger.decision.Streams;
import io.stockledger.quantity.Quantity;
import io.stockledger.reservation.Allocation.Taken;
import io.stockledger.stock.Shortage;
import io.stockledger.stock.StockAt;
import io.stockledger.stock.Stocks;
import io.stockledger.stock.Whereabouts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where a channel may be promised items from: the first location that has them all; where none has, item by item from the
 * locations that have most of it.
 *
 * <p>A location is looked at only when its turn comes, and only for items that have ever been there, so that one item in
 * two of three hundred shops costs two looks.
 *
 * @param locations in the order in which they are to be tried
 * @param stocks as the decision has left them so far
 */
record Candidates(Collection<String> locations, String channel, Streams streams, Stocks stocks) {

    private record Offer(StockAt stock, Quantity available) {}

    Allocation allocate(Map<String, Quantity> wanted) {
        for (String location : locations) {
            List<Taken> here = allAt(location, wanted);
            if (!here.isEmpty()) {
                return new Allocation(here, List.of());
            }
        }
        List<Taken> taken = new ArrayList<>();
        List<Shortage> shortages = new ArrayList<>();
        wanted.forEach((sku, quantity) -> {
            Quantity missing = quantity;
            for (Offer offer : mostFirst(sku, quantity)) {
                Quantity take = missing.min(offer.available());
                if (take.isPositive()) {
                    taken.add(new Taken(offer.stock(), take));
                    missing = missing.minus(take);
                }
            }
            if (missing.isPositive()) {
                String where = locations.size() == 1 ? locations.iterator().next() : "";
                shortages.add(new Shortage(sku, where, quantity, quantity.minus(missing)));
            }
        });
        return new Allocation(taken, shortages);
    }

    /** Empty when the location lacks one of them. */
    private List<Taken> allAt(String location, Map<String, Quantity> wanted) {
        List<Taken> here = new ArrayList<>();
        for (Map.Entry<String, Quantity> item : wanted.entrySet()) {
            if (!mayHave(item.getKey()).contains(location)) {
                return List.of();
            }
            Offer offer = offer(item.getKey(), item.getValue(), location);
            if (item.getValue().isMoreThan(offer.available())) {
                return List.of();
            }
            here.add(new Taken(offer.stock(), item.getValue()));
        }
        return here;
    }

    private List<Offer> mostFirst(String sku, Quantity quantity) {
        Set<String> mayHave = mayHave(sku);
        return locations.stream()
                .filter(mayHave::contains)
                .map(location -> offer(sku, quantity, location))
                .sorted(Comparator.comparing(Offer::available)
                        .reversed()
                        .thenComparing(offer -> offer.stock().location()))
                .toList();
    }

    /** With one location to choose from, looking there is as cheap as asking whether to. */
    private Set<String> mayHave(String sku) {
        return locations.size() == 1 ? Set.copyOf(locations) : Whereabouts.of(streams, sku);
    }

    private Offer offer(String sku, Quantity quantity, String location) {
        StockAt stock = stocks.at(sku, quantity.unit(), location);
        return new Offer(stock, stock.availableToPromise(channel));
    }
}
