package io.stockledger.device.config;

import io.stockledger.device.line.SerialPortChoice;
import java.nio.file.Path;

/** Where a device's scans come from. */
public sealed interface SourceSettings {

    /** A serial port. */
    record Serial(SerialPortChoice port) implements SourceSettings {}

    /** The process's standard input, one scan a line. */
    record StandardInput() implements SourceSettings {}

    /** A TCP port of this machine's loopback interface. */
    record Tcp(int port) implements SourceSettings {}

    /** A scanner that types like a keyboard. */
    record KeyboardWedge(Path eventDevice) implements SourceSettings {}
}
