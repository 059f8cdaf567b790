package io.stockledger.device.command;

import io.stockledger.device.line.ControlCharacters;
import io.stockledger.device.line.Framing;
import io.stockledger.device.simulate.Mishaps;
import io.stockledger.device.simulate.SimulatedScanner;
import io.stockledger.device.terminal.PseudoTerminal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Replays recorded scans, with mishaps if wanted, into a port or a pseudo-terminal of its own. */
@Command(
        name = "simulate",
        description = {
            "Replays recorded scans.",
            "With --port it writes to that terminal or device, for example one end of a socat pair. Without, it makes a"
                    + " pseudo-terminal, says which port the adapter should open, and prints what the adapter sends back."
        })
public final class SimulateCommand implements Callable<Integer> {

    @Option(names = "--port", description = "the terminal to write to (default: a new pseudo-terminal)")
    private @Nullable Path port;

    @Option(names = "--link", description = "a link to the new pseudo-terminal, as a name that stays the same")
    private @Nullable Path link;

    @Option(
            names = "--file",
            required = true,
            description = "one scan a line, # for comments, control characters as <GS> or <1D>")
    private Path file = Path.of("");

    @Option(
            names = "--framing",
            converter = FramingWord.class,
            description = "how a scan ends: cr, lf, crlf, line or stx-etx (default: cr)")
    private Framing framing = Framing.CR;

    @Option(names = "--every", description = "milliseconds between scans (default: ${DEFAULT-VALUE})")
    private int every = 1_000;

    @Option(names = "--wait", description = "milliseconds before the first scan (default: ${DEFAULT-VALUE})")
    private int waitFirst = 2_000;

    @Option(names = "--torn", description = "share of scans that break off, 0 to 1")
    private double torn;

    @Option(names = "--doubled", description = "share of scans that are sent twice, 0 to 1")
    private double doubled;

    @Option(names = "--late", description = "share of scans that pause in the middle, 0 to 1")
    private double late;

    @Option(names = "--noisy", description = "share of scans with a wrong byte, 0 to 1")
    private double noisy;

    @Option(names = "--seed", description = "of the mishaps (default: ${DEFAULT-VALUE})")
    private long seed = 1;

    /** As the configuration writes it. */
    static final class FramingWord implements ITypeConverter<Framing> {
        @Override
        public Framing convert(String word) {
            return Framing.ofWord(word)
                    .orElseThrow(
                            () -> new TypeConversionException(word + " (expected: one of " + Framing.words() + ")"));
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try {
            List<String> scans = SimulatedScanner.scansOf(lines());
            Mishaps mishaps = new Mishaps(torn, doubled, late, noisy, seed);
            notNegative("every", every);
            notNegative("wait", waitFirst);
            Path given = port;
            SimulatedScanner.Tally tally =
                    given == null ? throughOwnTerminal(scans, mishaps) : into(given, scans, mishaps);
            System.out.println("sent " + tally);
            return 0;
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 2;
        }
    }

    private List<String> lines() throws IOException {
        try {
            return Files.readAllLines(file);
        } catch (CharacterCodingException e) {
            throw new IOException("file: " + file + " is not UTF-8 (expected: one scan a line)", e);
        }
    }

    private static void notNegative(String name, int millis) {
        if (millis < 0) {
            throw new IllegalArgumentException(name + ": " + millis + " (expected: 0 or more milliseconds)");
        }
    }

    private SimulatedScanner.Tally into(Path terminal, List<String> scans, Mishaps mishaps)
            throws IOException, InterruptedException {
        if (!Files.exists(terminal) || Files.isDirectory(terminal)) {
            throw new IOException("port: " + terminal + " (expected: a terminal or device that exists)");
        }
        try (OutputStream cable = Files.newOutputStream(terminal)) {
            Thread.sleep(waitFirst);
            return new SimulatedScanner(framing, mishaps, cable::write, Thread::sleep).send(scans, every);
        }
    }

    private SimulatedScanner.Tally throughOwnTerminal(List<String> scans, Mishaps mishaps)
            throws IOException, InterruptedException {
        try (PseudoTerminal terminal = PseudoTerminal.open()) {
            System.out.println("port: " + linked(terminal.path()).orElse(terminal.path()));
            Thread listening = new Thread(() -> echo(terminal), "echo");
            listening.setDaemon(true);
            listening.start();
            Thread.sleep(waitFirst);
            return new SimulatedScanner(framing, mishaps, terminal::write, Thread::sleep).send(scans, every);
        }
    }

    private Optional<String> linked(String path) throws IOException {
        Path name = link;
        if (name == null) {
            return Optional.empty();
        }
        if (Files.isSymbolicLink(name)) {
            Files.delete(name);
        }
        Files.createSymbolicLink(name, Path.of(path));
        return Optional.of(name.toString());
    }

    private static void echo(PseudoTerminal terminal) {
        try {
            while (true) {
                byte[] heard = terminal.read(500);
                if (heard.length > 0) {
                    System.out.println(
                            "heard " + ControlCharacters.written(new String(heard, StandardCharsets.ISO_8859_1)));
                }
            }
        } catch (IOException e) {
            System.out.println("hung up");
        }
    }
}
