package io.stockledger.benchmarks.scans;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One scanner on its line. */
final class TcpScanner implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket line;
    private final int device;
    private int scans;

    /** @param port that the adapter listens on for the device */
    TcpScanner(int device, int port) throws IOException {
        this.device = device;
        this.line = new Socket(InetAddress.getLoopbackAddress(), port);
        line.setTcpNoDelay(true);
        line.setSoTimeout(PATIENCE_MILLIS);
    }

    /**
     * What became of a scan, in nanoseconds from its last byte on the line.
     *
     * @param durable until it was acknowledged
     * @param beeped until the beep
     * @param beep which one
     */
    record Scanned(long durable, long beeped, char beep) {}

    /** Scans the next item, and waits for the beep. */
    Scanned scan() throws IOException {
        long sent = System.nanoTime();
        line.getOutputStream()
                .write(Counter.frame(device, device + "S" + ++scans).getBytes(StandardCharsets.ISO_8859_1));
        char first = hear();
        if (first != Counter.DURABLE) {
            return new Scanned(Long.MAX_VALUE, System.nanoTime() - sent, first);
        }
        long durable = System.nanoTime() - sent;
        char beep = hear();
        return new Scanned(durable, System.nanoTime() - sent, beep);
    }

    private char hear() throws IOException {
        int heard = line.getInputStream().read();
        if (heard < 0) {
            throw new IOException("device " + device + ": the adapter hung up");
        }
        return (char) heard;
    }

    @Override
    public void close() throws IOException {
        line.close();
    }
}
