package io.stockledger.device.gs1;

/** A correct element string that names neither goods nor a logistic unit: a location, an asset, a company's own data. */
public record OtherElements(Elements elements) implements CodeReading {}
