package io.stockledger.api.importer;

import io.stockledger.api.importer.Row.Blank;
import io.stockledger.api.importer.Row.InvoiceLine;
import io.stockledger.api.importer.Row.Legible;
import io.stockledger.api.importer.Row.Malformed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What has to be known of the whole file before its first invoice is sent. */
final class FileSurvey {

    private final Path file;
    private final Instant now = Instant.now();
    private final Map<String, Integer> linesPerInvoice = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private final Set<String> codes = new HashSet<>();
    private @Nullable LocalDate firstDay;
    private @Nullable Malformed homeless;
    private int homelessLines;
    private int rows;

    private FileSurvey(Path file) {
        this.file = file;
    }

    /**
     * Reads the file once.
     *
     * @throws FileRefused when it is not one of invoice lines, or when a line does not even tell which invoice lacks it
     */
    static FileSurvey of(Path file) throws FileRefused {
        FileSurvey survey = new FileSurvey(file);
        try (RetailFile lines = RetailFile.open(file, survey.now)) {
            for (Row row = lines.next(); row != null; row = lines.next()) {
                survey.rows++;
                survey.note(row);
            }
        } catch (FileRefused e) {
            throw e;
        } catch (IOException e) {
            throw new FileRefused("'" + file + "' cannot be read: " + e.getMessage());
        }
        if (survey.homeless != null) {
            throw survey.refused(
                    survey.homeless,
                    "; nobody can tell which invoice lacks it"
                            + (survey.homelessLines == 1 ? "" : ", nor of " + (survey.homelessLines - 1) + " more"));
        }
        return survey;
    }

    /** Records in the file, malformed ones included. */
    int rows() {
        return rows;
    }

    /** The item's name: the first description under which it was sold, else the SKU. */
    String name(String sku) {
        String name = names.getOrDefault(sku, "");
        return name.isEmpty() ? sku : name;
    }

    /** The day of the first line; empty when there is none. */
    Optional<LocalDate> firstDay() {
        return Optional.ofNullable(firstDay);
    }

    /**
     * Reads the file again, and gives each invoice when its last line was read. The lines of one invoice are not
     * always together.
     */
    void forEachInvoice(InvoiceVisitor visitor) throws IOException, InterruptedException {
        Map<String, Gathered> open = new HashMap<>();
        try (RetailFile lines = RetailFile.open(file, now)) {
            for (Row row = lines.next(); row != null; row = lines.next()) {
                if (row instanceof Blank blank) {
                    visitor.blank(blank);
                    continue;
                }
                String number = numberOf(row);
                Gathered invoice = open.computeIfAbsent(number, key -> new Gathered());
                if (row instanceof InvoiceLine line) {
                    invoice.lines.add(line);
                } else if (row instanceof Malformed malformed) {
                    invoice.malformed.add(withCertainCode(malformed));
                }
                if (invoice.size() == linesPerInvoice.getOrDefault(number, 0)) {
                    open.remove(number);
                    visitor.invoice(new Invoice(number, invoice.lines, invoice.malformed));
                }
            }
        }
        if (!open.isEmpty()) {
            throw new IOException("'" + file + "' changed while it was read");
        }
    }

    /** Takes what the file holds, in its order. */
    interface InvoiceVisitor {
        void invoice(Invoice invoice) throws InterruptedException;

        default void blank(Blank row) {}
    }

    private static final class Gathered {
        private final List<InvoiceLine> lines = new ArrayList<>();
        private final List<Malformed> malformed = new ArrayList<>();

        private int size() {
            return lines.size() + malformed.size();
        }
    }

    private void note(Row row) throws FileRefused {
        if (row instanceof Blank) {
            return;
        }
        if (firstDay == null) {
            firstDay = dayOf(row);
        }
        if (row instanceof Malformed malformed) {
            Legible legible = malformed.legible();
            if (legible.invoice() == null) {
                homeless = homeless == null ? malformed : homeless;
                homelessLines++;
                return;
            }
            if (legible.code() != null && legible.description() != null && Doubt.of(legible) == Doubt.SOLD) {
                noteName(legible.code(), FreeText.name(legible.description()));
            }
        }
        linesPerInvoice.merge(numberOf(row), 1, Integer::sum);
        if (row instanceof InvoiceLine line) {
            codes.add(line.code());
            Meaning meaning = Meaning.of(line);
            if (meaning.movesGoods()) {
                // The text of an adjustment is its reason ("damaged"), not the item's name.
                noteName(line.code(), meaning == Meaning.ADJUSTMENT ? "" : FreeText.name(line.description()));
            }
        }
    }

    private void noteName(String code, String name) {
        names.merge(code, name, (known, other) -> known.isEmpty() ? other : known);
    }

    /** Everything else is dated by the file's first line. */
    private LocalDate dayOf(Row row) throws FileRefused {
        if (row instanceof InvoiceLine line) {
            return line.time().toLocalDate();
        }
        Malformed malformed = (Malformed) row;
        @Nullable LocalDateTime time = malformed.legible().time();
        if (time == null) {
            throw refused(malformed, "; the first line has to tell when the file begins");
        }
        return time.toLocalDate();
    }

    private FileRefused refused(Malformed row, String why) {
        return new FileRefused("'" + file + "', line " + row.line() + ": " + row.message() + why);
    }

    /** The file's invoices all have one, or the survey would have refused it. */
    private static String numberOf(Row row) {
        return row instanceof Malformed malformed
                ? String.valueOf(malformed.legible().invoice())
                : row.invoice();
    }

    /** Half of a code that holds a comma looks like a code, but no other line has it. */
    private Malformed withCertainCode(Malformed row) {
        Legible legible = row.legible();
        return legible.shifted() && legible.code() != null && !codes.contains(legible.code())
                ? new Malformed(
                        row.line(), row.invoice(), row.code(), row.quantityText(), row.message(), legible.withoutCode())
                : row;
    }
}
