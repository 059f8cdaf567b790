package io.stockledger.device.line;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Scans from a stream that is there from the beginning, such as standard input; its end is the device's end. */
public final class StreamSource implements ScanSource {

    private final String name;
    private final InputStream input;
    private final OutputStream output;

    public StreamSource(String name, InputStream input, OutputStream output) {
        this.name = name;
        this.input = input;
        this.output = output;
    }

    @Override
    public ScanLine open() {
        return new ScanLine() {
            @Override
            public int read(byte[] buffer) throws IOException {
                return input.read(buffer);
            }

            @Override
            public void write(byte[] bytes) throws IOException {
                output.write(bytes);
                output.flush();
            }

            /** The stream belongs to whoever opened it. */
            @Override
            public void close() {}
        };
    }

    @Override
    public String describe() {
        return name;
    }

    @Override
    public boolean opensAgain() {
        return false;
    }
}
