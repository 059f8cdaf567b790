package io.stockledger.api.importer;

import java.text.Normalizer;

/** What people wrote into the file, in the form in which the ledger takes it: composed, and without what nobody sees. */
final class FreeText {

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_NOTE = 500;

    private FreeText() {}

    /** For an item; empty when nothing is left. */
    static String name(String text) {
        return cut(plain(text), LONGEST_NAME);
    }

    /** For a note or the description of a charge. */
    static String note(String text) {
        return cut(plain(text), LONGEST_NOTE);
    }

    private static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFC).codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.FORMAT, Character.SURROGATE -> {}
                case Character.CONTROL,
                        Character.SPACE_SEPARATOR,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR -> plain.append(' ');
                default -> plain.appendCodePoint(c);
            }
        });
        return plain.toString().strip();
    }

    /** Counts as the stricter of the ledger's fields do, and takes no character apart. */
    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end).strip();
    }
}
