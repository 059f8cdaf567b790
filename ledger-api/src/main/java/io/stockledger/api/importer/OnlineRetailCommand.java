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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
            "A line that cannot be read is refused, and its whole invoice waits, as does what depends on it: mend the "
                    + "line and run the import again.",
            "Running it again changes nothing, and a longer file that begins with the one that is in adds what is new. A "
                    + "file that does not fit what is in is refused before anything is sent.",
            "Needs an API key that may read the history. Ends with one line of JSON on standard output."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:Every line of the file is a fact.",
            "1:Stopped before the end; run it again to go on.",
            "2:Wrong usage.",
            "3:Came to the end, but lines were refused or wait: see the report.",
            "4:Nothing was sent, because the file cannot be booked; the message says why."
        })
final class OnlineRetailCommand implements Callable<Integer> {

    private static final String REPORT = ".report.csv";
    private static final Pattern LOCATION_CODE = Pattern.compile("[A-Za-z0-9._-]{1,40}");

    private static final int WHOLE = 0;
    private static final int STOPPED = 1;
    private static final int LINES_REFUSED = 3;
    private static final int NOTHING_SENT = 4;

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
        requireUsable(outcome);
        try (Connection connection = server.connect()) {
            OnlineRetailImport run =
                    new OnlineRetailImport(connection, location, Progress.ofProcess(), Duration.ofSeconds(patience));
            OnlineRetailImport.Ended ended = run.run(file, outcome);
            err.println("What became of each line: " + outcome);
            PrintWriter out = spec.commandLine().getOut();
            out.println(ended.summary());
            out.flush();
            return ended.whole() ? WHOLE : LINES_REFUSED;
        } catch (FileRefused e) {
            err.println("Nothing was sent: " + e.getMessage());
            return NOTHING_SENT;
        } catch (IOException | LedgerUnreachable e) {
            err.println("Stopped: " + e.getMessage());
            return STOPPED;
        }
    }

    private void requireUsable(Path outcome) {
        if (!LOCATION_CODE.matcher(location).matches()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--location: '" + location + "' (expected: at most 40 letters, digits, '.', '-' and '_')");
        }
        if (outcome.toAbsolutePath().normalize().equals(file.toAbsolutePath().normalize())) {
            throw new ParameterException(
                    spec.commandLine(), "--report: '" + outcome + "' (expected: another file than the data)");
        }
    }

    private static Path besideNothingElse(Path data) {
        String name = String.valueOf(data.getFileName()).replaceFirst("(\\.csv)?(\\.gz)?$", "");
        return Path.of(name + REPORT);
    }
}
