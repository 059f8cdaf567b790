package io.stockledger.device;

import io.stockledger.device.command.CheckCommand;
import io.stockledger.device.command.EnrolCommand;
import io.stockledger.device.command.InviteCommand;
import io.stockledger.device.command.ModeCommand;
import io.stockledger.device.command.ParkedCommand;
import io.stockledger.device.command.PortsCommand;
import io.stockledger.device.command.ReadCommand;
import io.stockledger.device.command.RunCommand;
import io.stockledger.device.command.SimulateCommand;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line. */
@Command(
        name = "stockledger-device",
        description = "Joins barcode scanners to the ledger.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = DeviceAdapter.Version.class,
        subcommands = {
            RunCommand.class,
            CheckCommand.class,
            EnrolCommand.class,
            InviteCommand.class,
            ParkedCommand.class,
            ModeCommand.class,
            PortsCommand.class,
            ReadCommand.class,
            SimulateCommand.class
        })
public final class DeviceAdapter {

    private DeviceAdapter() {}

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = DeviceAdapter.class.getPackage().getImplementationVersion();
            return new String[] {"stockledger-device " + (version == null ? "(not packaged)" : version)};
        }
    }

    /** Exit codes: 0 done, 1 failed, 2 wrong usage or configuration. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        CommandLine line = new CommandLine(new DeviceAdapter());
        IParameterExceptionHandler usual = line.getParameterExceptionHandler();
        return line.setParameterExceptionHandler((wrong, words) -> usual.handleParseException(misspelt(wrong), words))
                .setExecutionExceptionHandler((failure, ran, parsed) -> told(failure))
                .execute(arguments);
    }

    /** An option that is misspelt is missing too; the name that is wrong says more, with the one that is nearest. */
    private static ParameterException misspelt(ParameterException wrong) {
        CommandLine line = wrong.getCommandLine();
        List<String> unknown = line.getUnmatchedArguments().stream()
                .filter(word -> word.startsWith("-"))
                .toList();
        return wrong instanceof MissingParameterException && !unknown.isEmpty()
                ? new UnmatchedArgumentException(line, unknown)
                : wrong;
    }

    /** What a person can mend is told in one line; anything else is a bug, with its trace. */
    private static int told(Exception failure) throws Exception {
        if (!(failure instanceof IOException)) {
            throw failure;
        }
        String message = failure instanceof NoSuchFileException missing
                ? missing.getFile() + " is not there"
                : failure instanceof AccessDeniedException denied
                        ? denied.getFile() + " may not be read or written by this user"
                        : failure.getMessage();
        System.err.println(message);
        return 1;
    }
}
