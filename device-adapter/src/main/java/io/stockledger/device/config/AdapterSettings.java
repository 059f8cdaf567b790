package io.stockledger.device.config;

import io.stockledger.device.uplink.LedgerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Everything that the configuration file says.
 *
 * @param data folder of the journal
 * @param keepSettled how long reads are kept after the ledger answered for them
 * @param statusPort of the status page on the loopback interface; 0 takes any that is free, -1 serves none
 * @param answerWait how long a beep waits for the ledger
 * @param maskSerials whether the log holds no serial numbers and no whole codes
 */
public record AdapterSettings(
        LedgerSettings ledger,
        Path data,
        Duration keepSettled,
        int statusPort,
        Duration answerWait,
        boolean maskSerials,
        List<DeviceSettings> devices) {}
