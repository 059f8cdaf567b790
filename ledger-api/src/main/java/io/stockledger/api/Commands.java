package io.stockledger.api;

import io.stockledger.api.demo.DemoCommand;
import io.stockledger.api.importer.ImportCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What the runnable can do besides being the service. These are clients: they start no Spring and no database. */
@Command(
        name = "stockledger",
        description = "Without a command the runnable is the service; its settings are in docs/settings.md.",
        mixinStandardHelpOptions = true,
        subcommands = {ImportCommand.class, DemoCommand.class})
final class Commands {

    private static final Set<String> HELP = Set.of("help", "--help", "-h");
    private static final String LOGGING = "logback.configurationFile";

    private Commands() {}

    /** Whether the arguments name a command or ask for help; else they are the service's. */
    static boolean areNamedBy(String[] arguments) {
        return arguments.length > 0
                && (HELP.contains(arguments[0])
                        || commandLine().getSubcommands().containsKey(arguments[0]));
    }

    /** @return the process's exit code */
    static int run(String[] arguments) {
        // Standard output belongs to the command's result.
        System.setProperty(LOGGING, "io/stockledger/api/commands-logging.xml");
        CommandLine line = commandLine();
        line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        return line.execute(HELP.contains(arguments[0]) ? new String[] {"--help"} : arguments);
    }

    private static CommandLine commandLine() {
        return new CommandLine(new Commands());
    }
}
