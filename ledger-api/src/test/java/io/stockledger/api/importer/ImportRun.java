package io.stockledger.api.importer;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command, run as a person runs it. */
record ImportRun(int exitCode, String out, String err, Path report) {

    /** @param address of the ledger's gRPC port */
    static ImportRun of(Path file, String location, String address, String apiKey) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Path report = file.resolveSibling(location + ".report.csv");
        int exit = new CommandLine(new ImportCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(
                        "online-retail",
                        file.toString(),
                        "--address",
                        address,
                        "--api-key",
                        apiKey,
                        "--location",
                        location,
                        "--report",
                        report.toString());
        return new ImportRun(exit, out.toString(), err.toString(), report);
    }

    ImportRun endsWith(int expectedExit) {
        assertThat(exitCode).as(err + out).isEqualTo(expectedExit);
        return this;
    }

    JsonNode summary() {
        assertThat(out.lines()).hasSize(1);
        return JsonMapper.shared().readTree(out);
    }

    /** What became of each line, by its number: none twice. */
    Map<Integer, String> outcomes() throws IOException {
        Map<Integer, String> outcomes = new TreeMap<>();
        try (CsvReader<NamedCsvRecord> records = CsvReader.builder().ofNamedCsvRecord(report)) {
            for (NamedCsvRecord record : records) {
                String outcome = (record.getField("outcome") + " " + record.getField("reason")).strip();
                assertThat(outcomes.put(Integer.valueOf(record.getField("line")), outcome))
                        .isNull();
            }
        }
        return outcomes;
    }

    List<Integer> reportedLines() throws IOException {
        return List.copyOf(outcomes().keySet());
    }
}
