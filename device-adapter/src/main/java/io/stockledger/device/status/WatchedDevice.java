package io.stockledger.device.status;

import io.stockledger.device.desk.Desk;

/** One device as the status page knows it. */
public record WatchedDevice(
        String name, String location, String source, String profile, Desk desk, DeviceBoard board) {}
