package io.stockledger.device.gs1;

import java.util.Optional;

/** The short form of some UPC-A numbers: zeros left out by a rule that the last of its six digits names. */
final class UpcE {

    private UpcE() {}

    /**
     * The twelve digits that a UPC-E symbol stands for.
     *
     * @param digits six (number system 0, no check digit), seven (with number system) or eight (with both)
     * @return empty if the number system is neither 0 nor 1 or the check digit does not fit
     */
    static Optional<String> expand(String digits) {
        if (digits.length() < 6 || digits.length() > 8 || !CharacterSet.DIGITS.holdsAll(digits)) {
            return Optional.empty();
        }
        char system = digits.length() == 6 ? '0' : digits.charAt(0);
        if (system != '0' && system != '1') {
            return Optional.empty();
        }
        String six = digits.length() == 6 ? digits : digits.substring(1, 7);
        String body = system + withZeros(six);
        char check = CheckCharacters.digitFor(body);
        boolean fits = digits.length() < 8 || digits.charAt(7) == check;
        return fits ? Optional.of(body + check) : Optional.empty();
    }

    private static String withZeros(String six) {
        char rule = six.charAt(5);
        return switch (rule) {
            case '0', '1', '2' -> six.substring(0, 2) + rule + "0000" + six.substring(2, 5);
            case '3' -> six.substring(0, 3) + "00000" + six.substring(3, 5);
            case '4' -> six.substring(0, 4) + "00000" + six.charAt(4);
            default -> six.substring(0, 5) + "0000" + rule;
        };
    }
}
