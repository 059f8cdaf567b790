package io.stockledger.device;

import com.fazecast.jSerialComm.SerialPort;

/** Holds a serial port until it is killed. */
final class PortHolder {

    private PortHolder() {}

    public static void main(String[] arguments) throws InterruptedException {
        SerialPort port = SerialPort.getCommPort(arguments[0]);
        System.out.println(port.openPort(0) ? "held" : "error " + port.getLastErrorCode());
        Thread.currentThread().join();
    }
}
