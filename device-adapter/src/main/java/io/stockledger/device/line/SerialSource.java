package io.stockledger.device.line;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortDataListener;
import com.fazecast.jSerialComm.SerialPortEvent;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A scanner on a serial port: RS-232 or a USB device that looks like one.
 *
 * <p>What jSerialComm needs to be told, as measured: it reports errors from setters that worked, so none is believed;
 * after an unplug it repeats the event and still calls the port open, so the first event is latched; and an object is
 * never opened twice.
 */
public final class SerialSource implements ScanSource {

    private static final int WAIT_MILLIS = 200;
    private static final long CLOSE_SECONDS = 3;

    private final SerialPortChoice choice;
    private final ScannerProfile profile;

    public SerialSource(SerialPortChoice choice, ScannerProfile profile) {
        this.choice = choice;
        this.profile = profile;
    }

    @Override
    public ScanLine open() throws IOException {
        SerialPort port = choice.find();
        port.setComPortParameters(profile.speed(), profile.dataBits(), stopBits(), parity());
        port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, WAIT_MILLIS, 0);
        if (!port.openPort(0)) {
            throw new IOException("port: " + choice + " cannot be opened, error " + port.getLastErrorCode()
                    + " (expected: not held by another process)");
        }
        return new SerialLine(port);
    }

    private int stopBits() {
        return profile.stopBits() == 2 ? SerialPort.TWO_STOP_BITS : SerialPort.ONE_STOP_BIT;
    }

    private int parity() {
        return switch (profile.parity()) {
            case NONE -> SerialPort.NO_PARITY;
            case EVEN -> SerialPort.EVEN_PARITY;
            case ODD -> SerialPort.ODD_PARITY;
        };
    }

    @Override
    public String describe() {
        return "serial " + choice;
    }

    @Override
    public boolean opensAgain() {
        return true;
    }

    private static final class SerialLine implements ScanLine {

        private final SerialPort port;
        private final CountDownLatch unplugged = new CountDownLatch(1);

        SerialLine(SerialPort port) {
            this.port = port;
            port.addDataListener(new SerialPortDataListener() {
                @Override
                public int getListeningEvents() {
                    return SerialPort.LISTENING_EVENT_PORT_DISCONNECTED;
                }

                @Override
                public void serialEvent(SerialPortEvent event) {
                    unplugged.countDown();
                }
            });
        }

        @Override
        public int read(byte[] buffer) {
            if (unplugged.getCount() == 0) {
                return ENDED;
            }
            int count = port.readBytes(buffer, buffer.length);
            if (count > 0) {
                return count;
            }
            return count < 0 || unplugged.getCount() == 0 ? ENDED : 0;
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            if (unplugged.getCount() == 0 || port.writeBytes(bytes, bytes.length) != bytes.length) {
                throw new IOException("port: " + port.getSystemPortPath() + " took no bytes");
            }
        }

        /** On a thread of its own, because closing may not be done by the listener and may hang on a dead port. */
        @Override
        public void close() throws IOException {
            Thread closing = new Thread(
                    () -> {
                        port.removeDataListener();
                        port.closePort();
                    },
                    "close " + port.getSystemPortPath());
            closing.setDaemon(true);
            closing.start();
            try {
                closing.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (closing.isAlive()) {
                throw new IOException(
                        "port: " + port.getSystemPortPath() + " did not close in " + CLOSE_SECONDS + " s");
            }
        }
    }
}
