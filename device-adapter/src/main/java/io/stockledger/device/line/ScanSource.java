package io.stockledger.device.line;

import java.io.IOException;

/** Where a device's scans come from: something that can be opened, and opened again after it broke. */
public interface ScanSource {

    /**
     * Opens it, once it is there.
     *
     * @throws IOException if it is not there, held by another process, or not what it should be; the message names it
     */
    ScanLine open() throws IOException;

    /** As a person would name it, for messages and the status page. */
    String describe();

    /** Whether there may be more after {@link ScanLine#read} said that it ended. */
    boolean opensAgain();
}
