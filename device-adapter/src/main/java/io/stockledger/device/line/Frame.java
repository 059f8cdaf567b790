package io.stockledger.device.line;

/** What came between two terminators. */
public sealed interface Frame {

    /**
     * A scan, without its terminator, at least one byte and at most the profile's limit.
     *
     * @param text one character a byte, so that no byte is lost or changed
     */
    record Whole(String text) implements Frame {}

    /**
     * Bytes that are no scan and were dropped.
     *
     * @param why what was wrong
     * @param count how many bytes were dropped
     */
    record Dropped(Why why, long count) implements Frame {}

    /** The ways in which bytes fail to be a scan. */
    enum Why {
        /** More bytes than any scan has came without a terminator. */
        TOO_LONG,
        /** The line fell silent or was unplugged in the middle. */
        TORN,
        /** Bytes outside STX and ETX. */
        NOISE
    }
}
