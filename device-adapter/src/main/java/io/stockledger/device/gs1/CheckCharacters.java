package io.stockledger.device.gs1;

/**
 * The check digit of GS1 keys and the check character pair of alphanumeric keys (GS1 General Specifications,
 * sections 7.9.1 and 7.9.5).
 */
public final class CheckCharacters {

    private static final String PAIR_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    private static final int PAIR_MODULUS = 1021;

    private CheckCharacters() {}

    /**
     * The digit that completes {@code body}, whose own last digit weighs 3.
     *
     * @param body digits only
     * @throws IllegalArgumentException if something else than an ASCII digit is in it
     */
    public static char digitFor(CharSequence body) {
        int sum = 0;
        int weight = 3;
        for (int i = body.length() - 1; i >= 0; i--) {
            char digit = body.charAt(i);
            if (!CharacterSet.isDigit(digit)) {
                throw new IllegalArgumentException("body: " + body + " (expected: digits only)");
            }
            sum += (digit - '0') * weight;
            weight = 4 - weight;
        }
        return (char) ('0' + (10 - sum % 10) % 10);
    }

    /** Whether {@code code} is digits only and ends in the body's check digit. */
    public static boolean endsInCheckDigit(CharSequence code) {
        int last = code.length() - 1;
        return last >= 0
                && CharacterSet.DIGITS.holdsAll(code)
                && digitFor(code.subSequence(0, last)) == code.charAt(last);
    }

    /** Whether {@code code} is of the 82 invariant characters and ends in the pair that its body demands. */
    static boolean endsInCheckPair(CharSequence code) {
        int bodyLength = code.length() - 2;
        if (bodyLength < 0 || !CharacterSet.INVARIANT.holdsAll(code)) {
            return false;
        }
        int sum = 0;
        int prime = 1;
        for (int i = bodyLength - 1; i >= 0; i--) {
            prime = primeAfter(prime);
            sum = (sum + CharacterSet.INVARIANT.indexOf(code.charAt(i)) * prime) % PAIR_MODULUS;
        }
        return code.charAt(bodyLength) == PAIR_ALPHABET.charAt(sum >> 5)
                && code.charAt(bodyLength + 1) == PAIR_ALPHABET.charAt(sum & 31);
    }

    private static int primeAfter(int number) {
        int candidate = number + 1;
        while (!isPrime(candidate)) {
            candidate++;
        }
        return candidate;
    }

    private static boolean isPrime(int number) {
        for (int divisor = 2; divisor * divisor <= number; divisor++) {
            if (number % divisor == 0) {
                return false;
            }
        }
        return number > 1;
    }
}
