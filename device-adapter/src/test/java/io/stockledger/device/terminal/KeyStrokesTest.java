package io.stockledger.device.terminal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class KeyStrokesTest {

    private static final int SHIFT = 42;
    private static final int CTRL = 29;
    private static final int ENTER = 28;

    private final KeyStrokes keys = new KeyStrokes();

    @Test
    void digitsAndEnterAreWhatTheScannerTyped() {
        assertThat(typed(press(5), release(5), press(11), release(11), press(10), press(ENTER)))
                .isEqualTo("409\r");
    }

    @Test
    void shiftMakesCapitalsAndSigns() {
        assertThat(typed(press(SHIFT), press(27), press(46), release(SHIFT), press(2), press(30)))
                .isEqualTo("}C1a");
        assertThat(typed(press(27), press(53), press(57))).isEqualTo("]/ ");
    }

    @Test
    void ctrlAndBracketIsTheSeparator() {
        assertThat(typed(press(CTRL), press(27), release(27), release(CTRL), press(3)))
                .isEqualTo("\u001d2");
    }

    @Test
    void heldKeysRepeatNothingAndOtherEventsAreNoKeys() {
        assertThat(typed(press(5), event(1, 5, 2), event(4, 4, 5), event(0, 0, 0), press(200)))
                .isEqualTo("4");
    }

    private String typed(byte[]... events) {
        ByteBuffer all = ByteBuffer.allocate(events.length * 24).order(ByteOrder.nativeOrder());
        for (byte[] event : events) {
            all.put(event);
        }
        byte[] characters = new byte[64];
        int count = keys.characters(all.flip(), characters);
        return new String(characters, 0, count, ISO_8859_1);
    }

    private static byte[] press(int code) {
        return event(1, code, 1);
    }

    private static byte[] release(int code) {
        return event(1, code, 0);
    }

    private static byte[] event(int type, int code, int value) {
        return ByteBuffer.allocate(24)
                .order(ByteOrder.nativeOrder())
                .putLong(0)
                .putLong(0)
                .putShort((short) type)
                .putShort((short) code)
                .putInt(value)
                .array();
    }
}
