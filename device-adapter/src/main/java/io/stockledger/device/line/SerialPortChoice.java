package io.stockledger.device.line;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Which serial port is meant: by its path, by the USB device behind it, or by its name. */
public sealed interface SerialPortChoice {

    /**
     * Looks for the port as it is now; ports come and go.
     *
     * @throws IOException if there is none or more than one; the message says what is there instead
     */
    SerialPort find() throws IOException;

    /** A device file or a link to one. Pseudo-terminals are found only so. */
    record ByPath(String path) implements SerialPortChoice {
        @Override
        public SerialPort find() throws IOException {
            Path file = Path.of(path);
            if (!Files.exists(file)) {
                throw new IOException("port: " + path + " does not exist (there are: " + present() + ")");
            }
            if (Files.isDirectory(file)) {
                throw new IOException("port: " + path + " is a directory (expected: a serial port's device file)");
            }
            if (Files.isRegularFile(file)) {
                throw new IOException("port: " + path + " is a file (expected: a serial port's device file)");
            }
            if (!Files.isReadable(file) || !Files.isWritable(file)) {
                throw new IOException(
                        "port: " + path + " may not be read and written by this user (expected: a member of dialout)");
            }
            try {
                return SerialPort.getCommPort(path);
            } catch (SerialPortInvalidPortException e) {
                throw new IOException("port: " + path + " is no serial port", e);
            }
        }

        @Override
        public String toString() {
            return path;
        }
    }

    /**
     * The one port of a USB device.
     *
     * @param vendor USB vendor id
     * @param product USB product id
     * @param serial the device's serial number, or empty for any
     */
    record ByUsb(int vendor, int product, String serial) implements SerialPortChoice {
        @Override
        public SerialPort find() throws IOException {
            return only(
                    Arrays.stream(SerialPort.getCommPorts())
                            .filter(port -> port.getVendorID() == vendor && port.getProductID() == product)
                            .filter(port -> serial.isEmpty() || serial.equals(port.getSerialNumber()))
                            .toList(),
                    this);
        }

        @Override
        public String toString() {
            return String.format("usb %04x:%04x", vendor, product) + (serial.isEmpty() ? "" : " " + serial);
        }
    }

    /** A part of the port's description, such as "DataLogic". */
    record ByName(String part) implements SerialPortChoice {
        @Override
        public SerialPort find() throws IOException {
            String wanted = part.toLowerCase(Locale.ROOT);
            return only(
                    Arrays.stream(SerialPort.getCommPorts())
                            .filter(port -> (port.getDescriptivePortName() + " " + port.getPortDescription())
                                    .toLowerCase(Locale.ROOT)
                                    .contains(wanted))
                            .toList(),
                    this);
        }

        @Override
        public String toString() {
            return "name " + part;
        }
    }

    /** What is plugged in, for messages. */
    static String present() {
        List<String> ports = Arrays.stream(SerialPort.getCommPorts())
                .map(port -> port.getSystemPortPath() + " " + port.getDescriptivePortName())
                .toList();
        return ports.isEmpty() ? "no ports" : String.join(", ", ports);
    }

    private static SerialPort only(List<SerialPort> found, SerialPortChoice choice) throws IOException {
        if (found.size() != 1) {
            throw new IOException(
                    "port: " + choice + " fits " + found.size() + " ports (expected: 1; there are: " + present() + ")");
        }
        return found.get(0);
    }
}
