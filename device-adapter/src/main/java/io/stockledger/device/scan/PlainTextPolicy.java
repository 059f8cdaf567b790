package io.stockledger.device.scan;

/** What a code is that claims no GS1 meaning, such as a shop's own label in Code 128. */
public enum PlainTextPolicy {
    /** Nothing: it is parked. */
    PARK,
    /** A barcode that may be registered in the ledger, as it stands. */
    BARCODE,
    /** The item's SKU, as it stands. */
    SKU
}
