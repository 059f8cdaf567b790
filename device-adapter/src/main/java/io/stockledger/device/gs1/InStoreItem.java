package io.stockledger.device.gs1;

/**
 * A number that holds only in one shop or company (GS1 prefixes 02, 04 and 20 to 29, EAN-8 from 0 and 2). What its
 * digits mean is for {@link InStoreScheme} to say.
 *
 * @param digits 8 or 13, with a correct check digit
 * @param elements all that was read, the number included when it was in an element string or had a composite component;
 *     empty for a bare number
 */
public record InStoreItem(String digits, Elements elements) implements CodeReading {}
