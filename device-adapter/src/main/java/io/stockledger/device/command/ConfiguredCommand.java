package io.stockledger.device.command;

import io.stockledger.device.config.AdapterSettings;
import io.stockledger.device.config.ConfigurationFile;
import io.stockledger.device.config.InvalidConfiguration;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** A subcommand that works on a checked configuration. */
abstract class ConfiguredCommand implements Callable<Integer> {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_CONFIGURATION = 2;

    @Option(
            names = {"-c", "--config"},
            description = "the configuration file (default: ${DEFAULT-VALUE})",
            defaultValue = "/etc/stockledger-device/adapter.yaml")
    private Path config = Path.of("/etc/stockledger-device/adapter.yaml");

    @Override
    public final Integer call() throws Exception {
        AdapterSettings settings;
        try {
            settings = ConfigurationFile.read(config);
        } catch (InvalidConfiguration e) {
            System.err.println(e.getMessage());
            return WRONG_CONFIGURATION;
        }
        return run(settings);
    }

    abstract int run(AdapterSettings settings) throws Exception;
}
