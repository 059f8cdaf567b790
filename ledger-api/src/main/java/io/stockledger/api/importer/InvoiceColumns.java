package io.stockledger.api.importer;

import io.stockledger.api.importer.Row.InvoiceLine;
import io.stockledger.api.importer.Row.Malformed;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which column holds what, and what each must hold. */
final class InvoiceColumns {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd[ ]['T']HH:mm[:ss]");
    private static final BigDecimal MOST_PIECES = BigDecimal.valueOf(1_000_000_000_000L);
    private static final int MOST_DECIMALS = 6;
    private static final int MOST_DIGITS = 12;
    private static final int LONGEST_INVOICE = 100;
    private static final int LONGEST_CODE = 64;
    private static final int LONGEST_CUSTOMER = 128;

    private final List<String> names;
    private final int invoice;
    private final int code;
    private final int description;
    private final int quantity;
    private final int time;
    private final int price;
    private final int customer;

    /** What a record breaks; the message names the column, the value and what was expected. */
    private static final class Unfit extends Exception {
        private static final long serialVersionUID = 1L;

        Unfit(String column, String value, String expected) {
            super(column + ": '" + value + "' (expected: " + expected + ")", null, false, false);
        }
    }

    private InvoiceColumns(Path file, List<String> names) throws UnreadableFile {
        this.names = names;
        this.invoice = column(file, "InvoiceNo");
        this.code = column(file, "StockCode");
        this.description = column(file, "Description");
        this.quantity = column(file, "Quantity");
        this.time = column(file, "InvoiceDate");
        this.price = column(file, "UnitPrice");
        this.customer = column(file, "CustomerID");
    }

    static InvoiceColumns of(Path file, List<String> header) throws UnreadableFile {
        return new InvoiceColumns(
                file,
                header.stream().map(name -> name.replace("\uFEFF", "").strip()).toList());
    }

    boolean fit(List<String> values) {
        return values.size() == names.size();
    }

    /**
     * @param text the record's first line
     * @param fields empty when the record could not be taken apart
     */
    Row row(int line, String text, Optional<List<String>> fields) {
        if (fields.isEmpty()) {
            return new Malformed(
                    line,
                    upToComma(text),
                    "",
                    "",
                    "not a CSV record (expected: quotes that close, followed by a comma)");
        }
        List<String> values = fields.get();
        if (!fit(values)) {
            return new Malformed(
                    line,
                    value(values, invoice),
                    value(values, code),
                    value(values, quantity),
                    values.size() + " fields (expected: " + names.size() + ")");
        }
        try {
            return new InvoiceLine(
                    line,
                    printable(values, invoice, 1, LONGEST_INVOICE),
                    printable(values, code, 1, LONGEST_CODE).toUpperCase(Locale.ROOT),
                    value(values, description),
                    pieces(values),
                    time(values),
                    price(values),
                    printable(values, customer, 0, LONGEST_CUSTOMER));
        } catch (Unfit e) {
            return new Malformed(
                    line,
                    value(values, invoice),
                    value(values, code),
                    value(values, quantity),
                    String.valueOf(e.getMessage()));
        }
    }

    private int column(Path file, String name) throws UnreadableFile {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(name)) {
                return i;
            }
        }
        throw new UnreadableFile("'" + file + "' begins with " + names + " (expected: a line that names the columns "
                + "InvoiceNo, StockCode, Description, Quantity, InvoiceDate, UnitPrice and CustomerID)");
    }

    private String printable(List<String> values, int column, int shortest, int longest) throws Unfit {
        String value = value(values, column);
        boolean printable = value.chars().noneMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c));
        if (value.length() < shortest || value.length() > longest || !printable) {
            throw new Unfit(names.get(column), value, shortest + " to " + longest + " printable characters");
        }
        return value;
    }

    private long pieces(List<String> values) throws Unfit {
        String text = value(values, quantity);
        try {
            BigDecimal pieces = new BigDecimal(text);
            if (pieces.signum() != 0 && pieces.precision() < 100 && pieces.abs().compareTo(MOST_PIECES) < 0) {
                return pieces.longValueExact();
            }
        } catch (NumberFormatException e) {
            throw new Unfit(names.get(quantity), text, "a whole number");
        } catch (ArithmeticException e) {
            throw new Unfit(names.get(quantity), text, "a whole number of pieces");
        }
        throw new Unfit(names.get(quantity), text, "a whole number, not 0 and below 10^12 either way");
    }

    private BigDecimal price(List<String> values) throws Unfit {
        String text = value(values, price);
        try {
            BigDecimal amount = new BigDecimal(text);
            if (amount.scale() <= MOST_DECIMALS && (long) amount.precision() - amount.scale() <= MOST_DIGITS) {
                return amount;
            }
        } catch (NumberFormatException e) {
            throw new Unfit(names.get(price), text, "a decimal number");
        }
        throw new Unfit(
                names.get(price), text, "at most " + MOST_DIGITS + " digits and " + MOST_DECIMALS + " decimals");
    }

    private LocalDateTime time(List<String> values) throws Unfit {
        String text = value(values, time);
        try {
            return LocalDateTime.parse(text, TIME);
        } catch (DateTimeParseException e) {
            throw new Unfit(names.get(time), text, "for example 2010-12-01 08:26:00");
        }
    }

    private static String value(List<String> values, int column) {
        return column < values.size() ? values.get(column).strip() : "";
    }

    private static String upToComma(String text) {
        int comma = text.indexOf(',');
        return comma < 0 ? "" : text.substring(0, Math.min(comma, LONGEST_INVOICE));
    }
}
