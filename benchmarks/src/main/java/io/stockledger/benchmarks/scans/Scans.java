package io.stockledger.benchmarks.scans;

import io.stockledger.benchmarks.Benchmark;
import io.stockledger.benchmarks.Figure;
import io.stockledger.benchmarks.Goal;
import io.stockledger.benchmarks.Verdict;
import io.stockledger.benchmarks.Workbench;
import io.stockledger.benchmarks.scans.TcpScanner.Scanned;
import io.stockledger.benchmarks.service.RunningLedger;
import io.stockledger.v1.Accepted;
import io.stockledger.v1.LedgerGrpc;
import io.stockledger.v1.ReceiveGoods;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** From the last byte of a scan to the disk, to the ledger's answer, and to the beep while no answer comes. */
public final class Scans implements Benchmark {

    private static final int DEVICES = 4;
    private static final int MANY_DEVICES = 50;
    private static final double READS_PER_SECOND = 5;
    private static final Duration QUICK_WARM_UP = Duration.ofSeconds(5);
    private static final int APPENDED_BYTES = 200;
    /** Long enough for the beep to come with the answer, which is what is measured. */
    private static final String PATIENT_WAIT = "5s";
    /** As it is unless set. */
    private static final String ANSWER_WAIT = "120ms";

    private static final double DURABLE_GOAL_MILLIS = 5;
    private static final double ANSWERED_GOAL_MILLIS = 20;
    private static final double BEEP_GOAL_MILLIS = 150;
    private static final double MEMORY_GOAL_MEGABYTES = 256;

    private final Histogram durable = histogram();
    private final Histogram answered = histogram();
    private final Histogram flushed = histogram();
    private final Histogram lone = histogram();

    @Override
    public String name() {
        return "scans";
    }

    @Override
    public String shows() {
        return "4 scanners at 5 reads a second: to the disk, to the ledger, to the beep; 50 scanners: memory";
    }

    @Override
    public Verdict run(Workbench bench) throws Exception {
        RunningLedger ledger = RunningLedger.start(bench, "scans", 1);
        Counter.register(ledger);
        Path folder = bench.freshFolder("scans");
        measurePace(bench, ledger, folder);
        long unexpected = durable.getTotalCount() - answered.getTotalCount();

        Counter counter = Counter.of(
                folder.resolve("many"), ledger.process().grpcPort(), ledger.key(), MANY_DEVICES, ANSWER_WAIT);
        bench.progress().say("starting an adapter with " + MANY_DEVICES + " devices");
        AdapterProcess adapter = bench.using(counter.startAdapter().awaitReady());
        List<TcpScanner> scanners = connect(bench, counter);
        // All of them, each with some reads, which is when the adapter has what it keeps.
        for (int round = 0; round < bench.pace().rounds(); round++) {
            together(scanners, TcpScanner::scan);
        }
        double resident = adapter.residentMegabytes();
        List<TcpScanner> few = scanners.subList(0, DEVICES);
        bench.progress().say("freezing the ledger");
        ledger.process().freeze();
        Histogram frozen = beepsUnanswered(few, bench.pace().slice().multipliedBy(2));
        ledger.process().thaw();
        bench.progress().say("killing the ledger");
        ledger.process().kill();
        Histogram gone = beepsUnanswered(few, bench.pace().slice().multipliedBy(2));
        return new Verdict(
                List.of(
                        Figure.above(
                                "read to durable, p50; floor: flush of a " + APPENDED_BYTES + "-byte append",
                                "ms",
                                millis(durable, 50),
                                millis(flushed, 50),
                                Goal.atMost(DURABLE_GOAL_MILLIS)),
                        Figure.above(
                                "read to the ledger's answer, p50; floor: a lone command's round trip",
                                "ms",
                                millis(answered, 50),
                                millis(lone, 50),
                                Goal.atMost(ANSWERED_GOAL_MILLIS)),
                        Figure.above(
                                "read to durable, p99", "ms", millis(durable, 99), millis(flushed, 99), Goal.none()),
                        Figure.above(
                                "read to the ledger's answer, p99",
                                "ms",
                                millis(answered, 99),
                                millis(lone, 99),
                                Goal.none()),
                        Figure.of(
                                "read to beep, ledger frozen, p99",
                                "ms",
                                millis(frozen, 99),
                                Goal.atMost(BEEP_GOAL_MILLIS)),
                        Figure.of(
                                "read to beep, ledger gone, p99",
                                "ms",
                                millis(gone, 99),
                                Goal.atMost(BEEP_GOAL_MILLIS)),
                        Figure.of(
                                MANY_DEVICES + " devices, resident",
                                "MB",
                                resident,
                                Goal.atMost(MEMORY_GOAL_MEGABYTES)),
                        Figure.never("not beeped good though the ledger was there", unexpected)),
                bench.notes());
    }

