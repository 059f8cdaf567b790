package io.stockledger.projections.csv;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Writes CSV in which a spreadsheet finds no formula: what would begin one gets an apostrophe before it, which says that
 * it is text. Numbers stay numbers.
 */
public final class SpreadsheetCsv implements Closeable, Flushable {

    /** With the wide forms, which spreadsheets in East Asian languages take too. */
    private static final String FORMULA = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

    private final CsvWriter csv;

    public SpreadsheetCsv(Writer out) {
        csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(out);
    }

    /** @throws UncheckedIOException when it cannot be written */
    public void writeRecord(String... fields) {
        csv.writeRecord(Arrays.stream(fields).map(SpreadsheetCsv::text).toArray(String[]::new));
    }

    @Override
    public void flush() throws IOException {
        csv.flush();
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }

    private static String text(String field) {
        boolean formula = !field.isEmpty()
                && FORMULA.indexOf(field.charAt(0)) >= 0
                && !NUMBER.matcher(field).matches();
        return formula ? "'" + field : field;
    }
}
