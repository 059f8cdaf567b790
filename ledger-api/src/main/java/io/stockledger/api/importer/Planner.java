package io.stockledger.api.importer;

import io.stockledger.api.importer.Row.Legible;
import io.stockledger.api.importer.Row.Malformed;
import java.time.LocalDate;
import java.util.List;

/**
 * Says invoice by invoice what of the file can be booked. An invoice with a line that cannot be read waits, and so does
 * whatever would be booked otherwise if that line were known: then the mended file makes the same of all that was sent.
 */
final class Planner {

    private final OpeningStock opening;
    private final SoldGoods sold = new SoldGoods();
    private final InvoiceMapping mapping;

    Planner(String location, LocalDate firstDay) {
        opening = new OpeningStock(location, firstDay);
        mapping = new InvoiceMapping(location, sold);
    }

    /**
     * What becomes of an invoice.
     *
     * @param waitsFor the line that cannot be read for which the invoice waits; 0 for none
     * @param opening the stock that must have been there for it
     * @param documents what it becomes; where it waits, as far as that is known
     */
    record Planned(Invoice invoice, int waitsFor, List<Document> opening, List<Document> documents) {
        boolean waits() {
            return waitsFor > 0;
        }
    }

    /** Invoices must come in the file's order. */
    Planned plan(Invoice invoice) {
        Invoice foreseen = invoice.foreseen();
        int waitsFor = waitsFor(invoice);
        List<Document> receipts = opening.play(foreseen, waitsFor);
        List<Document> documents = mapping.documents(foreseen, waitsFor);
        for (Malformed row : foreseen.malformed()) {
            Legible legible = row.legible();
            if (Doubt.of(legible) != Doubt.NONE) {
                sold.unknown(legible.customer(), legible.code(), row.line());
            }
        }
        return new Planned(invoice, waitsFor, receipts, documents);
    }

    private int waitsFor(Invoice invoice) {
        if (!invoice.malformed().isEmpty()) {
            return invoice.malformed().get(0).line();
        }
        return Math.max(opening.waitsFor(invoice), sold.waitsFor(invoice));
    }
}
