package io.stockledger.device.status;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.stockledger.device.desk.DeviceWatch;
import io.stockledger.device.line.Frame;
import io.stockledger.device.line.Signal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happened at one device lately. */
public final class DeviceBoard implements DeviceWatch {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceBoard.class);
    private static final int MOST_ERRORS = 20;

    private final String device;
    private final MeterRegistry meters;
    private final Clock clock;
    private final boolean mask;
    private final Timer durable;
    private final Timer signalled;
    private final Deque<Note> errors = new ArrayDeque<>();

    private boolean connected;
    private String why = "not opened yet";
    private Optional<Note> lastRead = Optional.empty();
    private long reads;

    /** Something that was said at an instant. */
    public record Note(Instant at, String text) {}

    /** @param mask whether the log gets no texts of codes */
    public DeviceBoard(String device, MeterRegistry meters, Clock clock, boolean mask) {
        this.device = device;
        this.meters = meters;
        this.clock = clock;
        this.mask = mask;
        this.durable = timer("stockledger.device.read.durable", "from a read's arrival until it is on the disk");
        this.signalled = timer("stockledger.device.read.signalled", "from a read's arrival until the beep");
        meters.gauge(
                "stockledger.device.connected",
                io.micrometer.core.instrument.Tags.of("device", device),
                this,
                board -> board.snapshot().connected() ? 1 : 0);
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .tag("device", device)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(10))
                .register(meters);
    }

    /** What the status page shows. */
    public record Snapshot(boolean connected, String why, Optional<Note> lastRead, long reads, List<Note> errors) {}

    public synchronized Snapshot snapshot() {
        return new Snapshot(connected, why, lastRead, reads, List.copyOf(errors));
    }

    @Override
    public synchronized void connected() {
        connected = true;
        why = "";
    }

    @Override
    public synchronized void disconnected(String reason) {
        if (connected || !why.equals(reason)) {
            error("not connected: " + reason);
        }
        connected = false;
        why = reason;
    }

    @Override
    public void kept(String description, Duration sinceArrival) {
        durable.record(sinceArrival);
        count("kept");
        synchronized (this) {
            reads++;
            lastRead = Optional.of(new Note(clock.instant(), description.isEmpty() ? "parked" : description));
        }
        LOG.info("device {}: {}", device, mask || description.isEmpty() ? "read kept" : description);
    }

    @Override
    public void parked(String reason, String detail) {
        meters.counter("stockledger.device.parked", "device", device, "reason", reason)
                .increment();
        error(reason + ": " + detail);
        LOG.warn("device {}: read parked: {}{}", device, reason, mask ? "" : ": " + detail);
    }

    @Override
    public void repeated() {
        count("repeated");
    }

    @Override
    public void dropped(Frame.Dropped dropped) {
        count(written(dropped.why()));
        error(dropped.count() + " bytes dropped: " + written(dropped.why())
                + " (expected: scans of this device's profile; check its framing, speed and parity)");
    }

    @Override
    public void lost(String reason) {
        count("lost");
        error("a read could not be kept: " + reason);
        LOG.error("device {}: a read could not be kept: {}", device, reason);
    }

    @Override
    public void signalled(Signal signal, Duration sinceArrival) {
        signalled.record(sinceArrival);
        meters.counter("stockledger.device.signals", "device", device, "signal", written(signal))
                .increment();
    }

    private void count(String outcome) {
        meters.counter("stockledger.device.frames", "device", device, "outcome", outcome)
                .increment();
    }

    private synchronized void error(String text) {
        errors.addFirst(new Note(clock.instant(), text));
        if (errors.size() > MOST_ERRORS) {
            errors.removeLast();
        }
    }

    private static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
