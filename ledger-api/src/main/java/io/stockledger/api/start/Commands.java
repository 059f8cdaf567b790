package io.stockledger.api.start;

import io.stockledger.api.demo.DemoCommand;
import io.stockledger.api.importer.ImportCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What the runnable can do besides being the service. These are clients: they start no Spring and no database. */
@Command(
        name = "stockledger",
        customSynopsis = {
            "stockledger [--demo] [--SETTING=VALUE...]     is the service",
            "       stockledger COMMAND ...                       is a client of one",
            "       stockledger --help | --version",
            ""
        },
        description = {
            "The service needs no settings. With --demo it plays a week of shops to look at.",
            "Settings are listed in docs/settings.md, for example --stockledger.rest-port=8081",
            ""
        },
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        subcommands = {ImportCommand.class, DemoCommand.class})
public final class Commands {

    private static final Set<String> HELP = Set.of("help", "--help", "-h");
    private static final Set<String> VERSION = Set.of("version", "--version", "-V");
    private static final String LOGGING = "logback.configurationFile";

    private Commands() {}

    static List<String> names() {
        return List.copyOf(commandLine().getSubcommands().keySet());
    }

    /** Whether the arguments name a command, or ask for help or the version; else they are the service's. */
    public static boolean areNamedBy(String[] arguments) {
        return arguments.length > 0
                && (names().contains(arguments[0])
                        || Arrays.stream(arguments).anyMatch(word -> HELP.contains(word) || VERSION.contains(word)));
    }

    /** @return the process's exit code */
    public static int run(String[] arguments) {
        // Standard output belongs to the command's result.
        System.setProperty(LOGGING, "io/stockledger/api/commands-logging.xml");
        CommandLine line = commandLine();
        line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        return line.execute(names().contains(arguments[0]) ? arguments : asked(arguments));
    }

    private static String[] asked(String[] arguments) {
        boolean help = Arrays.stream(arguments).anyMatch(HELP::contains);
        return new String[] {help ? "--help" : "--version"};
    }

    private static CommandLine commandLine() {
        return new CommandLine(new Commands());
    }
}
