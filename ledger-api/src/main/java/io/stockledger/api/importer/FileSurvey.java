package io.stockledger.api.importer;

import io.stockledger.api.importer.Row.InvoiceLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What has to be known of the whole file before its first invoice is sent. */
final class FileSurvey {

    private static final int LONGEST_NAME = 200;

    private final Path file;
    private final Map<String, Integer> linesPerInvoice = new HashMap<>();
    private final SortedMap<String, String> names = new TreeMap<>();
    private @Nullable InvoiceLine first;
    private int rows;

    private FileSurvey(Path file) {
        this.file = file;
    }

    /** Reads the file once. */
    static FileSurvey of(Path file) throws IOException {
        FileSurvey survey = new FileSurvey(file);
        try (RetailFile lines = RetailFile.open(file)) {
            for (Row row = lines.next(); row != null; row = lines.next()) {
                survey.rows++;
                if (row instanceof InvoiceLine line) {
                    survey.note(line);
                }
            }
        }
        return survey;
    }

    /** Records in the file, malformed ones included. */
    int rows() {
        return rows;
    }

    /** Each SKU with the item's name: the first description under which it was sold, else the SKU. */
    SortedMap<String, String> items() {
        SortedMap<String, String> items = new TreeMap<>(names);
        items.replaceAll((sku, name) -> name.isEmpty() ? sku : name);
        return items;
    }

    /** The first line that could be read; empty when there is none. */
    Optional<InvoiceLine> first() {
        return Optional.ofNullable(first);
    }

    /**
     * Reads the file again, and gives each invoice when its last line was read. The lines of one invoice are not
     * always together.
     */
    void forEachInvoice(InvoiceVisitor visitor) throws IOException, InterruptedException {
        Map<String, List<InvoiceLine>> open = new HashMap<>();
        try (RetailFile lines = RetailFile.open(file)) {
            for (Row row = lines.next(); row != null; row = lines.next()) {
                if (!(row instanceof InvoiceLine line)) {
                    visitor.malformed((Row.Malformed) row);
                    continue;
                }
                List<InvoiceLine> invoice = open.computeIfAbsent(line.invoice(), number -> new ArrayList<>());
                invoice.add(line);
                if (invoice.size() == linesPerInvoice.getOrDefault(line.invoice(), 0)) {
                    open.remove(line.invoice());
                    visitor.invoice(new Invoice(line.invoice(), invoice));
                }
            }
        }
        if (!open.isEmpty()) {
            throw new UnreadableFile("'" + file + "' changed while it was read");
        }
    }

    /** Takes what the file holds, in its order. */
    interface InvoiceVisitor {
        void invoice(Invoice invoice) throws InterruptedException;

        void malformed(Row.Malformed row);

        /** Takes the invoices alone. */
        static InvoiceVisitor of(Consumer<Invoice> invoices) {
            return new InvoiceVisitor() {
                @Override
                public void invoice(Invoice invoice) {
                    invoices.accept(invoice);
                }

                @Override
                public void malformed(Row.Malformed row) {}
            };
        }
    }

    private void note(InvoiceLine line) {
        if (first == null) {
            first = line;
        }
        linesPerInvoice.merge(line.invoice(), 1, Integer::sum);
        Meaning meaning = Meaning.of(line);
        if (!meaning.movesGoods()) {
            return;
        }
        // The text of an adjustment is its reason ("damaged"), not the item's name.
        String name = meaning == Meaning.ADJUSTMENT ? "" : name(line.description());
        String known = names.putIfAbsent(line.code(), name);
        if (known != null && known.isEmpty() && !name.isEmpty()) {
            names.put(line.code(), name);
        }
    }

    private static String name(String description) {
        StringBuilder name = new StringBuilder();
        description
                .chars()
                .filter(c -> !Character.isISOControl(c) && !Character.isSurrogate((char) c))
                .forEach(c -> name.append((char) c));
        return name.substring(0, Math.min(name.length(), LONGEST_NAME)).strip();
    }
}
