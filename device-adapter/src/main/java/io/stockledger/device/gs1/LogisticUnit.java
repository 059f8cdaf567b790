package io.stockledger.device.gs1;

/**
 * A pallet or carton with an SSCC. What is in it is known only if the same label says so, with (02) and (37).
 *
 * @param sscc 18 digits with a correct check digit
 * @param elements all that was read, the SSCC included
 */
public record LogisticUnit(String sscc, Elements elements) implements CodeReading {}
