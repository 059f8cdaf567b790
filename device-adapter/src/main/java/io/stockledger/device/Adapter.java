package io.stockledger.device;

import io.grpc.ManagedChannel;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.stockledger.device.config.AdapterSettings;
import io.stockledger.device.config.DeviceSettings;
import io.stockledger.device.config.SourceSettings;
import io.stockledger.device.desk.Desk;
import io.stockledger.device.desk.DeskTimes;
import io.stockledger.device.desk.DeviceLoop;
import io.stockledger.device.desk.Signals;
import io.stockledger.device.journal.Journal;
import io.stockledger.device.line.ScanSource;
import io.stockledger.device.line.SerialSource;
import io.stockledger.device.line.StreamSource;
import io.stockledger.device.line.TcpSource;
import io.stockledger.device.scan.ScanInterpreter;
import io.stockledger.device.status.DeviceBoard;
import io.stockledger.device.status.StatusServer;
import io.stockledger.device.status.WatchedDevice;
import io.stockledger.device.terminal.KeyboardWedgeSource;
import io.stockledger.device.uplink.KeyFile;
import io.stockledger.device.uplink.LedgerCalls;
import io.stockledger.device.uplink.LedgerChannel;
import io.stockledger.device.uplink.Uplink;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All devices of one machine, from their cables to the ledger. */
public final class Adapter implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Adapter.class);
    private static final long JOIN_MILLIS = 2_000;

    private final AdapterSettings settings;
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1, task -> {
        Thread thread = new Thread(task, "signals");
        thread.setDaemon(true);
        return thread;
    });
    private final Journal journal;
    private final ManagedChannel channel;
    private final Uplink uplink;
    private final Map<String, WatchedDevice> devices = new LinkedHashMap<>();
    private final Map<String, Thread> threads = new LinkedHashMap<>();
    private final List<DeviceLoop> loops = new ArrayList<>();
    private final Optional<StatusServer> status;

    /**
     * Opens the journal and starts everything.
     *
     * @throws IOException if the status page's port is taken or the key cannot be read
     * @throws io.stockledger.device.journal.JournalFailure if the journal cannot be used
     */
    public Adapter(AdapterSettings settings) throws IOException {
        this.settings = settings;
        String key = KeyFile.read(settings.ledger().keyFile());
        this.journal = Journal.open(settings.data());
        this.channel = LedgerChannel.open(settings.ledger());
        this.uplink = new Uplink(
                journal,
                new LedgerCalls(channel, key, settings.ledger().deadline()),
                settings.ledger().longestPause(),
                channel::resetConnectBackoff,
                this::ledgerAnswered);
        for (DeviceSettings device : settings.devices()) {
            prepare(device);
        }
        this.status = settings.statusPort() < 0
                ? Optional.empty()
                : Optional.of(new StatusServer(
                        settings.statusPort(), settings.data(), devices, journal, uplink, meters, Clock.systemUTC()));
        // Connects now, so that the first scan's beep does not wait for it.
        channel.getState(true);
        threads.values().forEach(Thread::start);
        ScheduledFuture<?> unused = timer.scheduleWithFixedDelay(this::forgetSettled, 0, 1, TimeUnit.HOURS);
    }

    private void prepare(DeviceSettings device) throws IOException {
        DeviceBoard board = new DeviceBoard(device.name(), meters, Clock.systemUTC(), settings.maskSerials());
        DeskTimes times = DeskTimes.ofMachine(device.doubleReadWindow(), settings.answerWait());
        Signals signals = new Signals(device.profile(), timer, times.nanos(), board);
        Desk desk =
                new Desk(new ScanInterpreter(device.rules()), device.profile(), journal, uplink, signals, board, times);
        desk.warmUp();
        ScanSource source = source(device);
        DeviceLoop loop = new DeviceLoop(device.name(), source, device.profile(), desk, signals, board);
        loops.add(loop);
        Thread thread = new Thread(loop, "device " + device.name());
        thread.setDaemon(true);
        threads.put(device.name(), thread);
        devices.put(
                device.name(),
                new WatchedDevice(
                        device.name(),
                        device.rules().location(),
                        source.describe(),
                        device.profile().name(),
                        desk,
                        board));
        Gauge.builder(
                        "stockledger.device.waiting",
                        () -> journal.backlog(device.name()).pending())
                .description("reads that the ledger has not answered for")
                .tag("device", device.name())
                .register(meters);
        Gauge.builder("stockledger.device.waiting.age", () -> oldestSeconds(device.name()))
                .description("age of the oldest of them")
                .baseUnit("seconds")
                .tag("device", device.name())
                .register(meters);
        uplink.start(device.name());
    }

    private double oldestSeconds(String device) {
        return journal.backlog(device)
                .since()
                .map(since -> Duration.between(since, Instant.now()).toMillis() / 1000.0)
                .orElse(0.0);
    }

    private static ScanSource source(DeviceSettings device) throws IOException {
        SourceSettings source = device.source();
        if (source instanceof SourceSettings.Serial serial) {
            return new SerialSource(serial.port(), device.profile());
        }
        if (source instanceof SourceSettings.Tcp tcp) {
            return new TcpSource(tcp.port());
        }
        if (source instanceof SourceSettings.KeyboardWedge wedge) {
            return new KeyboardWedgeSource(wedge.eventDevice());
        }
        return new StreamSource("standard input", System.in, System.out);
    }

    private void ledgerAnswered(String device, Duration sinceRead) {
        Timer.builder("stockledger.device.read.answered")
                .description("from a read until the ledger decided, by this machine's clock")
                .tag("device", device)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(1))
                .register(meters)
                .record(sinceRead.isNegative() ? Duration.ZERO : sinceRead);
    }

    private void forgetSettled() {
        try {
            journal.forget(Instant.now().minus(settings.keepSettled())).join();
        } catch (CompletionException e) {
            LOG.warn("settled reads were not forgotten, trying again in an hour: {}", e.getMessage());
        }
    }

    /** Where the status page is; empty if none is served. */
    public Optional<String> statusAddress() {
        return status.map(StatusServer::address);
    }

    /** Waits until every device is at its end, which only devices on standard input ever are. */
    public void awaitEnd() throws InterruptedException {
        for (Thread thread : threads.values()) {
            thread.join();
        }
    }

    /** Stops reading, then closes the journal; what waits is sent by the next start. */
    @Override
    public void close() throws IOException {
        loops.forEach(DeviceLoop::stop);
        try {
            for (Thread thread : threads.values()) {
                thread.join(JOIN_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        status.ifPresent(StatusServer::close);
        uplink.close();
        channel.shutdownNow();
        timer.shutdownNow();
        journal.close();
    }
}
