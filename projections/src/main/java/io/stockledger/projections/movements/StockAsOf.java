package io.stockledger.projections.movements;

import io.stockledger.quantity.Quantity;

/** What was physically at a location at an instant, by all that is known now. */
public record StockAsOf(String sku, String location, Quantity onHand, Quantity sellable) {}
