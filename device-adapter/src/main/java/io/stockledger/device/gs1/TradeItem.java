package io.stockledger.device.gs1;

/**
 * Goods with a GTIN that holds anywhere.
 *
 * @param gtin of the item in the hand
 * @param elements all that was read, the GTIN included when it was in an element string; empty for a bare number
 */
public record TradeItem(Gtin gtin, Elements elements) implements CodeReading {}
