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
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
        name = "device-adapter",
        description = "Joins barcode scanners to the ledger.",
        mixinStandardHelpOptions = true,
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
            return new String[] {"device-adapter " + (version == null ? "(not packaged)" : version)};
        }
    }

    /** Exit codes: 0 done, 1 failed, 2 wrong usage or configuration. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new DeviceAdapter()).execute(arguments));
    }
}
