package io.stockledger.api.rest;

import io.stockledger.api.problem.Failures;
import io.stockledger.api.problem.Problem;
import io.stockledger.api.problem.RequestRefused;
import io.stockledger.projections.csv.StrictText;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.http.MediaType;

/** A request's body on the disk, because it is too large to be kept in memory for each who sends one. */
final class UploadedFile implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final Path file;
    private final Reader text;

    private UploadedFile(Path file, Reader text) {
        this.file = file;
        this.text = text;
    }

    /**
     * In the charset that its Content-Type names, else in UTF-8.
     *
     * @throws RequestRefused when it has more than so many bytes, or takes too long
     */
    static UploadedFile of(HttpServletRequest request, long most) throws IOException {
        Path file = Files.createTempFile("stockledger-upload-", ".csv");
        try {
            try (OutputStream out = Files.newOutputStream(file)) {
                copy(request.getInputStream(), out, most);
            }
            return new UploadedFile(file, new StrictText(Files.newInputStream(file), charset(request)));
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private static void copy(InputStream in, OutputStream out, long most) throws IOException {
        long began = System.nanoTime();
        byte[] some = new byte[64 * 1024];
        long copied = 0;
        for (int count = in.read(some); count >= 0; count = in.read(some)) {
            copied += count;
            if (copied > most) {
                throw refused("has more than " + most + " bytes (expected: at most so many).");
            }
            if (System.nanoTime() - began > LONGEST.toNanos()) {
                throw refused("did not come to its end within " + LONGEST.toSeconds() + " s.");
            }
            out.write(some, 0, count);
        }
    }

    private static Charset charset(HttpServletRequest request) {
        Charset named =
                MediaType.parseMediaType(request.getHeader("Content-Type")).getCharset();
        return named == null ? StandardCharsets.UTF_8 : named;
    }

    private static RequestRefused refused(String why) {
        return new RequestRefused(Problem.of(Failures.TOO_LARGE, "The file " + why));
    }

    /** Reading it fails with {@link StrictText.UnreadableText} where the bytes are none. */
    Reader text() {
        return text;
    }

    @Override
    public void close() {
        try {
            text.close();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
