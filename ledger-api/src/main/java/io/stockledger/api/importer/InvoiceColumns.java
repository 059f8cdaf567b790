package io.stockledger.api.importer;

import io.stockledger.api.importer.ColumnValues.Unfit;
import io.stockledger.api.importer.Row.Blank;
import io.stockledger.api.importer.Row.InvoiceLine;
import io.stockledger.api.importer.Row.Legible;
import io.stockledger.api.importer.Row.Malformed;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which column holds what, and what a line must be. Fields come as they are in the file, one char for each byte. */
final class InvoiceColumns {

    private static final String EXPECTED = " (expected: a line in UTF-8 that names the columns InvoiceNo, StockCode, "
            + "Description, Quantity, InvoiceDate, UnitPrice and CustomerID, each once, with commas between them)";
    private static final int LONGEST_SHOWN = 100;

    private final List<String> names;
    private final Instant now;
    private final int invoice;
    private final int code;
    private final int description;
    private final int quantity;
    private final int time;
    private final int price;
    private final int customer;

    private InvoiceColumns(Path file, List<String> names, Instant now) throws FileRefused {
        this.names = names;
        this.now = now;
        this.invoice = column(file, "InvoiceNo");
        this.code = column(file, "StockCode");
        this.description = column(file, "Description");
        this.quantity = column(file, "Quantity");
        this.time = column(file, "InvoiceDate");
        this.price = column(file, "UnitPrice");
        this.customer = column(file, "CustomerID");
    }

    /** @param now what happened later is refused */
    static InvoiceColumns of(Path file, List<String> header, Instant now) throws FileRefused {
        List<String> names = new ArrayList<>();
        for (String name : header) {
            try {
                names.add(ColumnValues.text(name).replace("\uFEFF", "").strip());
            } catch (Unfit e) {
                throw new FileRefused("'" + file + "' begins with " + e.getMessage() + EXPECTED);
            }
        }
        return new InvoiceColumns(file, names, now);
    }

    boolean fit(List<String> values) {
        return values.size() == names.size();
    }

    /**
     * @param text the record's first line
     * @param fields empty when the record could not be taken apart
     */
    Row row(int line, String text, Optional<List<String>> fields) {
        if (text.isBlank()) {
            return new Blank(line);
        }
        if (fields.isEmpty()) {
            List<String> beforeTheQuote = List.of(text.split("\"", 2)[0].split(",", -1));
            return new Reading(line, beforeTheQuote)
                    .shifted("not a CSV record (expected: quotes that close, followed by a comma)");
        }
        List<String> values = fields.get();
        if (values.stream().allMatch(String::isBlank)) {
            return new Blank(line);
        }
        Reading reading = new Reading(line, values);
        return fit(values)
                ? reading.row()
                : reading.shifted(values.size() + " fields (expected: " + names.size() + ")");
    }

    private int column(Path file, String name) throws FileRefused {
        int found = -1;
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(name)) {
                if (found >= 0) {
                    found = -1;
                    break;
                }
                found = i;
            }
        }
        if (found < 0) {
            throw new FileRefused("'" + file + "' begins with " + names + EXPECTED);
        }
        return found;
    }

    private interface Meant<T> {
        T read(String text) throws Unfit;
    }

    /** One record. */
    private final class Reading {

        private final int line;
        private final List<String> values;
        private final Set<Integer> unfit = new HashSet<>();
        private @Nullable String trouble;

        Reading(int line, List<String> values) {
            this.line = line;
            this.values = values;
        }

        Row row() {
            @Nullable String ofInvoice = read(invoice, ColumnValues::invoice);
            @Nullable String ofCode = read(code, ColumnValues::code);
            @Nullable String text = read(description, value -> value);
            @Nullable Long pieces = read(quantity, ColumnValues::quantity);
            @Nullable LocalDateTime at = read(time, value -> ColumnValues.time(value, now));
            @Nullable BigDecimal each = read(price, ColumnValues::price);
            @Nullable String buyer = read(customer, ColumnValues::customer);
            for (int i = 0; i < values.size(); i++) {
                read(i, value -> value);
            }
            if (ofInvoice != null
                    && ofCode != null
                    && text != null
                    && pieces != null
                    && at != null
                    && each != null
                    && buyer != null) {
                InvoiceLine whole = new InvoiceLine(line, ofInvoice, ofCode, text, pieces, at, each, buyer);
                @Nullable String contradiction = contradiction(whole);
                if (contradiction == null && trouble == null) {
                    return whole;
                }
                if (contradiction != null) {
                    pieces = unfit.contains(quantity) ? null : pieces;
                    each = unfit.contains(price) ? null : each;
                    trouble = contradiction;
                }
            }
            return malformed(
                    String.valueOf(trouble), new Legible(false, ofInvoice, ofCode, text, pieces, at, each, buyer));
        }

        /** Of fields that may have moved only those before the text, in which stray commas and quotes are. */
        Malformed shifted(String message) {
            @Nullable String ofInvoice = invoice < description ? read(invoice, ColumnValues::invoice) : null;
            @Nullable String ofCode = code < description ? read(code, ColumnValues::code) : null;
            return malformed(message, new Legible(true, ofInvoice, ofCode, null, null, null, null, null));
        }

        /** What no invoice can hold, though each value is one; null: nothing. */
        private @Nullable String contradiction(InvoiceLine whole) {
            Meaning meaning = Meaning.of(whole);
            if (meaning == Meaning.BOOKKEEPING) {
                return null;
            }
            if (whole.price().signum() < 0) {
                return unfit(price, "0 or more");
            }
            boolean takesBack = Invoice.takesBack(whole.invoice());
            if (takesBack && whole.quantity() > 0) {
                return unfit(quantity, "below 0, as the invoice takes back");
            }
            if (!takesBack && meaning == Meaning.SALE && whole.quantity() < 0) {
                return unfit(quantity, "above 0; what comes back stands on an invoice that begins with C");
            }
            return null;
        }

        private String unfit(int column, String expected) {
            unfit.add(column);
            return names.get(column) + ": " + new Unfit(value(column), expected).getMessage();
        }

        private <T> @Nullable T read(int column, Meant<T> meant) {
            try {
                return meant.read(ColumnValues.text(column < values.size() ? values.get(column) : ""));
            } catch (Unfit e) {
                if (trouble == null) {
                    trouble = names.get(column) + ": " + e.getMessage();
                }
                return null;
            }
        }

        private Malformed malformed(String message, Legible legible) {
            return new Malformed(line, value(invoice), value(code), value(quantity), message, legible);
        }

        /** As far as it can be shown. */
        private String value(int column) {
            String value = column < values.size() ? values.get(column) : "";
            try {
                value = ColumnValues.text(value);
            } catch (Unfit e) {
                value = value.strip();
            }
            return value.substring(0, Math.min(value.length(), LONGEST_SHOWN));
        }
    }
}
