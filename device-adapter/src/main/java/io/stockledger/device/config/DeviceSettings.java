package io.stockledger.device.config;

import io.stockledger.device.line.ScannerProfile;
import io.stockledger.device.scan.ScanRules;
import java.time.Duration;

/** One device: where its scans come from and what they become. */
public record DeviceSettings(
        String name, SourceSettings source, ScannerProfile profile, ScanRules rules, Duration doubleReadWindow) {}
