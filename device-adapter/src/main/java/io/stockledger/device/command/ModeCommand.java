package io.stockledger.device.command;

import io.stockledger.device.config.AdapterSettings;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Switches a device of the running adapter to another mode. */
@Command(name = "mode", description = "Switches a device's mode.")
public final class ModeCommand extends ConfiguredCommand {

    @Parameters(index = "0", description = "the device's name")
    private String device = "";

    @Parameters(index = "1", description = "receive, sell, return, count, transfer or look-up")
    private String mode = "";

    @Override
    int run(AdapterSettings settings) throws IOException, InterruptedException {
        System.out.print(new StatusCalls(settings).post("devices", device, "mode", mode));
        return DONE;
    }
}
