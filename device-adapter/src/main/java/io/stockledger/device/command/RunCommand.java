package io.stockledger.device.command;

import io.stockledger.device.Adapter;
import io.stockledger.device.config.AdapterSettings;
import io.stockledger.device.journal.JournalFailure;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/** Runs all devices of the configuration until it is told to stop. */
@Command(name = "run", description = "Runs until stopped.")
public final class RunCommand extends ConfiguredCommand {

    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    @Override
    int run(AdapterSettings settings) throws InterruptedException {
        try (Adapter adapter = new Adapter(settings)) {
            Thread closing = new Thread(() -> closeQuietly(adapter), "stop");
            Runtime.getRuntime().addShutdownHook(closing);
            LOG.info("devices {}, journal in {}", settings.devices().size(), settings.data());
            adapter.statusAddress().ifPresent(address -> LOG.info("status: {}", address));
            adapter.awaitEnd();
            return DONE;
        } catch (IOException | JournalFailure e) {
            System.err.println(e.getMessage());
            return FAILED;
        }
    }

    private static void closeQuietly(Adapter adapter) {
        try {
            adapter.close();
        } catch (IOException e) {
            LOG.warn("not closed cleanly: {}", e.getMessage());
        }
    }
}
