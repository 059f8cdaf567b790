package io.stockledger.benchmarks.crash;

import io.stockledger.benchmarks.Benchmark;
import io.stockledger.benchmarks.Figure;
import io.stockledger.benchmarks.Goal;
import io.stockledger.benchmarks.Verdict;
import io.stockledger.benchmarks.Workbench;
import io.stockledger.benchmarks.service.QuickStart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The long run of the crash suite. */
public final class Crashes implements Benchmark {

    private static final int MANY = 200;
    private static final int FEW = 3;
    /** Each named point once. */
    private static final int AT_ONCE = KillPoint.values().length;

    private static final Duration LONGEST = Duration.ofMinutes(Long.getLong("minutes", 35));

    @Override
    public String name() {
        return "crashes";
    }

    @Override
    public String shows() {
        return "200 kills (3 with --quick) at random and at named points: nothing lost, doubled, partial or oversold";
    }

    @Override
    public Verdict run(Workbench bench) throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        bench.note("seed " + seed + " (again: JAVA_TOOL_OPTIONS=-Dseed=" + seed + ")");
        Path folder = Files.createDirectories(bench.folder().resolve("crashes"));
        QuickStart quickStart = QuickStart.prepare(bench);
        CrashRun run = bench.using(
                new CrashRun(quickStart, bench.freshDatabase("crashes"), folder, seed, 1, bench.progress()));
        bench.progress().say("opening the shop");
        run.open();
        run.shop();
        int wanted = Integer.getInteger("kills", bench.pace().quick() ? FEW : MANY);
        long until = System.nanoTime() + LONGEST.toNanos();
        for (int left = wanted; left > 0 && System.nanoTime() < until; left -= AT_ONCE) {
            run.kill(Math.min(left, AT_ONCE));
        }
        run.awaitAnswers(0);
        CrashRun.Report report = run.reckon();
        report.faults().forEach(fault -> bench.note(fault.toString()));
        int kills = report.kills().values().stream().mapToInt(Integer::intValue).sum();
        return new Verdict(
                List.of(
                        Figure.never("promises broken", report.faults().size()),
                        Figure.of("kills " + report.kills(), "times", kills, Goal.atLeast(wanted)),
                        Figure.of("answered for good", "commands", report.answered(), Goal.none()),
                        Figure.of("sent again blindly", "times", (double) report.retried(), Goal.none()),
                        Figure.of("in the store", "facts", (double) report.facts(), Goal.none())),
                bench.notes());
    }
}
