package io.stockledger.benchmarks.scans;

import io.stockledger.benchmarks.Benchmark;
import io.stockledger.benchmarks.Figure;
import io.stockledger.benchmarks.Goal;
import io.stockledger.benchmarks.Verdict;
import io.stockledger.benchmarks.Workbench;
import io.stockledger.benchmarks.scans.WaitingScanner.Moment;
import io.stockledger.benchmarks.service.RunningLedger;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The adapter killed again and again between two scanners and a real ledger, over a network that is cut as well. */
public final class ScanCrashes implements Benchmark {

    private static final int MANY = 300;
    private static final int FEW = 5;
    private static final int DEVICES = 2;
    private static final int LONGEST_QUIET_MILLIS = 900;
    private static final int LONGEST_QUIET_MICROS = 6_000;
    private static final long PATIENCE_SECONDS = 120;

    @Override
    public String name() {
        return "scan-crashes";
    }

    @Override
    public String shows() {
        return "300 kills of the device adapter (5 with --quick): no scan lost, doubled or out of order in the ledger";
    }

    @Override
    public Verdict run(Workbench bench) throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        int kills = Integer.getInteger("kills", bench.pace().quick() ? FEW : MANY);
        bench.note("seed " + seed + " (again: JAVA_TOOL_OPTIONS=-Dseed=" + seed + ")");
        RunningLedger ledger = RunningLedger.start(bench, "scan_crashes", 1);
        Counter.register(ledger);
        LedgerCable cable = bench.using(LedgerCable.to(ledger.process().grpcPort()));
        Counter counter = Counter.of(bench.freshFolder("scan-crashes"), cable.port(), ledger.key(), DEVICES, "120ms");
        List<WaitingScanner> scanners = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int device = 0; device < DEVICES; device++) {
            WaitingScanner scanner = new WaitingScanner(device, counter.ports().get(device));
            scanners.add(scanner);
            Thread thread = new Thread(scanner, "scanner");
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
        kill(bench, counter, cable, scanners, kills, new Random(seed));

        cable.plugIn();
        bench.using(counter.startAdapter());
        scanners.forEach(WaitingScanner::stop);
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        }
        List<Integer> told = scanners.stream().map(WaitingScanner::told).toList();
        int scanned = told.stream().mapToInt(Integer::intValue).sum();
        bench.progress().say(scanned + " scans were told safe; waiting for the ledger to have them");
        ScannedLots lots = settled(ledger, scanned);
        List<String> faults = lots.faults(told);
        faults.stream().limit(20).forEach(bench::note);
        return new Verdict(
                List.of(
                        Figure.never("lost, doubled or out of order", faults.size()),
                        Figure.of("kills", "times", kills, Goal.none()),
                        Figure.of("scans told safe", "scans", scanned, Goal.none()),
                        Figure.of("effects in the ledger", "receipts", lots.count(), Goal.none())),
                bench.notes());
    }

    private static void kill(
            Workbench bench,
            Counter counter,
            LedgerCable cable,
            List<WaitingScanner> scanners,
            int kills,
            Random random)
            throws Exception {
        for (int kill = 1; kill <= kills; kill++) {
            boolean away = random.nextInt(4) == 0;
            if (away) {
                cable.unplug();
            } else {
                cable.plugIn();
            }
            int before = told(scanners);
            try (AdapterProcess adapter = counter.startAdapter()) {
                // A run that is killed before it read anything shows nothing.
                await("a scan after start " + kill, () -> told(scanners) > before);
                TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_QUIET_MILLIS));
                if (random.nextBoolean()) {
                    cable.cut();
                }
                killAtSomeMoment(adapter, scanners.get(random.nextInt(scanners.size())), random);
            }
            if (kill % 10 == 0 || kill == kills) {
                bench.progress().say("kill " + kill + " of " + kills + ": " + told(scanners) + " scans told safe");
            }
        }
    }

    /** At any time; or so soon after a scan was sent, or was told safe, that the adapter is in the midst of it. */
    private static void killAtSomeMoment(AdapterProcess adapter, WaitingScanner scanner, Random random)
            throws InterruptedException {
        int which = random.nextInt(3);
        long micros = random.nextInt(LONGEST_QUIET_MICROS);
        if (which == 0) {
            adapter.kill();
            return;
        }
        CountDownLatch reached = new CountDownLatch(1);
        scanner.atNext(which == 1 ? Moment.SENT : Moment.TOLD, reached::countDown);
        if (!reached.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("no scan within " + PATIENCE_SECONDS + " s (expected: it goes on unaided)");
        }
        TimeUnit.MICROSECONDS.sleep(micros);
        adapter.kill();
    }

    /** Waits as long as the ledger gets more: what was scanned while it was away takes its time. */
    private static ScannedLots settled(RunningLedger ledger, int scanned) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        ScannedLots lots = ScannedLots.in(ledger.database(), DEVICES);
        while (lots.count() < scanned && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(500);
            ScannedLots now = ScannedLots.in(ledger.database(), DEVICES);
            if (now.count() > lots.count()) {
                end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            }
            lots = now;
        }
        // Whatever comes twice comes soon.
        TimeUnit.SECONDS.sleep(2);
        return ScannedLots.in(ledger.database(), DEVICES);
    }

    private static int told(List<WaitingScanner> scanners) {
        return scanners.stream().mapToInt(WaitingScanner::told).sum();
    }

    private static void await(String what, BooleanSupplier condition) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IOException("no " + what + " within " + PATIENCE_SECONDS + " s");
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
