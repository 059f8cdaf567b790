package io.stockledger.projections.drift;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.stockledger.document.Check;
import io.stockledger.document.InvalidCommand;
import io.stockledger.projections.csv.StrictText.UnreadableText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a snapshot: a header with {@code location}, {@code sku}, {@code quantity} in any order, and one line for each
 * item at each location. A column {@code taken_at} may give the instant, the same in every line. What parts the columns is
 * seen from the header. Strict: a file with any error is no snapshot.
 */
final class SnapshotCsv {

    static final int MOST_LINES = 500_000;
    static final int MOST_ERRORS = 100;

    private static final List<String> REQUIRED = List.of("location", "sku", "quantity");
    private static final String TAKEN_AT = "taken_at";
    private static final Set<String> KNOWN = Set.of("location", "sku", "quantity", TAKEN_AT);

    /** Also what spreadsheets write where a comma is the decimal sign. */
    private static final String SEPARATORS = ",;\t|";

    /** A line before the header, by which Excel is told the separator. */
    private static final String SEPARATOR_SAID = "sep=";

    private static final int LONGEST_HEADER = 1_000;
    private static final Pattern PLAIN_NUMBER = Pattern.compile("-?[0-9]{1,20}(\\.[0-9]{1,20})?");
    private static final int DECIMALS = 3;
    private static final BigDecimal LIMIT = BigDecimal.valueOf(1_000_000_000_000L);
    private static final int LONGEST_FIELD = 200;

    private final List<LineError> errors = new ArrayList<>();
    private final List<SnapshotLine> lines = new ArrayList<>();
    private final Map<SnapshotLine.Key, Long> seen = new HashMap<>();
    private final Map<String, Integer> columns = new HashMap<>();
    private @Nullable Instant takenAt;

