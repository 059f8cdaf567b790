package io.stockledger.benchmarks.scans;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Scans without a pause, each item once more until it is told that the scan is safe, over one process after the other. */
final class WaitingScanner implements Runnable {

    private static final int PATIENCE_MILLIS = 30_000;

    /** When something may happen to the adapter. */
    enum Moment {
        /** A scan is on the line; the adapter does with it what it does. */
        SENT,
        /** The scanner was told that the scan is safe. */
        TOLD
    }

    private record Hook(Moment moment, Runnable action) {}

    private final int device;
    private final int port;
    private final AtomicInteger told = new AtomicInteger();
    private final AtomicReference<@Nullable Hook> hook = new AtomicReference<>();
    private volatile boolean stopped;

    /** @param port that the adapter listens on for the device */
    WaitingScanner(int device, int port) {
        this.device = device;
        this.port = port;
    }

    /** How many scans are safe, as far as the scanner was told. */
    int told() {
        return told.get();
    }

    /** Does it once, on the scanner's thread. */
    void atNext(Moment moment, Runnable action) {
        hook.set(new Hook(moment, action));
    }

    /** Ends when the scan that is under way is safe. */
    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        boolean ended = false;
        while (!ended) {
            try (Socket line = new Socket(InetAddress.getLoopbackAddress(), port)) {
                line.setTcpNoDelay(true);
                line.setSoTimeout(PATIENCE_MILLIS);
                scan(line);
                ended = true;
            } catch (IOException e) {
                // The adapter is down or was killed; the same scan goes to the next one.
                waitForTheNext();
            }
        }
    }

    private void scan(Socket line) throws IOException {
        do {
            line.getOutputStream()
                    .write(Counter.frame(device, "S" + (told.get() + 1)).getBytes(StandardCharsets.ISO_8859_1));
            at(Moment.SENT);
            int heard = line.getInputStream().read();
            while (heard != Counter.DURABLE) {
                if (heard < 0) {
                    throw new IOException("hung up");
                }
                heard = line.getInputStream().read();
            }
            told.incrementAndGet();
            at(Moment.TOLD);
        } while (!stopped);
    }

    private void at(Moment moment) {
        Hook set = hook.get();
        if (set != null && set.moment() == moment && hook.compareAndSet(set, null)) {
            set.action().run();
        }
    }

    private static void waitForTheNext() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
