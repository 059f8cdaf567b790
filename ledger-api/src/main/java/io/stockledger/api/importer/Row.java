package io.stockledger.api.importer;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

        @Override
        public String quantityText() {
            return Long.toString(quantity);
        }
    }

    /** A record that is no invoice line, and why. */
    record Malformed(int line, String invoice, String code, String quantityText, String message, Legible legible)
            implements Row {

        /** The line as it will be but for what cannot be read, where that is neither goods nor money; else empty. */
        Optional<InvoiceLine> withKnownAmounts() {
            Legible known = legible;
            if (known.invoice() == null
                    || known.code() == null
                    || known.quantity() == null
                    || known.price() == null
                    || known.customer() == null) {
                return Optional.empty();
            }
            return Optional.of(new InvoiceLine(
                    line,
                    known.invoice(),
                    known.code(),
                    known.description() == null ? "" : known.description(),
                    known.quantity(),
                    known.time() == null ? LocalDateTime.MIN : known.time(),
                    known.price(),
                    known.customer()));
        }
    }

    /** A record without anything in it, which is a line of no invoice. */
    record Blank(int line) implements Row {
        @Override
        public String invoice() {
            return "";
        }

        @Override
        public String code() {
            return "";
        }

        @Override
        public String quantityText() {
            return "";
        }
    }

    /**
     * What of a malformed record holds what its column must hold; null where it does not.
     *
     * @param shifted the record has too few or too many fields, so that a code may stand in another field
     */
    record Legible(
            boolean shifted,
            @Nullable String invoice,
            @Nullable String code,
            @Nullable String description,
            @Nullable Long quantity,
            @Nullable LocalDateTime time,
            @Nullable BigDecimal price,
            @Nullable String customer) {

        Legible withoutCode() {
            return new Legible(shifted, invoice, null, description, quantity, time, price, customer);
        }
    }
}
