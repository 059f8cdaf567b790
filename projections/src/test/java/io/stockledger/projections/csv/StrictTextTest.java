package io.stockledger.projections.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockledger.projections.csv.StrictText.UnreadableText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictTextTest {

    private static final Charset WINDOWS = Charset.forName("windows-1252");

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "windows-1252", "UTF-16"})
    void theCharsetThatIsNamedIsRead(String charset) throws IOException {
        Charset named = Charset.forName(charset);
        assertThat(read("Müsli\n".getBytes(named), named)).isEqualTo("Müsli\n");
    }

    @Test
    void aByteOrderMarkIsLeftOutAtTheBeginningOnly() throws IOException {
        assertThat(read("\uFEFFa\uFEFF".getBytes(UTF_8), UTF_8)).isEqualTo("a\uFEFF");
        assertThat(read("\uFEFF".getBytes(UTF_8), UTF_8)).isEmpty();
        assertThat(read(new byte[0], UTF_8)).isEmpty();
    }

    @Test
    void charactersOfSeveralBytesAreReadAcrossTheBuffersEnd() throws IOException {
        String text = "a" + "🍷ü".repeat(20_000);
        assertThat(read(text.getBytes(UTF_8), UTF_8)).isEqualTo(text);
    }

    @Test
    void bytesThatAreNoTextAreToldWithTheirLineOnceAllBeforeThemIsRead() throws IOException {
        String lines = IntStream.rangeClosed(1, 9_000)
                .mapToObj(i -> "line " + i + (i % 3 == 0 ? "\r\n" : i % 3 == 1 ? "\n" : "\r"))
                .collect(Collectors.joining());
        Reader text = new StrictText(new ByteArrayInputStream((lines + "Müsli\n").getBytes(WINDOWS)), UTF_8);
        char[] before = new char[lines.length() + 1];
        int read = 0;
        while (read < before.length) {
            read += text.read(before, read, before.length - read);
        }
        assertThat(new String(before)).isEqualTo(lines + "M");
        assertThatThrownBy(() -> text.read(new char[1], 0, 1))
                .isInstanceOfSatisfying(
                        UnreadableText.class, wrong -> assertThat(wrong.line()).isEqualTo(9_001))
                .hasMessageStartingWith("byte 0xFC (expected: text in UTF-8");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aFileThatEndsWithinACharacterIsNoText(int bytes) {
        byte[] half = new byte[bytes];
        System.arraycopy("🍷".getBytes(UTF_8), 0, half, 0, bytes);
        assertThatThrownBy(() -> read(half, UTF_8)).isInstanceOf(UnreadableText.class);
    }

    @Test
    void bytesThatACharsetLeavesOpenAreNoText() {
        assertThatThrownBy(() -> read(new byte[] {'a', (byte) 0x81}, WINDOWS))
                .hasMessageStartingWith("byte 0x81 (expected: text in windows-1252");
    }

    private static String read(byte[] bytes, Charset charset) throws IOException {
        StringWriter read = new StringWriter();
        new StrictText(new ByteArrayInputStream(bytes), charset).transferTo(read);
        return read.toString();
    }
}
