package io.stockledger.projections.csv;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Text as its bytes say it. Where {@link java.io.InputStreamReader} would put U+FFFD for bytes that are no text, and so
 * make one name of two, this stops with {@link UnreadableText}, which knows the line. A byte order mark is left out.
 */
public final class StrictText extends Reader {

    private static final int SOME = 16 * 1024;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final InputStream source;
    private final CharsetDecoder decoder;
    private final ByteBuffer bytes = ByteBuffer.allocate(SOME).flip();
    private final CharBuffer text = CharBuffer.allocate(SOME).flip();
    private boolean begun;
    private boolean ended;
    private long line = 1;
    private char last;
    private @Nullable UnreadableText unreadable;

    public StrictText(InputStream source, Charset charset) {
        this.source = source;
        this.decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /** @throws UnreadableText where the bytes are no text, once all before it is read */
    @Override
    public int read(char[] to, int offset, int length) throws IOException {
        while (!text.hasRemaining() && unreadable == null && !(ended && !bytes.hasRemaining())) {
            decode();
        }
        if (text.hasRemaining()) {
            int read = Math.min(length, text.remaining());
            text.get(to, offset, read);
            return read;
        }
        if (unreadable != null) {
            throw unreadable;
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    private void decode() throws IOException {
        bytes.compact();
        int read = source.read(bytes.array(), bytes.position(), bytes.remaining());
        ended = read < 0;
        bytes.position(bytes.position() + Math.max(read, 0)).flip();
        text.clear();
        CoderResult result = decoder.decode(bytes, text, ended);
        text.flip();
        if (!begun && text.hasRemaining()) {
            begun = true;
            text.position(text.get(0) == BYTE_ORDER_MARK ? 1 : 0);
        }
        text.chars().forEach(c -> count((char) c));
        if (result.isError()) {
            String found = String.format(Locale.ROOT, "0x%02X", bytes.get(bytes.position()));
            unreadable = new UnreadableText(
                    line,
                    "byte " + found + " (expected: text in " + decoder.charset()
                            + ", or the file's charset with it, such as"
                            + " Content-Type: text/csv; charset=windows-1252)");
        }
    }

    /** A line ends with LF, CR or both. */
    private void count(char c) {
        if (c == '\r' || (c == '\n' && last != '\r')) {
            line++;
        }
        last = c;
    }

    /** Bytes that are no text in the charset. */
    public static final class UnreadableText extends IOException {

        private static final long serialVersionUID = 1L;

        private final long line;

        UnreadableText(long line, String message) {
            super(message);
            this.line = line;
        }

        /** From 1. */
        public long line() {
            return line;
        }
    }
}
