package io.stockledger.device.desk;

import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Clocks and windows.
 *
 * @param clock of the wall; says when a read was, never in which order
 * @param nanos a clock that only runs forward
 * @param doubleReadWindow the same bytes again within it are the same read
 * @param sentAgainWindow how long a scanner that can be heard tries to get rid of a scan that nobody acknowledged
 * @param answerWait how long after the read's arrival the beep waits for the ledger
 */
public record DeskTimes(
        Clock clock, LongSupplier nanos, Duration doubleReadWindow, Duration sentAgainWindow, Duration answerWait) {

    /** The machine's clocks. */
    public static DeskTimes ofMachine(Duration doubleReadWindow, Duration answerWait) {
        return new DeskTimes(Clock.systemUTC(), System::nanoTime, doubleReadWindow, Duration.ofSeconds(10), answerWait);
    }
}
