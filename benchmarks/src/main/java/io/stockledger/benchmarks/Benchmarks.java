package io.stockledger.benchmarks;

import io.stockledger.benchmarks.commands.Documents;
import io.stockledger.benchmarks.commands.EveryWire;
import io.stockledger.benchmarks.commands.HotItem;
import io.stockledger.benchmarks.commands.OneClient;
import io.stockledger.benchmarks.commands.ThousandItems;
import io.stockledger.benchmarks.crash.Crashes;
import io.stockledger.benchmarks.crash.Outages;
import io.stockledger.benchmarks.crash.Standstill;
import io.stockledger.benchmarks.floor.SqlFloors;
import io.stockledger.benchmarks.history.DeepItem;
import io.stockledger.benchmarks.history.Replay;
import io.stockledger.benchmarks.history.WideShelf;
import io.stockledger.benchmarks.hostile.Hostile;
import io.stockledger.benchmarks.running.Memory;
import io.stockledger.benchmarks.running.Reads;
import io.stockledger.benchmarks.running.Start;
import io.stockledger.benchmarks.running.Visible;
import io.stockledger.benchmarks.scans.ScanCrashes;
import io.stockledger.benchmarks.scans.Scans;
import io.stockledger.benchmarks.writer.WriterAlone;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs one benchmark, or lists them. */
@Command(
        name = "benchmarks/run",
        mixinStandardHelpOptions = true,
        description = "Runs one benchmark and prints a table and, last, one line of JSON; without a name, lists them.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:measured", "1:could not be measured", "3:measured with --strict, and a goal is missed"})
public final class Benchmarks implements Callable<Integer> {

    private static final List<Benchmark> ALL = List.of(
            new HotItem(),
            new ThousandItems(),
            new OneClient(),
            new EveryWire(),
            new Documents(),
            new Visible(),
            new Memory(),
            new Hostile(),
            new Start(),
            new Reads(),
            new Replay(),
            new DeepItem(),
            new WideShelf(),
            new Crashes(),
            new Outages(),
            new Standstill(),
            new Scans(),
            new ScanCrashes(),
            new WriterAlone(),
            new SqlFloors());

    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "Which one.")
    private @Nullable String name;

    @Option(names = "--quick", description = "Shorter rounds: under 50 seconds once built, and rougher.")
    private boolean quick;

    @Option(names = "--strict", description = "Exit with 3 when a goal is missed.")
    private boolean strict;

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            defaultValue = "benchmarks/target/workbench",
            description = "Where the database and other files are kept (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("benchmarks", "target", "workbench");

    private Benchmarks() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Benchmarks()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        String wanted = name;
        if (wanted == null) {
            int widest = ALL.stream().mapToInt(one -> one.name().length()).max().orElse(0);
            for (Benchmark benchmark : ALL) {
                System.out.println(benchmark.name()
                        + " ".repeat(widest + 2 - benchmark.name().length())
                        + benchmark.shows());
            }
            return 0;
        }
        Benchmark benchmark = ALL.stream()
                .filter(one -> one.name().equals(wanted))
                .findFirst()
                .orElse(null);
        if (benchmark == null) {
            System.err.println("NAME: " + wanted + " (expected: one of "
                    + ALL.stream().map(Benchmark::name).toList() + ")");
            return CommandLine.ExitCode.USAGE;
        }
        Progress progress = new Progress();
        Verdict verdict;
        try (Workbench bench =
                new Workbench(quick ? Pace.forAQuickLook() : Pace.forTheRecord(), progress, folder.toAbsolutePath())) {
            verdict = benchmark.run(bench);
        }
        System.out.println(verdict.table());
        verdict.notes().forEach(note -> System.out.println("Note: " + note));
        System.out.println(verdict.json(benchmark.name(), quick, progress.seconds()));
        return strict && !verdict.holds() ? 3 : 0;
    }
}
