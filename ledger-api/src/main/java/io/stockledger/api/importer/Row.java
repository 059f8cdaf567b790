package io.stockledger.api.importer;

import java.math.BigDecimal;
import java.time.LocalDateTime;

/** One record of the file. */
sealed interface Row {

    /** The line of the file on which the record begins; the header is line 1. */
    int line();

    /** The invoice as the file has it; of a malformed record whatever could be read. */
    String invoice();

    String code();

    String quantityText();

    /**
     * A line of an invoice.
     *
     * @param code trimmed and in upper case, because the file has both {@code 15056BL} and {@code 15056bl}
     * @param quantity never 0; below 0 for what comes back or was removed
     * @param time local time of the shop
     * @param customer empty where the file has none
     */
    record InvoiceLine(
            int line,
            String invoice,
            String code,
            String description,
            long quantity,
            LocalDateTime time,
            BigDecimal price,
            String customer)
            implements Row {

        boolean isFree() {
            return price.signum() == 0;
        }

        boolean isCancellation() {
            return invoice.startsWith("C");
        }

        @Override
        public String quantityText() {
            return Long.toString(quantity);
        }
    }

    /** A record that is no invoice line, and why. */
    record Malformed(int line, String invoice, String code, String quantityText, String message) implements Row {}
}
