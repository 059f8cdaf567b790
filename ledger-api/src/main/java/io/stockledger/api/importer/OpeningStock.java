package io.stockledger.api.importer;

import io.stockledger.api.client.Ordering;
import io.stockledger.api.importer.Document.Kind;
import io.stockledger.api.importer.Row.InvoiceLine;
import io.stockledger.api.importer.Row.Legible;
import io.stockledger.api.importer.Row.Malformed;
import io.stockledger.v1.Command;
import io.stockledger.v1.ReceiptLine;
import io.stockledger.v1.ReceiveGoods;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The stock that must have been there before the file begins: per SKU the least with which no balance ever falls
 * below zero. It is kept by the invoice that needs it, and each invoice's part is a receipt of its own, so that a file
 * which has grown gives the same receipts again and new ones for the new invoices.
 */
final class OpeningStock {

    private static final String PREFIX = "opening-";

    private final String location;
    private final Instant opened;
    private final Map<String, Balance> balances = new HashMap<>();
    /** The line since which any item may have any balance; 0 for none. */
    private int unknownSince;

    /** @param firstDay the day on which the file begins; the receipts are dated to the begin of the day before */
    OpeningStock(String location, LocalDate firstDay) {
        this.location = location;
        this.opened = firstDay.minusDays(1).atStartOfDay(Invoice.SHOP_TIME).toInstant();
    }

    /** The number of the invoice that a receipt or one of the invoice's own documents is there for. */
    static String invoiceOf(String documentId) {
        String id = documentId.startsWith(PREFIX) ? documentId.substring(PREFIX.length()) : documentId;
        return id.split("-", 2)[0];
    }

    /** For which line that cannot be read it waits to be known what the invoice needs; 0 for none. */
    int waitsFor(Invoice invoice) {
        Map<String, Balance> tried = new HashMap<>();
        for (Movement movement : movements(invoice)) {
            Balance balance =
                    tried.computeIfAbsent(movement.sku(), sku -> balanceOf(sku).copy());
            if (movement.change() < 0) {
                int waitsFor = balance.waitsFor(-movement.change());
                if (waitsFor > 0) {
                    return waitsFor;
                }
                balance.take(-movement.change());
            } else {
                balance.add(movement.change(), 0);
            }
        }
        return 0;
    }

    /**
     * Invoices must come in the order in which they are sent.
     *
     * @param waitsFor the line that cannot be read for which the invoice waits; 0 for none
     * @return what must have been there for the invoice
     */
    List<Document> play(Invoice invoice, int waitsFor) {
        Map<String, Long> needed = new TreeMap<>();
        for (Movement movement : movements(invoice)) {
            Balance balance = balanceOf(movement.sku());
            if (movement.change() < 0) {
                long missing = balance.take(-movement.change());
                if (missing > 0) {
                    needed.merge(movement.sku(), missing, Long::sum);
                }
            } else {
                balance.add(movement.change(), waitsFor);
            }
        }
        invoice.malformed().forEach(this::doubt);
        List<Document> receipts = new ArrayList<>();
        for (List<Map.Entry<String, Long>> part : InvoiceMapping.parts(new ArrayList<>(needed.entrySet()))) {
            receipts.add(receipt(InvoiceMapping.id(PREFIX + invoice.number(), receipts.size()), part));
        }
        return receipts;
    }

    private record Movement(String sku, long change) {}

    private static List<Movement> movements(Invoice invoice) {
        List<Movement> movements = new ArrayList<>();
        for (InvoiceLine line : invoice.lines(Meaning.SALE)) {
            movements.add(new Movement(line.code(), -line.quantity()));
        }
        for (InvoiceLine line : invoice.lines(Meaning.RETURN)) {
            movements.add(new Movement(line.code(), -line.quantity()));
        }
        for (InvoiceLine line : invoice.lines(Meaning.ADJUSTMENT)) {
            movements.add(new Movement(line.code(), line.quantity()));
        }
        return movements;
    }

    private Balance balanceOf(String sku) {
        return balances.computeIfAbsent(sku, key -> unknownSince == 0 ? new Balance() : Balance.unknown(unknownSince));
    }

    private void doubt(Malformed row) {
        Legible legible = row.legible();
        Doubt doubt = Doubt.of(legible);
        if (doubt == Doubt.NONE) {
            return;
        }
        @Nullable String sku = legible.code();
        if (sku != null) {
            balanceOf(sku).doubt(doubt, row.line());
        } else {
            balances.values().forEach(balance -> balance.doubt(Doubt.EITHER, row.line()));
            unknownSince = row.line();
        }
    }

    private Document receipt(String id, List<Map.Entry<String, Long>> quantities) {
        ReceiveGoods.Builder receipt = ReceiveGoods.newBuilder()
                .setDocumentId(id)
                .setOccasion(InvoiceMapping.occasion(opened))
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
