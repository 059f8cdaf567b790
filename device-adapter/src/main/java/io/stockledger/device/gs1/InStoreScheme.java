package io.stockledger.device.gs1;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/**
 * How one shop numbers its own goods: a template of 8 or 13 places, such as {@code 2IIIIIIWWWWWC}.
 *
 * <p>Digits must be found as they are. I is the item, W the weight in the smallest unit, P the price in the currency's
 * smallest unit, N a number of pieces, V the verifier of a price of four or five digits (GS1 General Specifications,
 * 7.9.3 and 7.9.4), X anything, and C the check digit in the last place.
 */
public final class InStoreScheme {

    private static final String LETTERS = "IWPNVXC";
    private static final int[] TWICE = {0, 2, 4, 6, 8, 9, 1, 3, 5, 7};
    private static final int[] THRICE = {0, 3, 6, 9, 2, 5, 8, 1, 4, 7};
    private static final int[] FIVE_PLUS = {0, 5, 1, 6, 2, 7, 3, 8, 4, 9};
    private static final int[] FIVE_MINUS = {0, 5, 9, 4, 8, 3, 7, 2, 6, 1};

    private final String template;
    private final int weightDecimals;
    private final int priceDecimals;

    /**
     * @param weightDecimals decimal places of the weight in the item's unit, for example 3 for grams of a kilogram
     * @param priceDecimals decimal places of the price, for example 2 for cents
     * @throws IllegalArgumentException if the template is none
     */
    public InStoreScheme(String template, int weightDecimals, int priceDecimals) {
        this.template = template;
        this.weightDecimals = weightDecimals;
        this.priceDecimals = priceDecimals;
        boolean shaped = (template.length() == 8 || template.length() == 13)
                && template.endsWith("C")
                && template.indexOf('C') == template.length() - 1
                && template.indexOf('I') >= 0
                && CharacterSet.isDigit(template.charAt(0))
                && template.chars().allMatch(c -> CharacterSet.isDigit((char) c) || LETTERS.indexOf(c) >= 0);
        int price = places('P');
        if (!shaped || places('V') > 1 || (places('V') == 1 && price != 4 && price != 5)) {
            throw new IllegalArgumentException(template
                    + " (expected: 8 or 13 places, a digit first, C last, at least one I, else W, P, N, X,"
                    + " and V only beside 4 or 5 P)");
        }
    }

    /**
     * What the digits say.
     *
     * @param barcode the number with weight, price, pieces and verifier set to 0 and the check digit made to fit: the one
     *     number under which the item is registered
     * @param weight in the item's unit
     * @param price in the currency's main unit
     */
    public record Parsed(
            String barcode, Optional<BigDecimal> weight, Optional<BigDecimal> price, Optional<BigDecimal> pieces) {}

    /** Empty if the number is not one of this scheme, or its price does not fit the verifier. */
    public Optional<Parsed> parse(InStoreItem item) {
        String digits = item.digits();
        if (digits.length() != template.length()) {
            return Optional.empty();
        }
        StringBuilder registered = new StringBuilder();
        for (int i = 0; i < template.length() - 1; i++) {
            char place = template.charAt(i);
            if (CharacterSet.isDigit(place) && place != digits.charAt(i)) {
                return Optional.empty();
            }
            registered.append("WPNV".indexOf(place) >= 0 ? '0' : digits.charAt(i));
        }
        String verifier = at(digits, 'V');
        if (!verifier.isEmpty() && verifier.charAt(0) != verifierOf(at(digits, 'P'))) {
            return Optional.empty();
        }
        registered.append(CheckCharacters.digitFor(registered));
        return Optional.of(new Parsed(
                registered.toString(),
                number(at(digits, 'W'), weightDecimals),
                number(at(digits, 'P'), priceDecimals),
                number(at(digits, 'N'), 0)));
    }

    static char verifierOf(String price) {
        if (price.length() == 4) {
            int sum = TWICE[digit(price, 0)]
                    + TWICE[digit(price, 1)]
                    + THRICE[digit(price, 2)]
                    + FIVE_MINUS[digit(price, 3)];
            return (char) ('0' + sum * 3 % 10);
        }
        int sum = FIVE_PLUS[digit(price, 0)]
                + TWICE[digit(price, 1)]
                + FIVE_MINUS[digit(price, 2)]
                + FIVE_PLUS[digit(price, 3)]
                + TWICE[digit(price, 4)];
        int weighted = (10 - sum % 10) % 10;
        for (int candidate = 0; candidate < 10; candidate++) {
            if (FIVE_MINUS[candidate] == weighted) {
                return (char) ('0' + candidate);
            }
        }
        throw new AssertionError("five-minus weights are a permutation");
    }

    private static int digit(String digits, int at) {
        return digits.charAt(at) - '0';
    }

    private static Optional<BigDecimal> number(String digits, int decimals) {
        return digits.isEmpty() ? Optional.empty() : Optional.of(new BigDecimal(new BigInteger(digits), decimals));
    }

    private int places(char letter) {
        return (int) template.chars().filter(c -> c == letter).count();
    }

    private String at(String digits, char letter) {
        StringBuilder found = new StringBuilder();
        for (int i = 0; i < template.length(); i++) {
            if (template.charAt(i) == letter) {
                found.append(digits.charAt(i));
            }
        }
        return found.toString();
    }

    @Override
    public String toString() {
        return template;
    }
}
