package io.stockledger.device.command;

import io.stockledger.device.line.ControlCharacters;
import io.stockledger.device.line.Framing;
import io.stockledger.device.simulate.Mishaps;
import io.stockledger.device.simulate.SimulatedScanner;
import io.stockledger.device.terminal.PseudoTerminal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Replays recorded scans, with mishaps if wanted, into a port or a pseudo-terminal of its own. */
@Command(
        name = "simulate",
        description = {
            "Replays recorded scans.",
            "With --port it writes to that terminal or device, for example one end of a socat pair. Without, it makes a"
                    + " pseudo-terminal, says which port the adapter should open, and prints what the adapter sends back."
        },
        mixinStandardHelpOptions = true)
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

    @Option(names = "--framing", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
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

    @Override
    public Integer call() throws InterruptedException {
        try {
            List<String> scans = SimulatedScanner.scansOf(Files.readAllLines(file));
            Mishaps mishaps = new Mishaps(torn, doubled, late, noisy, seed);
            Path given = port;
            SimulatedScanner.Tally tally =
                    given == null ? throughOwnTerminal(scans, mishaps) : into(given, scans, mishaps);
            System.out.println("sent " + tally);
            return 0;
        } catch (IOException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 1;
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
