package io.stockledger.device.command;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
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
    static final int WRONG_USAGE = 2;

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
            return WRONG_USAGE;
        }
        return run(settings);
    }

    abstract int run(AdapterSettings settings) throws Exception;

    /** Says why a call to the ledger came to nothing. */
    static int refused(StatusRuntimeException e, AdapterSettings settings) {
        Status.Code code = e.getStatus().getCode();
        boolean away = code == Status.Code.UNAVAILABLE || code == Status.Code.DEADLINE_EXCEEDED;
        System.err.println(
                away
                        ? "The ledger at " + settings.ledger().address() + " does not answer ("
                                + e.getStatus().getDescription() + ")."
                        : "The ledger refused: "
                                + (e.getStatus().getDescription() == null
                                        ? code
                                        : e.getStatus().getDescription()));
        return FAILED;
    }
}
