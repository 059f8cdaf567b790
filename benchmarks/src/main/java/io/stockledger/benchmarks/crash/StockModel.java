package io.stockledger.benchmarks.crash;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The ledger's promises once more, in one thread and a few lines, without anything of the ledger's: it says what each
 * call must come to in the order in which the store has them.
 */
final class StockModel {

    private final Map<String, Integer> sellable = new TreeMap<>();
    private final Map<String, Instant> ends = new HashMap<>();
    private final Map<String, Map<String, Integer>> living = new HashMap<>();
    private final Map<String, Map<String, Integer>> sold = new HashMap<>();

    /** Applies the call where its answer must be yes, and says whether it must. */
    boolean accepts(Call call, Instant at) {
        return switch (call.kind()) {
            case RECEIVE -> add(call.units(), 1);
            case RESERVE -> isAvailable(call, at) && reserve(call, at);
            case SELL -> isAvailable(call, at) && sell(call);
            case RELEASE -> endsLiving(call, at);
            case CONFIRM -> (endsLiving(call, at) || takesLapsed(call, at)) && sell(call);
            case RETURN -> giveBack(call);
        };
    }

    int sellable(String sku) {
        return sellable.getOrDefault(sku, 0);
    }

    /** Units of living reservations. */
    int reserved(String sku, Instant at) {
        int reserved = 0;
        for (Map.Entry<String, Integer> hold :
                living.getOrDefault(sku, Map.of()).entrySet()) {
            Instant end = ends.get(hold.getKey());
            if (end != null && at.isBefore(end)) {
                reserved += hold.getValue();
            }
        }
        return reserved;
    }

    private boolean isAvailable(Call call, Instant at) {
        return call.units().entrySet().stream()
                .allMatch(line -> line.getValue() <= sellable(line.getKey()) - reserved(line.getKey(), at));
    }

    private boolean reserve(Call call, Instant at) {
        ends.put(call.document(), at.plusSeconds(call.seconds()));
        call.units()
                .forEach((sku, quantity) ->
                        living.computeIfAbsent(sku, any -> new HashMap<>()).put(call.document(), quantity));
        return true;
    }

    private boolean endsLiving(Call call, Instant at) {
        String reservation = String.valueOf(call.of());
        Instant end = ends.get(reservation);
        if (end == null || !at.isBefore(end)) {
            return false;
        }
        return end(reservation, call);
    }

    /** One that has run out still becomes an order while its units are there. */
    private boolean takesLapsed(Call call, Instant at) {
        String reservation = String.valueOf(call.of());
        return ends.containsKey(reservation) && isAvailable(call, at) && end(reservation, call);
    }

    private boolean end(String reservation, Call call) {
        ends.remove(reservation);
        call.units()
                .keySet()
                .forEach(sku -> living.getOrDefault(sku, new HashMap<>()).remove(reservation));
        return true;
    }

    private boolean sell(Call call) {
        sold.put(call.document(), new HashMap<>(call.units()));
        return add(call.units(), -1);
    }

    private boolean giveBack(Call call) {
        Map<String, Integer> left = sold.getOrDefault(String.valueOf(call.of()), Map.of());
        boolean tooMany = call.units().entrySet().stream()
                .anyMatch(line -> line.getValue() > left.getOrDefault(line.getKey(), 0));
        if (tooMany) {
            return false;
        }
        call.units().forEach((sku, quantity) -> left.merge(sku, -quantity, Integer::sum));
        return add(call.units(), 1);
    }

    private boolean add(Map<String, Integer> units, int sign) {
        units.forEach((sku, quantity) -> sellable.merge(sku, sign * quantity, Integer::sum));
        return true;
    }
}
