package io.stockledger.benchmarks.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.benchmarks.Pace;
import io.stockledger.benchmarks.Progress;
import io.stockledger.benchmarks.Workbench;
import io.stockledger.benchmarks.service.QuickStart;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The real service as a process, shoppers that retry blindly, and a store that goes away or has no room. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class OutageIT {

    /** What a caller is told who is to try again. */
    private static final Set<String> CLEAR =
            Set.of("UNAVAILABLE with a retry hint", "RESOURCE_EXHAUSTED with a retry hint");

    private static Workbench bench;
    private static QuickStart quickStart;

    @BeforeAll
    static void start() throws Exception {
        bench = CrashRuns.workbench("outage");
        quickStart = QuickStart.prepare(bench);
    }

    @AfterAll
    static void stop() {
        bench.close();
    }

    @Test
    void connections_cut_in_the_middle_and_a_database_away_give_no_false_answer() throws Exception {
        try (CrashRun run = CrashRuns.open(quickStart, bench, "trouble", 1)) {
            run.shop();
            run.cut(10);
            run.takeDatabaseAway(Outage.CUT_OFF, bench.postgres().pid(), Duration.ofSeconds(5));
            run.takeDatabaseAway(Outage.KILLED, bench.postgres().pid(), Duration.ofSeconds(2));
            run.takeDatabaseAway(Outage.FROZEN, bench.postgres().pid(), Duration.ofSeconds(2));
            run.cut(2);
            run.awaitAnswers(0);
            CrashRun.Report report = run.reckon();
            assertThat(report.faults()).isEmpty();
            assertThat(CLEAR).containsAll(report.errors().keySet());
        }
    }

    @Test
    void a_full_disk_gives_no_false_answer_and_passes_when_there_is_room_again() throws Exception {
        try (SmallDisk disk = mounted();
                Workbench cramped = new Workbench(Pace.forAQuickLook(), new Progress(), disk.folder());
                CrashRun run = CrashRuns.open(quickStart, cramped, "full", 1)) {
            run.shop();
            run.fill(disk);
            CrashRun.Report report = run.reckon();
            assertThat(report.faults()).isEmpty();
            assertThat(CLEAR).containsAll(report.errors().keySet());
        }
    }

    private static SmallDisk mounted() throws Exception {
        try {
            return SmallDisk.mount(Path.of("target/small-disk").toAbsolutePath(), 400);
        } catch (IOException e) {
            return Assumptions.abort("SKIPPED, nothing said about a full disk: " + e.getMessage());
        }
    }
}
