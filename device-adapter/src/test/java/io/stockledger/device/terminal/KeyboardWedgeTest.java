package io.stockledger.device.terminal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockledger.device.line.ScanLine;
import io.stockledger.device.terminal.KeyboardWedgeSource.EventLine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Through a pipe, which carries the same bytes as an input device; only the exclusive hold is missing. */
class KeyboardWedgeTest {

    private static final String ROW_OF_DIGITS = "1234567890";
    private static final int FIRST_DIGIT = 2;
    private static final int ENTER = 28;

    private final Path folder;

    KeyboardWedgeTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void whatIsTypedIsReadAndTheEndOfTheDeviceIsTheEnd() throws Exception {
        Path pipe = pipe();
        int descriptor = LinuxCalls.C.open(pipe.toString(), LinuxCalls.O_RDONLY | LinuxCalls.O_NONBLOCK);
        try (EventLine line = new EventLine(descriptor)) {
            try (OutputStream keys = Files.newOutputStream(pipe)) {
                byte[] typed = typed("4006381333931");
                // As the kernel hands them out: never part of an event, but not a whole scan at once either.
                keys.write(typed, 0, 24 * 7);
                keys.flush();
                StringBuilder heard = new StringBuilder(hear(line));
                keys.write(typed, 24 * 7, typed.length - 24 * 7);
                keys.flush();
                while (heard.indexOf("\r") < 0) {
                    heard.append(hear(line));
                }
                assertThat(heard).hasToString("4006381333931\r");
                assertThat(line.read(new byte[64])).as("nothing typed").isZero();
                assertThatThrownBy(() -> line.write(new byte[] {7})).hasMessageContaining("takes no bytes");
            }
            assertThat(line.read(new byte[64])).isEqualTo(ScanLine.ENDED);
        }
    }

    @Test
    void whatIsNoInputDeviceIsRefusedByName() throws Exception {
        Path pipe = pipe();
        assertThatThrownBy(() -> new KeyboardWedgeSource(pipe).open())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(pipe + " cannot be held alone");
        assertThatThrownBy(() -> new KeyboardWedgeSource(folder).open()).hasMessageContaining(folder + " is not there");
    }

    private Path pipe() throws Exception {
        Path pipe = folder.resolve("event0");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
        return pipe;
    }

    private static String hear(ScanLine line) throws IOException {
        byte[] buffer = new byte[64];
        int count = line.read(buffer);
        assertThat(count).isNotEqualTo(ScanLine.ENDED);
        return new String(buffer, 0, count, ISO_8859_1);
    }

    /** Press, release and the report that ends each, as a scanner's keyboard sends them. */
    private static byte[] typed(String digits) {
        ByteBuffer events = ByteBuffer.allocate(24 * 4 * (digits.length() + 1)).order(ByteOrder.nativeOrder());
        digits.chars().forEach(digit -> stroke(events, FIRST_DIGIT + ROW_OF_DIGITS.indexOf(digit)));
        stroke(events, ENTER);
        return events.array();
    }

    private static void stroke(ByteBuffer events, int code) {
        event(events, 1, code, 1);
        event(events, 0, 0, 0);
        event(events, 1, code, 0);
        event(events, 0, 0, 0);
    }

    private static void event(ByteBuffer events, int type, int code, int value) {
        events.putLong(1_700_000_000L)
                .putLong(0)
                .putShort((short) type)
                .putShort((short) code)
                .putInt(value);
    }
}
