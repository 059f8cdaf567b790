package io.stockledger.device.line;

import java.io.Closeable;
import java.io.IOException;

/** An open line to a scanner. Read by one thread; written and closed by any. */
public interface ScanLine extends Closeable {

    /** The line is gone: unplugged, hung up, or at its end. */
    int ENDED = -1;

    /**
     * Waits for bytes, a fraction of a second at most.
     *
     * @return how many came, 0 if none did in time, or {@link #ENDED}
     */
    int read(byte[] buffer) throws IOException;

    /** Sends bytes to the scanner. A line that takes none ignores them. */
    void write(byte[] bytes) throws IOException;
}
