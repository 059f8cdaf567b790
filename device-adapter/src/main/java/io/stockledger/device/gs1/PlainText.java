package io.stockledger.device.gs1;

/** Printable ASCII that claims no GS1 meaning, such as a shelf label or a control barcode. */
public record PlainText(String text) implements CodeReading {}
