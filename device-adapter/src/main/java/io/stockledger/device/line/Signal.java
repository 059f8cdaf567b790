package io.stockledger.device.line;

/** What the hand that scans is told. */
public enum Signal {
    /** The ledger has it. */
    GOOD,
    /** It was refused, could not be read, or could not be kept. */
    BAD,
    /** It is safe in the journal and will reach the ledger later. */
    KEPT
}
