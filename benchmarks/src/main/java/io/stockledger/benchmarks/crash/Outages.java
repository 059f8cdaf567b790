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
import java.util.ArrayList;
import java.util.List;

/** The database away for a minute, in each way. */
public final class Outages implements Benchmark {

    @Override
    public String name() {
        return "outages";
    }

    @Override
    public String shows() {
        return "the database cut off, killed and frozen for 60 s each (3 s with --quick): no false answer, goes on"
                + " unaided";
    }

    @Override
    public Verdict run(Workbench bench) throws Exception {
        Duration howLong = Duration.ofSeconds(bench.pace().quick() ? 3 : 60);
        Path folder = Files.createDirectories(bench.folder().resolve("outages"));
        QuickStart quickStart = QuickStart.prepare(bench);
        CrashRun run =
                bench.using(new CrashRun(quickStart, bench.freshDatabase("outages"), folder, 1, 1, bench.progress()));
        run.open();
        run.shop();
        List<Figure> resumed = new ArrayList<>();
        for (Outage outage : Outage.values()) {
            run.awaitAnswers(0);
            bench.progress().say(outage + " for " + howLong.toSeconds() + " s");
            Duration after = run.takeDatabaseAway(outage, bench.postgres().pid(), howLong);
            resumed.add(Figure.of(outage + ", until all are served again", "s", after.toMillis() / 1e3, Goal.none()));
        }
        CrashRun.Report report = run.reckon();
        report.faults().forEach(fault -> bench.note(fault.toString()));
        bench.note("errors that callers saw: " + report.errors());
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.never("promises broken", report.faults().size()));
        figures.add(Figure.of("answered for good", "commands", report.answered(), Goal.none()));
        figures.addAll(resumed);
        return new Verdict(figures, bench.notes());
    }
}
