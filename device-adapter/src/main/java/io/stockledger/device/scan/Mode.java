package io.stockledger.device.scan;

/** What a device's scans of goods are. */
public enum Mode {
    /** They came in from the supplier. */
    RECEIVE,
    /** They left with a customer. */
    SELL,
    /** A customer brought them back. */
    RETURN,
    /** They were seen on the shelf; the reads add up until "done". */
    COUNT,
    /** They go to another location. */
    TRANSFER,
    /** Somebody wants to know; nothing moves. */
    LOOK_UP
}
