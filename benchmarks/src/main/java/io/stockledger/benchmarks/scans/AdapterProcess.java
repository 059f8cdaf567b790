package io.stockledger.benchmarks.scans;

import io.stockledger.benchmarks.service.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The runnable jar of the device adapter in a Java of its own, with the options that its package starts it with. */
final class AdapterProcess implements AutoCloseable {

    private static final Path JAR = Path.of("device-adapter", "target", "stockledger-device.jar");
    private static final long START_WITHIN_SECONDS = 60;
    private static final long STOP_WITHIN_SECONDS = 20;
    private static final String READY = "status: http";

    private final Process process;
    private final Path log;

    private AdapterProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts it and returns at once; what it says is appended to {@code log}. */
    static AdapterProcess start(Path configuration, Path log) throws IOException {
        Process process = new ProcessBuilder(
                        ServiceProcess.javaOfThisProcess(),
                        "-Xmx96m",
                        "-XX:MaxDirectMemorySize=32m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        jar().toString(),
                        "run",
                        "--config",
                        configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new AdapterProcess(process, log);
    }

    private static Path jar() throws IOException {
        if (!Files.isRegularFile(JAR)) {
            throw new IOException(JAR + " is not there (expected: as benchmarks/run builds it)");
        }
        return JAR;
    }

    /** Waits until its status page is up, which comes after its devices. */
    AdapterProcess awaitReady() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_WITHIN_SECONDS);
        while (!Files.readString(log).contains(READY)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException("the adapter did not start; see " + log);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return this;
    }

    /** What of its memory is in RAM, in megabytes. Linux only. */
    double residentMegabytes() throws IOException {
        return ServiceProcess.residentMegabytes(process.pid());
    }

    /** SIGKILL, and waits until it is gone. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_WITHIN_SECONDS, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
