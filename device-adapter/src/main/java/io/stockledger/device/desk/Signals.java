package io.stockledger.device.desk;

import io.stockledger.device.line.ScanLine;
import io.stockledger.device.line.ScannerProfile;
import io.stockledger.device.line.Signal;
import io.stockledger.device.uplink.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the hand that scans, through the scanner it holds. A scanner that cannot be told is no error of the read. */
public final class Signals {

    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    private final ScannerProfile profile;
    private final ScheduledExecutorService timer;
    private final LongSupplier nanos;
    private final DeviceWatch watch;
    private volatile @Nullable ScanLine line;

    public Signals(ScannerProfile profile, ScheduledExecutorService timer, LongSupplier nanos, DeviceWatch watch) {
        this.profile = profile;
        this.timer = timer;
        this.nanos = nanos;
        this.watch = watch;
    }

    /** The line to the scanner, or null while it is unplugged. */
    public void use(@Nullable ScanLine now) {
        line = now;
    }

    void tell(Signal signal, long arrivedAt) {
        send(profile.bytesFor(signal));
        watch.signalled(signal, Duration.ofNanos(nanos.getAsLong() - arrivedAt));
    }

    /**
     * Good or bad as the answer is, or {@code otherwise} if it is none or does not come in time. One beep only.
     *
     * @param afterwards run once when the beep was given, whichever it was
     */
    void tellWhenAnswered(
            CompletableFuture<Answer> answer, long arrivedAt, Duration wait, Signal otherwise, Runnable afterwards) {
        AtomicBoolean told = new AtomicBoolean();
        long left = wait.toNanos() - (nanos.getAsLong() - arrivedAt);
        ScheduledFuture<?> unusedTimer = timer.schedule(
                () -> {
                    if (told.compareAndSet(false, true)) {
                        tell(otherwise, arrivedAt);
                        afterwards.run();
                    }
                },
                Math.max(0, left),
                TimeUnit.NANOSECONDS);
        CompletableFuture<Void> unusedAnswer = answer.thenAccept(given -> {
            if (told.compareAndSet(false, true)) {
                tell(
                        given instanceof Answer.Accepted
                                ? Signal.GOOD
                                : given instanceof Answer.Refused ? Signal.BAD : otherwise,
                        arrivedAt);
                afterwards.run();
            }
        });
    }

    /** Whether the scanner took the bytes. */
    boolean send(String bytes) {
        ScanLine now = line;
        if (bytes.isEmpty() || now == null) {
            return false;
        }
        try {
            now.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            return true;
        } catch (IOException e) {
            LOG.debug("scanner could not be told", e);
            return false;
        }
    }
}
