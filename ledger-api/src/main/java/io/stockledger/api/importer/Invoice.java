package io.stockledger.api.importer;

import io.stockledger.api.importer.Row.InvoiceLine;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/** All lines of one invoice, in the file's order. Its time is that of the first line; some invoices have two. */
record Invoice(String number, List<InvoiceLine> lines) {

    /** The shop's: the file has local times. */
    static final ZoneId SHOP_TIME = ZoneId.of("Europe/London");

    Invoice {
        lines = List.copyOf(lines);
    }

    LocalDate day() {
        return lines.get(0).time().toLocalDate();
    }

    Instant time() {
        return lines.get(0).time().atZone(SHOP_TIME).toInstant();
    }

    List<InvoiceLine> lines(Meaning meaning) {
        return lines.stream().filter(line -> Meaning.of(line) == meaning).toList();
    }
}
