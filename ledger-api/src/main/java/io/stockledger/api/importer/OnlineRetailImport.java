package io.stockledger.api.importer;

import io.stockledger.api.client.CommandPipeline;
import io.stockledger.api.client.Connection;
import io.stockledger.api.client.LedgerUnreachable;
import io.stockledger.api.client.Ordering;
import io.stockledger.api.client.Progress;
import io.stockledger.api.client.Verdict;
import io.stockledger.api.importer.Document.Kind;
import io.stockledger.api.importer.Row.InvoiceLine;
import io.stockledger.v1.Command;
import io.stockledger.v1.LocationKind;
import io.stockledger.v1.OpenLocation;
import io.stockledger.v1.RegisterItem;
import io.stockledger.v1.Unit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Sends a file of the UCI "Online Retail" data set to a ledger: the location, the items and the stock that must have
 * been there first, then every invoice in the file's order.
 */
final class OnlineRetailImport {

    private static final int MOST_UNDER_WAY = 512;
    private static final String SHOP = "Online Retail";

    private final Connection connection;
    private final String location;
    private final Progress progress;
    private final Duration patience;

    OnlineRetailImport(Connection connection, String location, Progress progress, Duration patience) {
        this.connection = connection;
        this.location = location;
        this.progress = progress;
        this.patience = patience;
    }

    /**
     * @param report is written, and replaced when it exists
     * @return the summary, one line of JSON
     * @throws UnreadableFile when the file is not one of invoice lines
     * @throws LedgerUnreachable when the ledger took no commands for too long; the run may be started again
     */
    String run(Path file, Path report) throws IOException, InterruptedException {
        long started = System.nanoTime();
        progress.begin("reading", 0, "lines");
        FileSurvey survey = FileSurvey.of(file);
        OpeningStock opening = new OpeningStock();
        survey.forEachInvoice(FileSurvey.InvoiceVisitor.of(opening::play));
        progress.end(survey.rows());
        ImportSummary summary = new ImportSummary();
        try (ImportReport lines = new ImportReport(report);
                CommandPipeline pipeline = new CommandPipeline(connection, MOST_UNDER_WAY, patience)) {
            if (survey.first().isPresent()) {
                setUp(survey, opening, survey.first().get(), summary, pipeline);
            }
            progress.begin("importing", survey.rows(), "lines");
            survey.forEachInvoice(new Sender(pipeline, lines, summary));
            pipeline.settle();
            progress.end();
            Duration took = Duration.ofNanos(System.nanoTime() - started);
            return summary.json(survey.rows(), lines, pipeline.resent(), took);
        }
    }

    /** Each step waits for the one before: a receipt needs its items, a sale its receipts. */
    private void setUp(
            FileSurvey survey, OpeningStock opening, InvoiceLine first, ImportSummary summary, CommandPipeline pipeline)
            throws InterruptedException {
        Map<String, String> items = survey.items();
        List<Document> receipts = opening.receipts(location, first);
        progress.begin("setting up", 1L + items.size() + receipts.size(), "documents");
        sendSetUp(openLocation(), summary, pipeline);
        pipeline.settle();
        for (Map.Entry<String, String> item : items.entrySet()) {
            sendSetUp(registerItem(item.getKey(), item.getValue()), summary, pipeline);
        }
        pipeline.settle();
        for (Document receipt : receipts) {
            sendSetUp(receipt, summary, pipeline);
        }
        pipeline.settle();
        progress.end();
    }

    private void sendSetUp(Document document, ImportSummary summary, CommandPipeline pipeline)
            throws InterruptedException {
        pipeline.send(document.command(), document.ordering(), verdict -> {
            summary.settled(document, verdict);
            progress.add(1);
        });
    }

    private Document openLocation() {
        String id = "online-retail-" + location;
        OpenLocation.Builder open = OpenLocation.newBuilder()
                .setDocumentId(id)
                .setLocation(location)
                .setName(SHOP)
                .setKind(LocationKind.LOCATION_KIND_WAREHOUSE);
        return setUp(Kind.LOCATION_OPENED, id, Command.newBuilder().setOpenLocation(open));
    }

    /** The name is part of the id: another file may know the same item by another name, and then renames it. */
    private static Document registerItem(String sku, String name) {
        String id = "online-retail-item-" + sku + "-" + Integer.toHexString(name.hashCode());
        RegisterItem.Builder register = RegisterItem.newBuilder()
                .setDocumentId(id)
                .setSku(sku)
                .setName(name)
                .setUnit(Unit.UNIT_PIECE);
        return setUp(Kind.ITEM_REGISTERED, id, Command.newBuilder().setRegisterItem(register));
    }

    private static Document setUp(Kind kind, String id, Command.Builder command) {
        return new Document(kind, "instruction:" + id, command, Ordering.NONE, List.of());
    }

    /** Sends the invoices; what the ledger would not understand is refused on the spot. */
    private final class Sender implements FileSurvey.InvoiceVisitor {

        private final CommandPipeline pipeline;
        private final ImportReport report;
        private final ImportSummary summary;
        private final InvoiceMapping mapping = new InvoiceMapping(location);

        Sender(CommandPipeline pipeline, ImportReport report, ImportSummary summary) {
            this.pipeline = pipeline;
            this.report = report;
            this.summary = summary;
        }

        @Override
        public void invoice(Invoice invoice) throws InterruptedException {
            for (InvoiceLine line : invoice.lines(Meaning.BOOKKEEPING)) {
                report.refused(
                        line,
                        "BOOKKEEPING",
                        "'" + line.description() + "' is an entry of the accounts (expected: goods, or a customer's "
                                + "money).");
                progress.add(1);
            }
            List<Document> documents = mapping.documents(invoice);
            report.expect(documents);
            for (Document document : documents) {
                pipeline.send(document.command(), document.ordering(), verdict -> settled(document, verdict));
            }
        }

        @Override
        public void malformed(Row.Malformed row) {
            report.refused(row, "MALFORMED_LINE", row.message());
            progress.add(1);
        }

        private void settled(Document document, Verdict verdict) {
            int done = report.settled(document, verdict);
            summary.settled(document, verdict);
            progress.add(done);
        }
    }
}
