package io.stockledger.api.importer;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Reads what an import wrote about each line. */
final class RetailReport implements AutoCloseable {

    private final CsvReader<NamedCsvRecord> records;

    RetailReport(Path file) throws IOException {
        records = CsvReader.builder().ofNamedCsvRecord(file);
    }

    List<Integer> lineNumbers() {
        return records.stream()
                .map(record -> Integer.valueOf(record.getField("line")))
                .sorted()
                .toList();
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
