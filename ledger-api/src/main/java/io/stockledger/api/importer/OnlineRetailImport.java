package io.stockledger.api.importer;

import io.stockledger.api.client.CommandPipeline;
import io.stockledger.api.client.Connection;
import io.stockledger.api.client.LedgerUnreachable;
import io.stockledger.api.client.Ordering;
import io.stockledger.api.client.Progress;
import io.stockledger.api.client.Verdict;
import io.stockledger.api.importer.Document.Kind;
import io.stockledger.api.importer.Planner.Planned;
import io.stockledger.api.importer.Row.Blank;
import io.stockledger.api.importer.Row.InvoiceLine;
import io.stockledger.api.importer.Row.Malformed;
import io.stockledger.v1.Command;
import io.stockledger.v1.LocationKind;
import io.stockledger.v1.Occasion;
import io.stockledger.v1.OpenLocation;
import io.stockledger.v1.RegisterItem;
import io.stockledger.v1.Unit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Sends a file of the UCI "Online Retail" data set to a ledger: the location, the items and the stock that must have
 * been there first, then every invoice in the file's order. Nothing is sent of a file that does not fit what is in.
 */
final class OnlineRetailImport {

    private static final int MOST_UNDER_WAY = 512;
    private static final String SHOP = "Online Retail";
    private static final String MALFORMED = "MALFORMED_LINE";
    private static final Occasion.Builder TOLD_BY_AN_IMPORT =
            Occasion.newBuilder().setDevice(InvoiceMapping.DEVICE);

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
     * How it ended.
     *
     * @param summary one line of JSON
     * @param whole whether every line of the file is a fact
     */
    record Ended(String summary, boolean whole) {}

    /**
     * @param report is written, and replaced when it exists
     * @throws FileRefused when the file cannot be booked; then nothing of it is sent
     * @throws LedgerUnreachable when the ledger took no commands for too long; the run may be started again
     */
    Ended run(Path file, Path report) throws IOException, InterruptedException {
        long started = System.nanoTime();
        progress.begin("reading", 0, "lines");
        FileSurvey survey = FileSurvey.of(file);
        // A file without a line has no day, and nothing to date by it.
        LocalDate firstDay = survey.firstDay().orElse(LocalDate.EPOCH);
        ImportPlan plan = ImportPlan.of(survey, new Planner(location, firstDay));
        progress.end(survey.rows());
        AlreadyIn in = AlreadyIn.read(connection, patience, progress);
        in.requireFits(file, location, plan);
        ImportSummary summary = new ImportSummary();
        try (ImportReport lines = new ImportReport(report);
                CommandPipeline pipeline = new CommandPipeline(connection, MOST_UNDER_WAY, patience)) {
            Sender sender = new Sender(new Planner(location, firstDay), in, pipeline, lines, summary);
            if (!plan.isEmpty()) {
                sender.setUp(survey, plan);
            }
            progress.begin("importing", survey.rows(), "lines");
            survey.forEachInvoice(sender);
            pipeline.settle();
            progress.end();
            Duration took = Duration.ofNanos(System.nanoTime() - started);
            return new Ended(
                    summary.json(survey.rows(), lines, pipeline.resent(), took),
                    lines.isAllAccepted() && summary.isSetUp());
        }
    }

    private Document openLocation() {
        String id = "online-retail-" + location;
        OpenLocation.Builder open = OpenLocation.newBuilder()
                .setDocumentId(id)
                .setOccasion(TOLD_BY_AN_IMPORT)
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
                .setOccasion(TOLD_BY_AN_IMPORT)
                .setSku(sku)
                .setName(name)
                .setUnit(Unit.UNIT_PIECE);
        return setUp(Kind.ITEM_REGISTERED, id, Command.newBuilder().setRegisterItem(register));
    }

    private static Document setUp(Kind kind, String id, Command.Builder command) {
        return new Document(kind, "instruction:" + id, command, Ordering.NONE, List.of());
    }

    /** Sends what is planned; what cannot be booked is told on the spot. */
    private final class Sender implements FileSurvey.InvoiceVisitor {

        private final Planner planner;
        private final AlreadyIn in;
        private final CommandPipeline pipeline;
        private final ImportReport report;
        private final ImportSummary summary;

        Sender(Planner planner, AlreadyIn in, CommandPipeline pipeline, ImportReport report, ImportSummary summary) {
            this.planner = planner;
            this.in = in;
            this.pipeline = pipeline;
            this.report = report;
            this.summary = summary;
        }

        /** Each step waits for the one before: a receipt needs its items, a sale its receipts. */
        void setUp(FileSurvey survey, ImportPlan plan) throws InterruptedException {
            Set<String> skus = plan.skus();
            List<Document> receipts = plan.opening();
            progress.begin("setting up", 1L + skus.size() + receipts.size(), "documents");
            setUp(openLocation());
            pipeline.settle();
            for (String sku : skus) {
                setUp(registerItem(sku, survey.name(sku)));
            }
            pipeline.settle();
            for (Document receipt : receipts) {
                setUp(receipt);
            }
            pipeline.settle();
            progress.end();
        }

        @Override
        public void invoice(Invoice invoice) throws InterruptedException {
            Planned planned = planner.plan(invoice);
            for (InvoiceLine line : invoice.lines(Meaning.BOOKKEEPING)) {
                report.refused(
                        line,
                        "BOOKKEEPING",
                        "'" + line.description() + "' is an entry of the accounts (expected: goods, or a customer's "
                                + "money).");
                progress.add(1);
            }
            if (planned.waits()) {
                tellWhatWaits(planned);
                return;
            }
            report.expect(planned.documents());
            for (Document document : planned.documents()) {
                send(document, verdict -> {
                    int done = report.settled(document, verdict);
                    summary.settled(document, verdict);
                    progress.add(done);
                });
            }
        }

        @Override
        public void blank(Blank row) {
            report.refused(row, MALFORMED, "nothing in it (expected: an invoice line)");
            progress.add(1);
        }

        private void tellWhatWaits(Planned planned) {
            for (Malformed row : planned.invoice().malformed()) {
                report.refused(row, MALFORMED, row.message());
                progress.add(1);
            }
            for (InvoiceLine line : planned.invoice().lines()) {
                if (Meaning.of(line) != Meaning.BOOKKEEPING) {
                    report.waits(line, planned.waitsFor());
                    progress.add(1);
                }
            }
        }

        private void setUp(Document document) throws InterruptedException {
            send(document, verdict -> {
                summary.settled(document, verdict);
                progress.add(1);
            });
        }

        private void send(Document document, Consumer<Verdict> whenSettled) throws InterruptedException {
            pipeline.send(document.tried(in.tryOf(document)), document.ordering(), whenSettled);
        }
    }
}
