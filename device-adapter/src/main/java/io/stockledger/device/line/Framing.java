package io.stockledger.device.line;

/** How a scanner marks where one scan ends and the next begins. */
public enum Framing {
    /** A carriage return ends a scan. */
    CR,
    /** A line feed ends a scan. */
    LF,
    /** Carriage return and line feed end a scan; a lone one of them is data, and refused as such. */
    CRLF,
    /** A carriage return, a line feed or both end a scan; empty lines are none. */
    LINE,
    /** STX begins and ETX ends a scan; bytes outside are noise. */
    STX_ETX
}
