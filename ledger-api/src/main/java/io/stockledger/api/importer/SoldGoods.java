package io.stockledger.api.importer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What each customer bought and has not brought back, as the invoices up to now tell. */
final class SoldGoods {

    private final Map<String, Deque<Sold>> perCustomerAndSku = new HashMap<>();

    private record Sold(String sale, long quantity) {}

    /** @param sale the sale that so many of the returned units belong to; empty when no sale is known */
    record Share(String sale, long quantity) {
        boolean isBlind() {
            return sale.isEmpty();
        }
    }

    void sold(String customer, String sku, String sale, long quantity) {
        if (customer.isEmpty()) {
            return;
        }
        Deque<Sold> sales = perCustomerAndSku.computeIfAbsent(key(customer, sku), key -> new ArrayDeque<>(1));
        Sold last = sales.peekLast();
        if (last != null && last.sale.equals(sale)) {
            sales.removeLast();
            sales.addLast(new Sold(sale, last.quantity + quantity));
        } else {
            sales.addLast(new Sold(sale, quantity));
        }
    }

    /**
     * Takes returned units off the customer's sales, the latest first, because most returns undo a fresh mistake.
     *
     * @return the quantity, split by sale; what no sale covers comes last
     */
    List<Share> takeBack(String customer, String sku, long quantity) {
        List<Share> shares = new ArrayList<>();
        long left = quantity;
        Deque<Sold> sales = perCustomerAndSku.getOrDefault(key(customer, sku), new ArrayDeque<>(0));
        while (left > 0 && !sales.isEmpty()) {
            Sold last = sales.removeLast();
            long taken = Math.min(left, last.quantity);
            shares.add(new Share(last.sale, taken));
            left -= taken;
            if (taken < last.quantity) {
                sales.addLast(new Sold(last.sale, last.quantity - taken));
            }
        }
        if (left > 0) {
            shares.add(new Share("", left));
        }
        return shares;
    }

    private static String key(String customer, String sku) {
        return customer + '\t' + sku;
    }
}
