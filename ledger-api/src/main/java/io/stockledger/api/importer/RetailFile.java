package io.stockledger.api.importer;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of invoice lines, plain or gzipped, record by record. A record that cannot be read is told as such
 * and costs no other: each is parsed by itself, so that an unclosed quote does not swallow the rest of the file.
 */
final class RetailFile implements AutoCloseable {

    private static final int GZIP_MAGIC = 0x8b1f;
    /** A quoted field may hold line breaks; more of them than this, and the quote was never closed. */
    private static final int MOST_LINES_PER_RECORD = 5;

    private final BufferedReader text;
    private final InvoiceColumns columns;
    private final Deque<String> putBack = new ArrayDeque<>();
    private int line = 1;

    private RetailFile(BufferedReader text, InvoiceColumns columns) {
        this.text = text;
        this.columns = columns;
    }

    /**
     * @param now what happened later is refused
     * @throws FileRefused when the file cannot be opened, or its first line does not name the columns
     */
    static RetailFile open(Path path, Instant now) throws IOException {
        // One char for each byte, so that a byte that is not UTF-8 is told with its line and column.
        BufferedReader text =
                new BufferedReader(new InputStreamReader(decompressed(path), StandardCharsets.ISO_8859_1));
        try {
            String header = text.readLine();
            List<String> names = header == null ? List.of() : parsed(header).orElse(List.of());
            return new RetailFile(text, InvoiceColumns.of(path, names, now));
        } catch (IOException | RuntimeException e) {
            text.close();
            throw e;
        }
    }

    /** The next record; null at the end. */
    @Nullable Row next() throws IOException {
        String first = nextLine();
        if (first == null) {
            return null;
        }
        int number = line;
        Optional<List<String>> fields = parsed(first);
        if (hasOddQuotes(first) && !fields.map(columns::fit).orElse(false)) {
            fields = withFollowingLines(first);
        }
        return columns.row(number, first, fields);
    }

    @Override
    public void close() throws IOException {
        text.close();
    }

    private @Nullable String nextLine() throws IOException {
        String next = putBack.isEmpty() ? text.readLine() : putBack.removeFirst();
        if (next != null) {
            line++;
        }
        return next;
    }

    /** Empty when no record begins with that line; then the lines after it stand for themselves. */
    private Optional<List<String>> withFollowingLines(String first) throws IOException {
        Deque<String> more = new ArrayDeque<>();
        String record = first;
        for (int i = 1; i < MOST_LINES_PER_RECORD; i++) {
            String following = nextLine();
            if (following == null) {
                break;
            }
            more.addLast(following);
            record = record + "\n" + following;
            if (!hasOddQuotes(record)) {
                Optional<List<String>> fields = parsed(record);
                if (fields.map(columns::fit).orElse(false)) {
                    return fields;
                }
            }
        }
        while (!more.isEmpty()) {
            putBack.addFirst(more.removeLast());
            line--;
        }
        return Optional.empty();
    }

    private static boolean hasOddQuotes(String record) {
        return record.chars().filter(c -> c == '"').count() % 2 == 1;
    }

    /** The fields of one record; empty when it is none. */
    private static Optional<List<String>> parsed(String record) {
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .skipEmptyLines(false)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .ofCsvRecord(record)) {
            List<CsvRecord> records = reader.stream().toList();
            return records.size() == 1 ? Optional.of(records.get(0).getFields()) : Optional.empty();
        } catch (CsvParseException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static InputStream decompressed(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new FileRefused("'" + path + "' is not a file (expected: a .csv or .csv.gz file)");
        }
        BufferedInputStream bytes = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
        bytes.mark(2);
        int magic = bytes.read() | bytes.read() << 8;
        bytes.reset();
        return magic == GZIP_MAGIC ? new GZIPInputStream(bytes, 1 << 16) : bytes;
    }
}
