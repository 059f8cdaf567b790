package io.stockledger.reservation;

import io.stockledger.decision.Streams;
import io.stockledger.document.Refusal.Shortage;
import io.stockledger.quantity.Quantity;
import io.stockledger.reservation.ReservationFact.ReservedLine;
import io.stockledger.stock.StockAt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Where to take items from: the first location, by code, that has them all; where none has, item by item from the
 * locations that have most of it.
 *
 * @param shortages what could not be found anywhere, with what all locations together could promise
 */
record Allocation(List<Taken> taken, List<Shortage> shortages) {

    record Taken(String sku, String location, Quantity quantity, StockAt stock) {}

    private record Candidate(String location, StockAt stock, Quantity available) {}

    static Allocation of(
            Map<String, Quantity> wanted, Collection<String> locations, String channel, Streams streams, Instant at) {
        for (String location : locations) {
            List<Taken> here = new ArrayList<>();
            wanted.forEach((sku, quantity) -> {
                StockAt stock = StockAt.of(streams, sku, quantity.unit(), location, at);
                if (!quantity.isMoreThan(stock.availableToPromise(channel))) {
                    here.add(new Taken(sku, location, quantity, stock));
                }
            });
            if (here.size() == wanted.size()) {
                return new Allocation(here, List.of());
            }
        }
        List<Taken> taken = new ArrayList<>();
        List<Shortage> shortages = new ArrayList<>();
        wanted.forEach((sku, quantity) -> {
            Quantity missing = quantity;
            for (Candidate candidate : candidates(sku, quantity, locations, channel, streams, at)) {
                Quantity take = missing.min(candidate.available());
                if (take.isPositive()) {
                    taken.add(new Taken(sku, candidate.location(), take, candidate.stock()));
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

    List<ReservedLine> lines() {
        return taken.stream()
                .map(line -> new ReservedLine(line.sku(), line.location(), line.quantity()))
                .toList();
    }

    private static List<Candidate> candidates(
            String sku, Quantity quantity, Collection<String> locations, String channel, Streams streams, Instant at) {
        return locations.stream()
                .map(location -> {
                    StockAt stock = StockAt.of(streams, sku, quantity.unit(), location, at);
                    return new Candidate(location, stock, stock.availableToPromise(channel));
                })
                .sorted(Comparator.comparing(Candidate::available).reversed().thenComparing(Candidate::location))
                .toList();
    }
}
