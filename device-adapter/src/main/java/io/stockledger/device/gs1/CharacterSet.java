package io.stockledger.device.gs1;

/** The characters that a part of an element string may be made of, each in the order that gives it its weight. */
enum CharacterSet {
    DIGITS("0123456789"),
    INVARIANT("!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"),
    PART_NUMBER("#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    BASE64URL("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz");

    private final String characters;

    CharacterSet(String characters) {
        this.characters = characters;
    }

    static CharacterSet named(char letter) {
        return switch (letter) {
            case 'n' -> DIGITS;
            case 'x' -> INVARIANT;
            case 'y' -> PART_NUMBER;
            case 'z' -> BASE64URL;
            default -> throw new IllegalArgumentException("character set: " + letter + " (expected: n, x, y or z)");
        };
    }

    /** Only the ten ASCII digits: {@link Character#isDigit} also holds for full-width and other scripts' digits. */
    static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    /** The character's place in the set, or -1. */
    int indexOf(char character) {
        return characters.indexOf(character);
    }

    boolean holdsAll(CharSequence text) {
        return firstForeign(text) < 0;
    }

    /** Where the first character stands that is not of this set, or -1. */
    int firstForeign(CharSequence text) {
        int end = this == BASE64URL ? endWithoutPadding(text) : text.length();
        for (int i = 0; i < end; i++) {
            if (indexOf(text.charAt(i)) < 0) {
                return i;
            }
        }
        return -1;
    }

    /** One or two "=" may fill a base64url text up to a multiple of three characters, as GS1 counts it. */
    private static int endWithoutPadding(CharSequence text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '=') {
            end--;
        }
        int padding = text.length() - end;
        boolean fills = padding <= 2 && (padding == 0 || text.length() % 3 == 0);
        return fills ? end : text.length();
    }

    @Override
    public String toString() {
        return switch (this) {
                    case DIGITS -> "digits";
                    case INVARIANT -> "the 82 invariant characters";
                    case PART_NUMBER -> "the 39 characters of a part number";
                    case BASE64URL -> "base64url";
                }
                + " (" + characters.length() + " characters)";
    }
}
