package io.stockledger.device.desk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.stockledger.device.AdapterOnACounter;
import io.stockledger.device.config.DeviceSettings;
import io.stockledger.device.journal.FullDisk;
import io.stockledger.device.journal.Journal;
import io.stockledger.device.ledger.StatefulLedger;
import io.stockledger.device.line.Frame;
import io.stockledger.device.line.ScanLine;
import io.stockledger.device.line.Signal;
import io.stockledger.device.scan.ScanInterpreter;
import io.stockledger.device.uplink.LedgerCalls;
import io.stockledger.device.uplink.Uplink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A desk with a journal and an uplink, a clock that a test turns, and ears for the beeps. */
final class CounterForTests implements AutoCloseable {

    final Journal journal;
    final Uplink uplink;
    final Desk desk;
    final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);
    final List<String> happened = new CopyOnWriteArrayList<>();
    final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    /** How long the disk seems to take. */
    volatile Duration whileKeeping = Duration.ZERO;

    /** How far the wall's clock is from what it should show. */
    volatile Duration clockOff = Duration.ZERO;

    final List<String> sentToScanner = new CopyOnWriteArrayList<>();

    private final ManagedChannel channel;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    /** A device "dock" that receives, with its journal in {@code folder}. */
    static CounterForTests open(Path folder, StatefulLedger ledger, String profile) throws Exception {
        // A busy machine must not turn a good beep into "kept for later".
        return open(folder, ledger, profile, Duration.ofSeconds(15));
    }

    static CounterForTests open(Path folder, StatefulLedger ledger, String profile, Duration answerWait)
            throws Exception {
        DeviceSettings device = AdapterOnACounter.settings(folder, ledger.port(), """
                        - name: dock
                          standard-input: true
                          profile: %s
                          mode: receive
                          supplier: dairy
                          control-prefix: K7PQ2M/
                        """.formatted(profile))
                .devices()
                .get(0);
        return new CounterForTests(folder.resolve("data"), ledger, device, answerWait);
    }

    private CounterForTests(Path folder, StatefulLedger ledger, DeviceSettings device, Duration answerWait) {
        journal = Journal.open(folder);
        channel = Grpc.newChannelBuilder("127.0.0.1:" + ledger.port(), InsecureChannelCredentials.create())
                .build();
        uplink = new Uplink(
                journal,
                new LedgerCalls(channel, StatefulLedger.KEY, Duration.ofSeconds(2)),
                Duration.ofMillis(200),
                channel::resetConnectBackoff,
                (name, since) -> {});
        DeskTimes times = new DeskTimes(
                new TurnedClock(), nanos::get, Duration.ofMillis(500), Duration.ofSeconds(10), answerWait);
        DeviceWatch watch = new Ears();
        Signals told = new Signals(device.profile(), timer, nanos::get, watch);
        told.use(new SilentLine());
        desk = new Desk(new ScanInterpreter(device.rules()), device.profile(), journal, uplink, told, watch, times);
        uplink.start(device.name());
    }

    /** Lets the journal grow no further, which SQLite reports as it does a full disk. */
    void fillDisk() {
        FullDisk.fill(journal);
    }

    void makeRoom() {
        FullDisk.makeRoom(journal);
    }

    /** Scans, a second after whatever was before. */
    void scan(String text) {
        pass(Duration.ofSeconds(1));
        scanAtOnce(text);
    }

    void scanAtOnce(String text) {
        desk.take(new Frame.Whole(text));
    }

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** The next beep. */
    Signal heard() throws InterruptedException {
        Signal signal = signals.poll(30, TimeUnit.SECONDS);
        if (signal == null) {
            throw new AssertionError("no beep in 30 s; so far: " + happened);
        }
        return signal;
    }

    @Override
    public void close() throws IOException {
        uplink.close();
        channel.shutdownNow();
        timer.shutdownNow();
        journal.close();
    }

    private final class TurnedClock extends Clock {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.parse("2026-11-21T12:00:00Z").plusNanos(nanos.get()).plus(clockOff);
        }
    }

    private final class SilentLine implements ScanLine {
        @Override
        public int read(byte[] buffer) {
            return ENDED;
        }

        @Override
        public void write(byte[] bytes) {
            sentToScanner.add(new String(bytes, ISO_8859_1));
        }

        @Override
        public void close() {
            happened.add("closed");
        }
    }

    private final class Ears implements DeviceWatch {
        @Override
        public void connected() {
            happened.add("connected");
        }

        @Override
        public void disconnected(String why) {
            happened.add("disconnected " + why);
        }

        @Override
        public void kept(String description, Duration sinceArrival) {
            happened.add("kept " + description);
            pass(whileKeeping);
        }

        @Override
        public void parked(String reason, String detail) {
            happened.add("parked " + reason);
        }

        @Override
        public void repeated() {
            happened.add("repeated");
        }

        @Override
        public void dropped(Frame.Dropped dropped) {
            happened.add("dropped " + dropped.why());
        }

        @Override
        public void lost(String why) {
            happened.add("lost " + why);
        }

        @Override
        public void signalled(Signal signal, Duration sinceArrival) {
            signals.add(signal);
        }
    }
}
