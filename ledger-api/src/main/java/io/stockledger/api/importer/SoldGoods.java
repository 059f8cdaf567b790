package io.stockledger.api.importer;

import io.stockledger.api.importer.Row.InvoiceLine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What each customer bought and has not brought back, as the invoices up to now tell. What a line that cannot be read may
 * have changed stands as a sale of any number of units, which waits for that line.
 */
final class SoldGoods {

    private final Map<Purchase, Deque<Sold>> purchases = new HashMap<>();
    private final List<Unknown> unknown = new ArrayList<>();

    private record Purchase(String customer, String sku) {}

    /** @param waitsFor the line that cannot be read for which the sale waits; 0 for none */
    private record Sold(String sale, long quantity, int waitsFor) {}

    /** Of which customer and item; null: any. */
    private record Unknown(
            @Nullable String customer, @Nullable String sku, int line) {
        boolean concerns(Purchase purchase) {
            return (customer == null || customer.equals(purchase.customer))
                    && (sku == null || sku.equals(purchase.sku));
        }

        Sold asSale() {
            return new Sold("", Balance.MUCH, line);
        }
    }

    /** @param sale the sale that so many of the returned units belong to; empty when no sale is known */
    record Share(String sale, long quantity) {
        boolean isBlind() {
            return sale.isEmpty();
        }
    }

    void sold(String customer, String sku, String sale, long quantity, int waitsFor) {
        if (customer.isEmpty()) {
            return;
        }
        Deque<Sold> sales = salesOf(new Purchase(customer, sku));
        Sold last = sales.peekLast();
        if (last != null && last.sale.equals(sale)) {
            sales.removeLast();
            sales.addLast(new Sold(sale, last.quantity + quantity, waitsFor));
        } else {
            sales.addLast(new Sold(sale, quantity, waitsFor));
        }
    }

    /** Once a line cannot be read. A null customer or SKU is one that cannot be read either. */
    void unknown(@Nullable String customer, @Nullable String sku, int line) {
        Unknown since = new Unknown(customer, sku, line);
        if (customer != null && customer.isEmpty()) {
            return;
        }
        if (customer != null && sku != null) {
            salesOf(new Purchase(customer, sku)).addLast(since.asSale());
            return;
        }
        purchases.forEach((purchase, sales) -> {
            if (since.concerns(purchase)) {
                sales.addLast(since.asSale());
            }
        });
        unknown.add(since);
    }

    /** For which line that cannot be read an invoice's returns wait; 0 for none. */
    int waitsFor(Invoice invoice) {
        Map<Purchase, Long> perPurchase = new HashMap<>();
        for (InvoiceLine line : invoice.lines(Meaning.RETURN)) {
            if (!line.customer().isEmpty()) {
                perPurchase.merge(new Purchase(line.customer(), line.code()), -line.quantity(), Long::sum);
            }
        }
        int waitsFor = 0;
        for (Map.Entry<Purchase, Long> returned : perPurchase.entrySet()) {
            long left = returned.getValue();
            Iterator<Sold> latestFirst = salesOf(returned.getKey()).descendingIterator();
            while (left > 0 && latestFirst.hasNext()) {
                Sold sale = latestFirst.next();
                waitsFor = Math.max(waitsFor, sale.waitsFor);
                left -= sale.quantity;
            }
        }
        return waitsFor;
    }

    /**
     * Takes returned units off the customer's sales, the latest first, because most returns undo a fresh mistake.
     *
     * @return the quantity, split by sale; what no sale covers comes last
     */
    List<Share> takeBack(String customer, String sku, long quantity) {
        List<Share> shares = new ArrayList<>();
        long left = quantity;
        Deque<Sold> sales = customer.isEmpty() ? new ArrayDeque<>(0) : salesOf(new Purchase(customer, sku));
        while (left > 0 && !sales.isEmpty()) {
            Sold last = sales.removeLast();
            long taken = Math.min(left, last.quantity);
            shares.add(new Share(last.sale, taken));
            left -= taken;
            if (taken < last.quantity) {
                sales.addLast(new Sold(last.sale, last.quantity - taken, last.waitsFor));
            }
        }
        if (left > 0) {
            shares.add(new Share("", left));
        }
        return shares;
    }

    private Deque<Sold> salesOf(Purchase purchase) {
        return purchases.computeIfAbsent(purchase, key -> {
            Deque<Sold> sales = new ArrayDeque<>(1);
            unknown.stream()
                    .filter(since -> since.concerns(key))
                    .map(Unknown::asSale)
                    .forEach(sales::addLast);
            return sales;
        });
    }
}