    private void measurePace(Workbench bench, RunningLedger ledger, Path folder) throws Exception {
        Counter counter =
                Counter.of(folder.resolve("few"), ledger.process().grpcPort(), ledger.key(), DEVICES, PATIENT_WAIT);
        try (AdapterProcess adapter = counter.startAdapter().awaitReady();
                FileChannel beside = FileChannel.open(
                        counter.folder().resolve("appended"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            List<TcpScanner> scanners = connect(bench, counter);
            bench.progress().say("warming up");
            warmUp(scanners, bench.pace().quick() ? QUICK_WARM_UP : bench.pace().warmUp());
            for (int round = 1; round <= bench.pace().rounds(); round++) {
                measure(scanners, bench.pace().slice());
                floors(ledger, beside, bench.pace().slice());
                bench.progress()
                        .say("round " + round + " of " + bench.pace().rounds() + ": durable p50 " + millis(durable, 50)
                                + " ms, answered p50 " + millis(answered, 50) + " ms so far");
            }
            bench.note(DEVICES + " devices, resident: " + Math.round(adapter.residentMegabytes())
                    + " MB; the journal's disk: " + Files.getFileStore(folder).type());
        }
    }

    private static List<TcpScanner> connect(Workbench bench, Counter counter) throws IOException {
        List<TcpScanner> scanners = new ArrayList<>();
        for (int device = 0; device < counter.ports().size(); device++) {
            scanners.add(bench.using(new TcpScanner(device, counter.ports().get(device))));
        }
        return scanners;
    }

    private static void warmUp(List<TcpScanner> scanners, Duration time) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        together(scanners, scanner -> {
            while (System.nanoTime() < end) {
                scanner.scan();
            }
        });
    }

    private void measure(List<TcpScanner> scanners, Duration slice) throws Exception {
        together(
                scanners,
                scanner -> Paced.run(READS_PER_SECOND, slice, () -> {
                    Scanned scanned = scanner.scan();
                    durable.recordValue(scanned.durable() / 1_000);
                    if (scanned.beep() == Counter.GOOD) {
                        answered.recordValue(scanned.beeped() / 1_000);
                    }
                }));
    }

    private static Histogram beepsUnanswered(List<TcpScanner> scanners, Duration slice) throws Exception {
        Histogram beeps = histogram();
        together(
                scanners,
                scanner -> Paced.run(READS_PER_SECOND, slice, () -> {
                    Scanned scanned = scanner.scan();
                    if (scanned.beep() != Counter.KEPT) {
                        throw new IOException(
                                "beep: " + scanned.beep() + " (expected: " + Counter.KEPT + ", kept for later)");
                    }
                    beeps.recordValue(scanned.beeped() / 1_000);
                }));
        return beeps;
    }

    /** At the pace of all scanners together: a disk and a service that idle between two calls are slower than busy ones. */
    private void floors(RunningLedger ledger, FileChannel beside, Duration slice) throws Exception {
        Duration half = slice.dividedBy(2);
        Paced.run(DEVICES * READS_PER_SECOND, half, () -> {
            long before = System.nanoTime();
            beside.write(ByteBuffer.allocate(APPENDED_BYTES));
            beside.force(false);
            flushed.recordValue((System.nanoTime() - before) / 1_000);
        });
        Paced.run(DEVICES * READS_PER_SECOND, half, () -> {
            CountDownLatch done = new CountDownLatch(1);
            long before = System.nanoTime();
            ledger.client()
                    .<ReceiveGoods, Accepted>call(
                            LedgerGrpc.getReceiveGoodsMethod(),
                            ledger.shop().receipt(1, "1"),
                            (accepted, status, trailers) -> {
                                lone.recordValue((System.nanoTime() - before) / 1_000);
                                done.countDown();
                            });
            done.await();
        });
    }

    /** What a scanner does on a thread of its own. */
    @FunctionalInterface
    private interface Scanning {
        void by(TcpScanner scanner) throws Exception;
    }

    private static void together(List<TcpScanner> scanners, Scanning scanning) throws Exception {
        List<Throwable> problems = new CopyOnWriteArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (TcpScanner scanner : scanners) {
            Thread thread = new Thread(
                    () -> {
                        try {
                            scanning.by(scanner);
                        } catch (Exception e) {
                            problems.add(e);
                        }
                    },
                    "scanner");
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (!problems.isEmpty()) {
            throw new IOException("a scanner failed", problems.get(0));
        }
    }

    private static Histogram histogram() {
        return new ConcurrentHistogram(TimeUnit.MINUTES.toMicros(2), 3);
    }

    private static double millis(Histogram histogram, double percentile) {
        return histogram.getValueAtPercentile(percentile) / 1e3;
    }
}
