package io.stockledger.device;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.stockledger.device.terminal.PseudoTerminal;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A scanner that sends each scan until it is told that it arrived, as those with ACK/NAK do. Each scan has a lot of its
 * own, by which it is found again in the ledger.
 */
final class AcknowledgedScanner implements Runnable {

    private static final char ACKNOWLEDGED = 6;
    private static final int PATIENCE_MILLIS = 3_000;
    private static final int QUIET_MILLIS = 150;

    private final PseudoTerminal cable;
    private final String gtin;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicInteger acknowledged = new AtomicInteger();

    AcknowledgedScanner(PseudoTerminal cable, String gtin) {
        this.cable = cable;
        this.gtin = gtin;
    }

    /** How many scans arrived, as far as the scanner was told. */
    int acknowledged() {
        return acknowledged.get();
    }

    /** Ends after the scan that is under way was acknowledged. */
    void stop() {
        stopped.set(true);
    }

    @Override
    public void run() {
        try {
            while (!stopped.get()) {
                scan(acknowledged.get() + 1);
                acknowledged.incrementAndGet();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void scan(int number) throws IOException {
        byte[] frame = ("\u0002]C101" + gtin + "10S" + number + "\u0003").getBytes(ISO_8859_1);
        cable.write(frame);
        boolean sentAgain = false;
        while (!heardWithin(PATIENCE_MILLIS)) {
            cable.write(frame);
            sentAgain = true;
        }
        if (sentAgain) {
            // Both copies may be acknowledged; the second must not pass for that of the next scan.
            heardWithin(QUIET_MILLIS);
        }
    }

    private boolean heardWithin(int millis) throws IOException {
        long end = System.nanoTime() + millis * 1_000_000L;
        while (System.nanoTime() < end) {
            String heard = new String(cable.read(50), ISO_8859_1);
            if (heard.indexOf(ACKNOWLEDGED) >= 0) {
                return true;
            }
        }
        return false;
    }
}
