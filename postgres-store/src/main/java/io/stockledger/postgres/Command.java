package io.stockledger.postgres;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs one program to its end. */
final class Command {
    private Command() {}

    static String run(Duration within, Path workingFolder, List<String> command) throws IOException {
        return run(within, workingFolder, command, "");
    }

    /**
     * What the program printed, both its streams.
     *
     * @throws IOException if it can't be started, ends with another status than 0, or takes longer than {@code within}
     */
    static String run(Duration within, Path workingFolder, List<String> command, String input) throws IOException {
        // A file, not a pipe: the server that pg_ctl starts inherits it, and a pipe would stay open as long as it runs.
        Path output = Files.createTempFile("stockledger-postgres", ".out");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(workingFolder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            // PGDATA, PGPORT and the like would steer the programs to another server.
            builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
            builder.environment().put("LC_ALL", "C");
            Process process = builder.start();
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            boolean ended = process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                process.destroyForcibly();
                throw new IOException(command.get(0) + " did not end within " + within + ": " + read(output));
            }
            if (process.exitValue() != 0) {
                throw new IOException(
                        String.join(" ", command) + " ended with status " + process.exitValue() + ": " + read(output));
            }
            return read(output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + command.get(0), e);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
    }
}
