package io.stockledger.api.importer;

import io.stockledger.api.client.Verdict;
import io.stockledger.api.importer.Row.InvoiceLine;
import io.stockledger.projections.csv.SpreadsheetCsv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes what became of every line of the file: one record each, as soon as all documents in which the line stands
 * are settled. A line counts as a fact only when all of them were accepted. What waits is not sent before the file is
 * mended.
 */
final class ImportReport implements AutoCloseable {

    private static final String ACCEPTED = "accepted";
    private static final String REPEATED = "repeated";
    private static final String REFUSED = "refused";
    private static final String WAITS = "waits";

    private final SpreadsheetCsv csv;
    private final Map<Integer, Pending> pending = new HashMap<>();
    private final SortedMap<String, Integer> refusedByReason = new TreeMap<>();
    private int accepted;
    private int refused;
    private int waiting;

    private static final class Pending {
        private int documents;
        private final List<String> acceptedAs = new ArrayList<>();
        private boolean repeated = true;
        private Verdict.@Nullable Refused refusal;
        private String refusedAs = "";
    }

    ImportReport(Path file) throws IOException {
        csv = new SpreadsheetCsv(Files.newBufferedWriter(file));
        csv.writeRecord("line", "invoice", "code", "quantity", "outcome", "document", "reason", "message");
    }

    /** Must be told of all of an invoice's documents before the first of them is settled. */
    synchronized void expect(List<Document> documents) {
        for (Document document : documents) {
            for (InvoiceLine line : document.lines()) {
                pending.computeIfAbsent(line.line(), number -> new Pending()).documents++;
            }
        }
    }

    /** @return how many lines are done with it */
    synchronized int settled(Document document, Verdict verdict) {
        int done = 0;
        for (InvoiceLine line : document.lines()) {
            Pending of = pending.get(line.line());
            if (of == null) {
                throw new IllegalStateException("line " + line.line() + " was settled more often than expected");
            }
            if (verdict instanceof Verdict.Taken taken) {
                of.acceptedAs.add(document.name());
                of.repeated &= taken.answer().getRepeated();
            } else if (verdict instanceof Verdict.Refused refusal && of.refusal == null) {
                of.refusal = refusal;
                of.refusedAs = document.name();
            }
            if (--of.documents == 0) {
                pending.remove(line.line());
                write(line, of);
                done++;
            }
        }
        return done;
    }

    /** A line that is refused here, without asking the ledger. */
    synchronized void refused(Row row, String reason, String message) {
        refused++;
        refusedByReason.merge(reason, 1, Integer::sum);
        record(row, REFUSED, "", reason, message);
    }

    /** A line that can be read and is not sent, because of one that cannot. */
    synchronized void waits(Row row, int forLine) {
        waiting++;
        record(
                row,
                WAITS,
                "",
                "WAITS_FOR_LINE",
                "Depends on line " + forLine + ", which cannot be read (expected: a file in which it is mended).");
    }

    /** Whether every line of the file is a fact. */
    synchronized boolean isAllAccepted() {
        return refused == 0 && waiting == 0;
    }

    synchronized int waitingLines() {
        return waiting;
    }

    synchronized int acceptedLines() {
        return accepted;
    }

    synchronized int refusedLines() {
        return refused;
    }

    synchronized SortedMap<String, Integer> refusedByReason() {
        return new TreeMap<>(refusedByReason);
    }

    @Override
    public synchronized void close() throws IOException {
        csv.close();
    }

    private void write(InvoiceLine line, Pending of) {
        String documents = String.join(" ", of.acceptedAs);
        if (of.refusal == null) {
            accepted++;
            record(line, of.repeated ? REPEATED : ACCEPTED, documents, "", "");
            return;
        }
        refused++;
        refusedByReason.merge(of.refusal.reason(), 1, Integer::sum);
        String rest = of.acceptedAs.isEmpty() ? "" : " The rest of the line was accepted as " + documents + ".";
        record(line, REFUSED, of.refusedAs, of.refusal.reason(), of.refusal.message() + rest);
    }

    private void record(Row row, String outcome, String document, String reason, String message) {
        csv.writeRecord(
                Integer.toString(row.line()),
                row.invoice(),
                row.code(),
                row.quantityText(),
                outcome,
                document,
                reason,
                message);
    }
}
