package io.stockledger.api.demo;

import io.stockledger.api.client.Connection;
import io.stockledger.api.client.LedgerUnreachable;
import io.stockledger.api.client.Progress;
import io.stockledger.api.client.ServerOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sends a made-up week of a retailer to a running ledger. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Sends a made-up week of four shops, a warehouse and a webshop to a running ledger.",
            "Running it again changes nothing. It needs an admin's key."
        })
public final class DemoCommand implements Callable<Integer> {

    static final String DEFAULT_SEED = "1";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(
            names = "--rest",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "The ledger's REST address. Default: ${DEFAULT-VALUE}.")
    private URI rest = URI.create("http://127.0.0.1:8080");

    @Option(
            names = "--week",
            paramLabel = "WEEK",
            description = "The week to play in, for example 2026-W46. Default: that of this ledger's first demo, else "
                    + "the last full one.")
    private @Nullable String week;

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            defaultValue = DEFAULT_SEED,
            description = "Another number, another week. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Override
    public Integer call() throws InterruptedException {
        try (Connection connection = server.connect()) {
            Demo demo = new Demo(connection, rest, server.apiKey(), Progress.ofProcess());
            Week chosen = week == null ? demo.week(Clock.systemUTC().instant()) : Week.parse(week);
            Demo.Result result = demo.run(chosen, seed);
            spec.commandLine().getOut().println(WorthOpening.text(result, rest));
            return 0;
        } catch (DateTimeException e) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--week: '" + week + "' (expected: an ISO week, for example 2026-W46)", e);
        } catch (IOException | LedgerUnreachable e) {
            spec.commandLine().getErr().println("Stopped: " + e.getMessage());
            return 1;
        }
    }
}
