package io.stockledger.device.command;

import com.fazecast.jSerialComm.SerialPort;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Shows what is plugged in, in the words of the configuration. */
@Command(name = "ports", description = "Lists serial ports.")
public final class PortsCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        SerialPort[] ports = SerialPort.getCommPorts();
        for (SerialPort port : ports) {
            System.out.printf("port: %s", port.getSystemPortPath());
            if (port.getVendorID() > 0) {
                System.out.printf("  usb: \"%04x:%04x\"", port.getVendorID(), port.getProductID());
            }
            System.out.printf("  port-name: \"%s\"%n", port.getDescriptivePortName());
        }
        System.out.println(ports.length + " serial ports");
        return 0;
    }
}
