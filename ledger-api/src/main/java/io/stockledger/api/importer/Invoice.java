package io.stockledger.api.importer;

import io.stockledger.api.importer.Row.InvoiceLine;
import io.stockledger.api.importer.Row.Malformed;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * All lines of one invoice, in the file's order. Its time is that of the first line; some invoices have two.
 *
 * @param malformed its lines that cannot be read; with any, nothing of the invoice is booked
 */
record Invoice(String number, List<InvoiceLine> lines, List<Malformed> malformed) {

    /** The shop's: the file has local times. */
    static final ZoneId SHOP_TIME = ZoneId.of("Europe/London");

    private static final String CANCELLATION = "C";

    Invoice {
        lines = List.copyOf(lines);
        malformed = List.copyOf(malformed);
    }

    /** Whether an invoice with that number takes goods and money back. */
    static boolean takesBack(String number) {
        return number.startsWith(CANCELLATION);
    }

    boolean takesBack() {
        return takesBack(number);
    }

    Instant time() {
        return lines.get(0).time().atZone(SHOP_TIME).toInstant();
    }

    /** The invoice as far as it is known what it will be once it is mended; left malformed is what may yet be anything. */
    Invoice foreseen() {
        List<InvoiceLine> known = new ArrayList<>(lines);
        List<Malformed> unknown = new ArrayList<>();
        for (Malformed line : malformed) {
            line.withKnownAmounts().ifPresentOrElse(known::add, () -> unknown.add(line));
        }
        known.sort(Comparator.comparingInt(InvoiceLine::line));
        return new Invoice(number, known, unknown);
    }

    List<InvoiceLine> lines(Meaning meaning) {
        return lines.stream().filter(line -> Meaning.of(line) == meaning).toList();
    }
}
