package io.stockledger.device.terminal;

import java.nio.ByteBuffer;

/**
 * Key events of Linux as the characters of a US keyboard, which is what scanners type unless set otherwise. Ctrl and ]
 * together are the separator GS.
 */
final class KeyStrokes {

    private static final int KEY_EVENT = 1;
    private static final int RELEASED = 0;
    private static final int PRESSED = 1;
    private static final int LEFT_CTRL = 29;
    private static final int RIGHT_CTRL = 97;
    private static final int LEFT_SHIFT = 42;
    private static final int RIGHT_SHIFT = 54;
    /** By key code; a blank that is not key 57 is a key without a character. */
    private static final String PLAIN = "\0\0" + "1234567890-=" + "\b\t" + "qwertyuiop[]" + "\r\0" + "asdfghjkl;'`"
            + "\0\\" + "zxcvbnm,./" + "\0*\0 ";

    private static final String SHIFTED = "\0\0" + "!@#$%^&*()_+" + "\b\t" + "QWERTYUIOP{}" + "\r\0" + "ASDFGHJKL:\"~"
            + "\0|" + "ZXCVBNM<>?" + "\0*\0 ";

    private boolean shift;
    private boolean ctrl;

    /**
     * Takes whole events: 16 bytes of time, type, code and value.
     *
     * @return how many characters were put into {@code into}
     */
    int characters(ByteBuffer events, byte[] into) {
        int count = 0;
        while (events.remaining() >= 24 && count < into.length) {
            int at = events.position();
            int type = events.getShort(at + 16);
            int code = events.getShort(at + 18);
            int value = events.getInt(at + 20);
            events.position(at + 24);
            char typed = type == KEY_EVENT ? typed(code, value) : 0;
            if (typed != 0) {
                into[count++] = (byte) typed;
            }
        }
        return count;
    }

    private char typed(int code, int value) {
        switch (code) {
            case LEFT_SHIFT, RIGHT_SHIFT -> shift = value != RELEASED;
            case LEFT_CTRL, RIGHT_CTRL -> ctrl = value != RELEASED;
            default -> {
                if (value == PRESSED && code >= 0 && code < PLAIN.length()) {
                    char plain = PLAIN.charAt(code);
                    return ctrl && plain == ']' ? 0x1D : shift ? SHIFTED.charAt(code) : plain;
                }
            }
        }
        return 0;
    }
}
