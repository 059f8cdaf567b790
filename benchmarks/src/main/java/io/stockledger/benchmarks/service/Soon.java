package io.stockledger.benchmarks.service;

import io.stockledger.benchmarks.Workbench;
import io.stockledger.benchmarks.load.Load;
import java.time.Duration;
import java.util.function.Function;

/** What a service gives shortly after its start, before all of its code is compiled. */
public final class Soon {

    /** A till that was restarted has a queue before it. */
    public static final Duration WITHIN = Duration.ofSeconds(20);

    private static final Duration SLICE = Duration.ofSeconds(1);

    private Soon() {}

    /**
     * The most that a load got in one second, within {@link #WITHIN} after a service of its own was ready.
     *
     * @param items how many the shop has
     */
    public static double perSecond(Workbench bench, String name, int items, Function<RunningLedger, Load> loads)
            throws Exception {
        long begun = System.nanoTime();
        try (RunningLedger ledger = RunningLedger.start(bench, name, items)) {
            Load load = loads.apply(ledger);
            Duration until = ledger.process().startTook().plus(WITHIN);
            double most = 0;
            while (System.nanoTime() - begun < until.minus(SLICE).toNanos()) {
                most = Math.max(most, load.run(SLICE).perSecond());
            }
            bench.progress()
                    .say("within " + WITHIN.toSeconds() + " s of a start  " + load.name() + ": " + Math.round(most)
                            + "/s");
            return most;
        }
    }
}
