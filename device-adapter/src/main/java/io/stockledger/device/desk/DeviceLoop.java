package io.stockledger.device.desk;

import io.stockledger.device.line.FrameAssembler;
import io.stockledger.device.line.ScanLine;
import io.stockledger.device.line.ScanSource;
import io.stockledger.device.line.ScannerProfile;
import io.stockledger.device.line.TcpSource;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one device's source open, for as long as there is a device, and carries its frames to the desk. */
public final class DeviceLoop implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceLoop.class);
    private static final long REOPEN_MILLIS = 500;
    private static final int BUFFER = 4_096;

    private final String device;
    private final ScanSource source;
    private final ScannerProfile profile;
    private final Desk desk;
    private final Signals signals;
    private final DeviceWatch watch;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private String lastProblem = "";

    public DeviceLoop(
            String device, ScanSource source, ScannerProfile profile, Desk desk, Signals signals, DeviceWatch watch) {
        this.device = device;
        this.source = source;
        this.profile = profile;
        this.desk = desk;
        this.signals = signals;
        this.watch = watch;
    }

    /** Runs until {@link #stop}, or until a source that does not open again is at its end. */
    @Override
    public void run() {
        boolean again = true;
        while (again && stopped.getCount() > 0) {
            try (ScanLine line = source.open()) {
                lastProblem = "";
                LOG.info("device {}: connected to {}", device, source.describe());
                watch.connected();
                signals.use(line);
                desk.lineOpened();
                carry(line);
                gone("ended");
            } catch (TcpSource.NobodyConnected e) {
                LOG.trace("device {}: nobody connected", device);
            } catch (IOException | RuntimeException e) {
                gone(e instanceof IOException ? String.valueOf(e.getMessage()) : e.toString());
            } finally {
                signals.use(null);
            }
            again = source.opensAgain() && !pause();
        }
    }

    private void carry(ScanLine line) throws IOException {
        FrameAssembler assembler = new FrameAssembler(
                profile.framing(), profile.longest(), TimeUnit.MILLISECONDS.toNanos(profile.silenceMillis()));
        byte[] buffer = new byte[BUFFER];
        try {
            while (stopped.getCount() > 0) {
                int count = line.read(buffer);
                if (count == ScanLine.ENDED) {
                    return;
                }
                if (count > 0) {
                    assembler.accept(buffer, count, System.nanoTime()).forEach(desk::take);
                } else {
                    assembler.fallSilent(System.nanoTime()).ifPresent(desk::take);
                }
            }
        } finally {
            assembler.cutOff().ifPresent(desk::take);
        }
    }

    /** Said once for each problem, not once for each try. */
    private void gone(String why) {
        watch.disconnected(why);
        if (!why.equals(lastProblem)) {
            LOG.warn("device {}: {} is not there: {}", device, source.describe(), why);
        }
        lastProblem = why;
    }

    private boolean pause() {
        try {
            return stopped.await(REOPEN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Ends the loop within a fraction of a second, unless the source blocks for ever. */
    public void stop() {
        stopped.countDown();
    }
}
