package io.stockledger.benchmarks.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.benchmarks.Workbench;
import io.stockledger.benchmarks.service.QuickStart;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The real service as a process, shoppers that retry blindly, and what must hold whatever happens to the process. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class CrashIT {

    private static Workbench bench;
    private static QuickStart quickStart;

    @BeforeAll
    static void start() throws Exception {
        bench = CrashRuns.workbench("crash");
        quickStart = QuickStart.prepare(bench);
    }

    @AfterAll
    static void stop() {
        bench.close();
    }

    @Test
    void twenty_kills_lose_nothing_double_nothing_and_oversell_nothing() throws Exception {
        try (CrashRun run = CrashRuns.open(quickStart, bench, "kills", 1)) {
            run.shop();
            run.kill(20);
            run.awaitAnswers(0);
            assertThat(run.reckon().faults()).isEmpty();
        }
    }

    @Test
    void a_service_that_is_ended_while_everybody_shops_ends_in_time_and_loses_nothing() throws Exception {
        try (CrashRun run = CrashRuns.open(quickStart, bench, "ended", 1)) {
            run.shop();
            run.end(2);
            run.awaitAnswers(0);
            assertThat(run.reckon().faults()).isEmpty();
        }
    }

    @Test
    void two_nodes_sell_exactly_the_500_units_there_are_and_when_one_dies_keep_one_ledger() throws Exception {
        try (CrashRun run = CrashRuns.open(quickStart, bench, "race", 2)) {
            assertThat(run.rush(64, 500, 10_000)).isEqualTo(500);
            run.shop();
            run.kill(2);
            run.awaitAnswers(0);
            assertThat(run.reckon().faults()).isEmpty();
        }
    }
}
