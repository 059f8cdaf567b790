package io.stockledger.benchmarks.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.benchmarks.Pace;
import io.stockledger.benchmarks.Progress;
import io.stockledger.benchmarks.Workbench;
import io.stockledger.benchmarks.service.QuickStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The real service as a process, shoppers that retry blindly, and what must hold whatever happens to the process. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class CrashIT {

    private static final long SEED = Long.getLong("seed", 20_261_121);

    /** What a caller is told who is to try again. */
    private static final Set<String> CLEAR =
            Set.of("UNAVAILABLE with a retry hint", "RESOURCE_EXHAUSTED with a retry hint");

    private static Workbench bench;
    private static QuickStart quickStart;

    @BeforeAll
    static void start() throws Exception {
        bench = new Workbench(
                Pace.forAQuickLook(), new Progress(), Path.of("target/crash").toAbsolutePath());
        quickStart = QuickStart.prepare(bench);
    }

    @AfterAll
    static void stop() {
        bench.close();
    }

    @Test
    void twenty_kills_lose_nothing_double_nothing_and_oversell_nothing() throws Exception {
        try (CrashRun run = run(bench, "kills", 1)) {
            run.shop();
            run.kill(20);
            run.awaitAnswers(0);
            assertThat(run.reckon().faults()).isEmpty();
        }
    }

    @Test
    void a_service_that_is_ended_while_everybody_shops_ends_in_time_and_loses_nothing() throws Exception {
        try (CrashRun run = run(bench, "ended", 1)) {
            run.shop();
            run.end(2);
            run.awaitAnswers(0);
            assertThat(run.reckon().faults()).isEmpty();
        }
    }

    @Test
    void two_nodes_sell_exactly_the_500_units_there_are_and_when_one_dies_keep_one_ledger() throws Exception {
        try (CrashRun run = run(bench, "race", 2)) {
            assertThat(run.rush(64, 500, 10_000)).isEqualTo(500);
            run.shop();
            run.kill(2);
            run.awaitAnswers(0);
            assertThat(run.reckon().faults()).isEmpty();
        }
    }

    @Test
    void connections_cut_in_the_middle_and_a_database_away_give_no_false_answer() throws Exception {
        try (CrashRun run = run(bench, "trouble", 1)) {
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
                CrashRun run = run(cramped, "full", 1)) {
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

    private static CrashRun run(Workbench bench, String name, int nodes) throws Exception {
        Path folder = Files.createDirectories(bench.folder().resolve(name));
        CrashRun run =
                new CrashRun(quickStart, bench.freshDatabase("crash_" + name), folder, SEED, nodes, bench.progress());
        run.open();
        return run;
    }
}
