package io.stockledger.device.line;

import io.stockledger.device.gs1.BarcodeReader.UpcEForm;

/**
 * How one make of scanner talks.
 *
 * @param name as the configuration calls it
 * @param framing how scans are separated
 * @param speed bits a second
 * @param dataBits 7 or 8
 * @param parity of the line
 * @param stopBits 1 or 2
 * @param upcE how it sends UPC-E without a symbology identifier
 * @param separator the byte that it sends for FNC1 between element strings
 * @param acknowledge bytes that tell it that a scan arrived and is safe; empty if it waits for none
 * @param reject bytes that tell it that a scan could not be kept; empty if it waits for none
 * @param good bytes for the good beep
 * @param bad bytes for the bad beep
 * @param kept bytes for the beep "kept for later"
 * @param longest the most bytes of one scan
 * @param silenceMillis a scan that pauses longer is torn
 */
public record ScannerProfile(
        String name,
        Framing framing,
        int speed,
        int dataBits,
        Parity parity,
        int stopBits,
        UpcEForm upcE,
        char separator,
        String acknowledge,
        String reject,
        String good,
        String bad,
        String kept,
        int longest,
        int silenceMillis) {

    /** The parity bit of a serial line. */
    public enum Parity {
        NONE,
        EVEN,
        ODD
    }

    /** Bytes that make the scanner give the signal; one character a byte. */
    public String bytesFor(Signal signal) {
        return switch (signal) {
            case GOOD -> good;
            case BAD -> bad;
            case KEPT -> kept;
        };
    }

    /** The scanner sends a scan again until it is told that it arrived. */
    public boolean waitsForAcknowledgement() {
        return !acknowledge.isEmpty();
    }
}
