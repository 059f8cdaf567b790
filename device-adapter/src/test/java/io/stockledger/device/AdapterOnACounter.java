package io.stockledger.device;

import io.stockledger.device.config.AdapterSettings;
import io.stockledger.device.config.ConfigurationFile;
import io.stockledger.device.config.InvalidConfiguration;
import io.stockledger.device.ledger.StatefulLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Configurations for tests, written as a person would write them. */
public final class AdapterOnACounter {

    private AdapterOnACounter() {}

    /** A configuration file in {@code folder}, with {@code devices} as its list of devices. */
    public static Path file(Path folder, int ledgerPort, String devices) throws IOException {
        Path key = Files.writeString(folder.resolve("key"), StatefulLedger.KEY + "\n");
        return Files.writeString(folder.resolve("adapter.yaml"), """
                ledger:
                  address: 127.0.0.1:%d
                  key-file: %s
                  longest-pause: 300ms
                location: berlin-1
                data: %s
                status-port: 0
                # A busy machine must not turn a good beep into "kept for later".
                answer-wait: 5s
                in-store-numbers:
                  - template: 21IIIIIWWWWWC
                devices:
                %s
                """.formatted(
                        ledgerPort, key, folder.resolve("data"), devices.indent(2)));
    }

    public static AdapterSettings settings(Path folder, int ledgerPort, String devices)
            throws IOException, InvalidConfiguration {
        return ConfigurationFile.read(file(folder, ledgerPort, devices));
    }
}