    private SnapshotCsv(@Nullable Instant takenAt) {
        this.takenAt = takenAt == null ? null : takenAt.truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * @param takenAt the snapshot's instant; null: the file says
     * @throws IOException when the source cannot be read
     */
    static SnapshotCsv read(Reader source, @Nullable Instant takenAt) throws IOException {
        SnapshotCsv csv = new SnapshotCsv(takenAt);
        try {
            csv.read(new BufferedReader(source));
        } catch (UnreadableText e) {
            csv.error(e.line(), "", String.valueOf(e.getMessage()));
        }
        return csv;
    }

    private void read(BufferedReader text) throws IOException {
        long line = 1;
        try (CsvReader<CsvRecord> records = CsvReader.builder()
                .fieldSeparator(separator(text))
                .skipEmptyLines(true)
                .allowMissingFields(true)
                .allowExtraFields(true)
                .ofCsvRecord(text)) {
            for (CsvRecord row : records) {
                line = row.getStartingLineNumber();
                if (!columns.isEmpty()) {
                    line(row);
                } else if (!row.getField(0).equalsIgnoreCase(SEPARATOR_SAID)) {
                    header(row);
                }
                if (!errors.isEmpty() && (columns.isEmpty() || errors.size() >= MOST_ERRORS)) {
                    break;
                }
            }
        } catch (CsvParseException e) {
            error(line, "", "after this line: " + reason(e));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (errors.isEmpty() && lines.isEmpty()) {
            error(line, "", "no lines (expected: a header and at least one)");
        }
    }

    /** What the first line says, or what stands first in the header; no column's name has any of them. */
    private static char separator(BufferedReader text) throws IOException {
        char[] begin = new char[LONGEST_HEADER];
        text.mark(LONGEST_HEADER);
        int read = text.read(begin);
        text.reset();
        String header = String.valueOf(begin, 0, Math.max(read, 0))
                .lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse("");
        return (char) header.chars()
                .filter(c -> SEPARATORS.indexOf(c) >= 0)
                .findFirst()
                .orElse(',');
    }

    List<LineError> errors() {
        return errors;
    }

    List<SnapshotLine> lines() {
        return lines;
    }

    /** Only when there are no errors. */
    Instant takenAt() {
        if (takenAt == null) {
            throw new IllegalStateException("takenAt: none (expected: one, or an error)");
        }
        return takenAt;
    }

    /** Where a line stands in the file, from 1. */
    long numberOf(SnapshotLine line) {
        return Objects.requireNonNull(seen.get(line.key()));
    }

    private void header(CsvRecord row) {
        Map<String, Integer> found = new HashMap<>();
        for (int i = 0; i < row.getFieldCount(); i++) {
            String name = row.getField(i).strip().toLowerCase(Locale.ROOT);
            if (!KNOWN.contains(name)) {
                error(
                        row.getStartingLineNumber(),
                        "",
                        "column '" + shortened(name)
                                + "' (expected: location, sku and quantity with commas or semicolons between them, and"
                                + " taken_at if it is not given otherwise)");
            } else if (found.put(name, i) != null) {
                error(row.getStartingLineNumber(), name, "twice in the header (expected: once)");
            }
        }
        for (String required : REQUIRED) {
            if (!found.containsKey(required)) {
                error(
                        row.getStartingLineNumber(),
                        required,
                        "not in the header (expected: location, sku and quantity)");
            }
        }
        if (takenAt == null && !found.containsKey(TAKEN_AT)) {
            error(row.getStartingLineNumber(), TAKEN_AT, "nowhere (expected: as a column, or beside the file)");
        }
        if (errors.isEmpty()) {
            columns.putAll(found);
        }
    }

    private void line(CsvRecord row) {
        long line = row.getStartingLineNumber();
        if (lines.size() == MOST_LINES) {
            error(line, "", "more than " + MOST_LINES + " lines (expected: at most so many)");
            return;
        }
        if (row.getFieldCount() != columns.size()) {
            error(
                    line,
                    "",
                    row.getFieldCount() + " fields (expected: " + columns.size()
                            + ", as in the header; a number has no comma)");
            return;
        }
        int before = errors.size();
        String location = field(row, "location");
        String sku = field(row, "sku");
        checked(line, "location", () -> Check.code("location", location));
        checked(line, "sku", () -> Check.sku("sku", sku));
        BigDecimal quantity = quantity(line, field(row, "quantity"));
        if (columns.containsKey(TAKEN_AT)) {
            takenAt(line, field(row, TAKEN_AT));
        }
        if (errors.size() > before || quantity == null) {
            return;
        }
        SnapshotLine read = new SnapshotLine(location, sku, quantity);
        Long first = seen.putIfAbsent(read.key(), line);
        if (first != null) {
            error(
                    line,
                    "sku",
                    "'" + sku + "' at '" + location + "' again (expected: once, and line " + first + " has it)");
            return;
        }
        lines.add(read);
    }

    private @Nullable BigDecimal quantity(long line, String text) {
        if (PLAIN_NUMBER.matcher(text).matches()) {
            BigDecimal quantity = new BigDecimal(text);
            if (quantity.abs().compareTo(LIMIT) < 0
                    && quantity.stripTrailingZeros().scale() <= DECIMALS) {
                return quantity;
            }
        }
        error(
                line,
                "quantity",
                "'" + shortened(text) + "' (expected: a number such as 12 or -3.5, with a point before at most "
                        + DECIMALS + " decimals and nothing between thousands, below " + LIMIT.toPlainString() + ")");
        return null;
    }

    private void takenAt(long line, String text) {
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
            if (takenAt == null) {
                takenAt = instant;
            } else if (!takenAt.equals(instant)) {
                error(line, TAKEN_AT, instant + " (expected: " + takenAt + ", one instant for the whole snapshot)");
            }
        } catch (DateTimeException e) {
            error(line, TAKEN_AT, "'" + shortened(text) + "' (expected: such as 2026-03-01T22:00:00Z)");
        }
    }

    private void checked(long line, String field, Runnable check) {
        try {
            check.run();
        } catch (InvalidCommand e) {
            error(line, field, shortened(String.valueOf(e.getMessage())));
        }
    }

    private String field(CsvRecord row, String column) {
        Integer place = columns.get(column);
        if (place == null) {
            throw new IllegalStateException("column " + column + " (expected: one of " + columns.keySet() + ")");
        }
        return row.getField(place);
    }

    private void error(long line, String field, String message) {
        errors.add(new LineError(line, field, message));
    }

    private static String reason(CsvParseException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return shortened(String.valueOf(cause.getMessage()));
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_FIELD ? text : text.substring(0, LONGEST_FIELD) + "…";
    }
}
