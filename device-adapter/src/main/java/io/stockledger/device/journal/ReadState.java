package io.stockledger.device.journal;

/** Where a read is on its way. The names are stored; they are never renamed. */
public enum ReadState {
    /** Waits to be sent, or for the answer. */
    PENDING,
    /** The ledger accepted it. May be forgotten. */
    DONE,
    /** A line of a count, until the count is sent. */
    COUNTED,
    /** Kept for a person: it was not understood, or the ledger refused it. */
    PARKED,
    /** A person decided that it is worth nothing. May be forgotten. */
    DISCARDED
}
