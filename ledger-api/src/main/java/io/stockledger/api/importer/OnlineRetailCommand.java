package io.stockledger.api.importer;

import io.stockledger.api.client.Connection;
import io.stockledger.api.client.LedgerUnreachable;
import io.stockledger.api.client.Progress;
import io.stockledger.api.client.ServerOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Imports the UCI "Online Retail" data set, or a part of it. */
@Command(
        name = "online-retail",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Imports the UCI \"Online Retail\" data set, or a part of it: opening stock as receipts, invoices as "
                    + "sales, C-invoices as returns, free lines without a customer as adjustments, postage, fees "
                    + "and vouchers as charges.",
            "Times in the file are taken as local times of Europe/London, prices as GBP.",
            "Running it again changes nothing. Ends with one line of JSON on standard output."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:Every line of the file became a fact or a refusal in the report.",
            "1:Stopped before the end; run it again to go on.",
            "2:Wrong usage."
        })
final class OnlineRetailCommand implements Callable<Integer> {

    private static final String REPORT = ".report.csv";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The data: .csv or .csv.gz, with the header line.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path file;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(
            names = "--location",
            paramLabel = "CODE",
            defaultValue = "online-retail",
            description = "The location to open and to book everything at. Default: ${DEFAULT-VALUE}.")
    private String location = "online-retail";

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "What became of each line, as CSV. Default: the data's name with '" + REPORT
                    + "', in the current folder.")
    private @Nullable Path report;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "How long the ledger may take nothing before the import stops. Default: ${DEFAULT-VALUE}.")
    private int patience = 120;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        Path outcome = report == null ? besideNothingElse(file) : report;
        try (Connection connection = server.connect()) {
            OnlineRetailImport run =
                    new OnlineRetailImport(connection, location, Progress.ofProcess(), Duration.ofSeconds(patience));
            String summary = run.run(file, outcome);
            err.println("What became of each line: " + outcome);
            PrintWriter out = spec.commandLine().getOut();
            out.println(summary);
            out.flush();
            return 0;
        } catch (IOException | LedgerUnreachable e) {
            err.println("Stopped: " + e.getMessage());
            return 1;
        }
    }

    private static Path besideNothingElse(Path data) {
        String name = String.valueOf(data.getFileName()).replaceFirst("(\\.csv)?(\\.gz)?$", "");
        return Path.of(name + REPORT);
    }
}
