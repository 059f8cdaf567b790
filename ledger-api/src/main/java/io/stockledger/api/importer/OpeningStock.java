package io.stockledger.api.importer;

import com.google.protobuf.Timestamp;
import io.stockledger.api.client.Ordering;
import io.stockledger.api.importer.Document.Kind;
import io.stockledger.api.importer.Row.InvoiceLine;
import io.stockledger.v1.Command;
import io.stockledger.v1.Occasion;
import io.stockledger.v1.ReceiptLine;
import io.stockledger.v1.ReceiveGoods;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The stock that must have been there before the file begins: per SKU the least with which no balance ever falls
 * below zero. It is kept by the day that needs it, and each day's part becomes receipts of its own, so that a file
 * which has grown by whole days gives the same receipts again and new ones for the new days.
 */
final class OpeningStock {

    private final Map<String, Long> balances = new HashMap<>();
    private final SortedMap<LocalDate, SortedMap<String, Long>> neededBy = new TreeMap<>();

    /** Invoices must come in the order in which they are sent. */
    void play(Invoice invoice) {
        for (InvoiceLine line : invoice.lines(Meaning.SALE)) {
            change(invoice.day(), line.code(), -line.quantity());
        }
        for (InvoiceLine line : invoice.lines(Meaning.RETURN)) {
            change(invoice.day(), line.code(), -line.quantity());
        }
        for (InvoiceLine line : invoice.lines(Meaning.ADJUSTMENT)) {
            change(invoice.day(), line.code(), line.quantity());
        }
    }

    /** What was there of each SKU before the file begins; SKUs of which nothing was needed are left out. */
    SortedMap<String, Long> perSku() {
        SortedMap<String, Long> sums = new TreeMap<>();
        neededBy.values().forEach(day -> day.forEach((sku, quantity) -> sums.merge(sku, quantity, Long::sum)));
        return sums;
    }

    /** @param first the file's first line; the receipts are dated a day before it and named after its invoice */
    List<Document> receipts(String location, InvoiceLine first) {
        Instant opened = first.time()
                .toLocalDate()
                .minusDays(1)
                .atStartOfDay(Invoice.SHOP_TIME)
                .toInstant();
        List<Document> receipts = new ArrayList<>();
        neededBy.forEach((day, quantities) -> {
            List<List<Map.Entry<String, Long>>> parts = InvoiceMapping.parts(new ArrayList<>(quantities.entrySet()));
            for (int i = 0; i < parts.size(); i++) {
                String id = "opening-" + location + "-" + first.invoice() + "-" + day + "-" + (i + 1);
                receipts.add(receipt(id, location, opened, parts.get(i)));
            }
        });
        return receipts;
    }

    private void change(LocalDate day, String sku, long change) {
        long balance = balances.merge(sku, change, Long::sum);
        if (balance < 0) {
            neededBy.computeIfAbsent(day, key -> new TreeMap<>()).merge(sku, -balance, Long::sum);
            balances.put(sku, 0L);
        }
    }

    private static Document receipt(
            String id, String location, Instant opened, List<Map.Entry<String, Long>> quantities) {
        ReceiveGoods.Builder receipt = ReceiveGoods.newBuilder()
                .setDocumentId(id)
                .setOccasion(Occasion.newBuilder()
                        .setBusinessTime(Timestamp.newBuilder().setSeconds(opened.getEpochSecond())))
                .setLocation(location)
                .setSupplier("opening-stock");
        quantities.forEach(entry -> receipt.addLines(ReceiptLine.newBuilder()
                .setItem(InvoiceMapping.item(entry.getKey()))
                .setQuantity(Long.toString(entry.getValue()))));
        return new Document(
                Kind.GOODS_RECEIVED,
                "receipt:" + id,
                Command.newBuilder().setReceiveGoods(receipt),
                Ordering.NONE,
                List.of());
    }
}
