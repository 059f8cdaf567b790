package io.stockledger.benchmarks.crash;

import io.stockledger.benchmarks.Pace;
import io.stockledger.benchmarks.Progress;
import io.stockledger.benchmarks.Workbench;
import io.stockledger.benchmarks.service.QuickStart;
import java.nio.file.Files;
import java.nio.file.Path;

/** Begins the runs of this package's tests, with one seed for all ({@code -Dseed}). */
final class CrashRuns {

    private static final long SEED = Long.getLong("seed", 20_261_121);

    private CrashRuns() {}

    static Workbench workbench(String name) {
        return new Workbench(
                Pace.forAQuickLook(), new Progress(), Path.of("target", name).toAbsolutePath());
    }

    static CrashRun open(QuickStart quickStart, Workbench bench, String name, int nodes) throws Exception {
        Path folder = Files.createDirectories(bench.folder().resolve(name));
        CrashRun run =
                new CrashRun(quickStart, bench.freshDatabase("crash_" + name), folder, SEED, nodes, bench.progress());
        run.open();
        return run;
    }
}
