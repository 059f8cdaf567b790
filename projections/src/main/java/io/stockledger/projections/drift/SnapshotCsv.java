package io.stockledger.projections.drift;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.stockledger.document.Check;
import io.stockledger.document.InvalidCommand;
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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a snapshot: a header with {@code location}, {@code sku}, {@code quantity} in any order, and one line for each
 * item at each location. A column {@code taken_at} may give the instant, the same in every line. Strict: a file with
 * any error is no snapshot.
 */
final class SnapshotCsv {

    static final int MOST_LINES = 500_000;
    static final int MOST_ERRORS = 100;

    private static final List<String> REQUIRED = List.of("location", "sku", "quantity");
    private static final String TAKEN_AT = "taken_at";
    private static final Set<String> KNOWN = Set.of("location", "sku", "quantity", TAKEN_AT);
    private static final int DECIMALS = 3;
    private static final BigDecimal LIMIT = BigDecimal.valueOf(1_000_000_000_000L);
    private static final int LONGEST_FIELD = 200;

    private final List<LineError> errors = new ArrayList<>();
    private final List<SnapshotLine> lines = new ArrayList<>();
    private final Map<SnapshotLine, Long> seen = new HashMap<>();
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
        long line = 1;
        try (CsvReader<CsvRecord> records = CsvReader.builder()
                .skipEmptyLines(true)
                .allowMissingFields(true)
                .allowExtraFields(true)
                .ofCsvRecord(source)) {
            for (CsvRecord row : records) {
                line = row.getStartingLineNumber();
                if (csv.columns.isEmpty()) {
                    csv.header(row);
                } else if (csv.lines.size() == MOST_LINES) {
                    csv.error(line, "", "more than " + MOST_LINES + " lines (expected: at most so many)");
                } else {
                    csv.line(row);
                }
                if (csv.columns.isEmpty() || csv.errors.size() >= MOST_ERRORS) {
                    break;
                }
            }
        } catch (CsvParseException e) {
            csv.error(line, "", "after this line: " + reason(e));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        csv.finish(line);
        return csv;
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

    private void header(CsvRecord row) {
        Map<String, Integer> found = new HashMap<>();
        for (int i = 0; i < row.getFieldCount(); i++) {
            String name = row.getField(i).strip().replace("\uFEFF", "").toLowerCase(Locale.ROOT);
            if (!KNOWN.contains(name)) {
                error(
                        row.getStartingLineNumber(),
                        "",
                        "column '" + shortened(name) + "' (expected: " + REQUIRED
                                + ", and taken_at if it is not given otherwise)");
            } else if (found.put(name, i) != null) {
                error(row.getStartingLineNumber(), name, "twice in the header (expected: once)");
            }
        }
        for (String required : REQUIRED) {
            if (!found.containsKey(required)) {
                error(row.getStartingLineNumber(), required, "not in the header (expected: " + REQUIRED + ")");
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
        if (row.getFieldCount() != columns.size()) {
            error(line, "", row.getFieldCount() + " fields (expected: " + columns.size() + ", as in the header)");
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
        Long first = seen.putIfAbsent(new SnapshotLine(location, sku, BigDecimal.ZERO), line);
        if (first != null) {
            error(
                    line,
                    "sku",
                    "'" + sku + "' at '" + location + "' again (expected: once, and line " + first + " has it)");
            return;
        }
        lines.add(new SnapshotLine(location, sku, quantity));
    }

    private void finish(long lastLine) {
        if (errors.isEmpty() && lines.isEmpty()) {
            error(lastLine, "", "no lines (expected: a header and at least one)");
        }
    }

    private @Nullable BigDecimal quantity(long line, String text) {
        try {
            // Bounds the work that an exponent of a billion would make.
            if (text.length() <= 40) {
                BigDecimal quantity = new BigDecimal(text);
                boolean small = quantity.precision() - (long) quantity.scale() <= 13
                        && quantity.abs().compareTo(LIMIT) < 0;
                if (small
                        && (quantity.scale() <= DECIMALS
                                || quantity.stripTrailingZeros().scale() <= DECIMALS)) {
                    return quantity;
                }
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        error(
                line,
                "quantity",
                "'" + shortened(text) + "' (expected: a decimal number such as 12 or -3.5, below "
                        + LIMIT.toPlainString() + ", at most " + DECIMALS + " decimals)");
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
