package io.stockledger.device.command;

import io.stockledger.device.config.AdapterSettings;
import picocli.CommandLine.Command;

/** Says whether the configuration is right; reading it has found out. */
@Command(name = "check", description = "Checks the configuration.")
public final class CheckCommand extends ConfiguredCommand {
    @Override
    int run(AdapterSettings settings) {
        System.out.println("The configuration is right: devices "
                + settings.devices().size() + ", ledger at " + settings.ledger().address() + ".");
        return DONE;
    }
}
