package io.stockledger.device.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.stockledger.device.scan.DeviceState;
import io.stockledger.device.scan.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk as a power cut leaves it: what was flushed is there, and of what was being written any part, in any state.
 * The log is cut at every few bytes, and what lies behind the last flush is turned to noise.
 */
class PowerCutTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final int READS = 8;
    private static final int STEP = 499;

    private final Path folder;

    PowerCutTest(@TempDir Path folder) {
        this.folder = folder;
    }

    /** The files after so many reads were told to be durable. */
    private static final class Disk {
        private final byte[] database;
        private final byte[] log;
        private final int durable;

        Disk(byte[] database, byte[] log, int durable) {
            this.database = database;
            this.log = log;
            this.durable = durable;
        }
    }

    @Test
    void whatWasToldToBeDurableIsThereAndNothingIsThereInParts() throws Exception {
        List<Disk> disks = disksAfterEachRead();
        int cuts = 0;
        for (int i = 1; i < disks.size(); i++) {
            Disk before = disks.get(i - 1);
            Disk after = disks.get(i);
            assertThat(after.log.length).as("the log grows").isGreaterThan(before.log.length);
            for (int length = before.log.length; length <= after.log.length; length += STEP) {
                assertWhole(after.database, Arrays.copyOf(after.log, length), before.durable, after.durable);
                assertWhole(
                        after.database, noisyFrom(before.log.length, length, after.log), before.durable, after.durable);
                cuts += 2;
            }
        }
        System.out.printf("Power cuts: %d, each with the reads that were told to be durable%n", cuts);
        assertThat(cuts).isGreaterThan(READS * 10);
    }

    private List<Disk> disksAfterEachRead() throws IOException {
        List<Disk> disks = new ArrayList<>();
        Path running = Files.createDirectories(folder.resolve("running"));
        try (Journal journal = Journal.open(running)) {
            for (int sequence = 1; sequence <= READS; sequence++) {
                journal.append("dock", List.of(read(sequence)), state(sequence)).join();
                disks.add(new Disk(
                        Files.readAllBytes(running.resolve("journal.sqlite")),
                        Files.readAllBytes(running.resolve("journal.sqlite-wal")),
                        sequence));
            }
        }
        return disks;
    }

    /** Written to its length, with what was never flushed as chance has it. */
    private static byte[] noisyFrom(int flushed, int length, byte[] log) {
        byte[] noisy = Arrays.copyOf(log, log.length);
        Random random = new Random(length);
        for (int at = Math.max(flushed, length - STEP); at < Math.min(log.length, length + STEP); at++) {
            noisy[at] = (byte) random.nextInt(256);
        }
        return noisy;
    }

    private void assertWhole(byte[] database, byte[] log, int least, int most) throws IOException {
        Path cut = Files.createDirectories(folder.resolve("cut"));
        Files.deleteIfExists(cut.resolve("journal.sqlite-shm"));
        Files.write(cut.resolve("journal.sqlite"), database);
        Files.write(cut.resolve("journal.sqlite-wal"), log);
        try (Journal journal = Journal.open(cut)) {
            long sequence = journal.state("dock").orElseThrow().state().sequence();
            assertThat(sequence).isBetween((long) least, (long) most);
            for (int number = 1; number <= sequence; number++) {
                assertThat(journal.find("dock", number)).contains(read(number));
            }
            assertThat(journal.find("dock", sequence + 1)).isEmpty();
            assertThat(journal.backlog("dock").pending()).isEqualTo(sequence);
            // And it goes on.
            journal.append("dock", List.of(read((int) sequence + 1)), state((int) sequence + 1))
                    .join();
        }
    }

    private static DeviceState state(int sequence) {
        return new DeviceState(sequence, Mode.RECEIVE, Optional.empty(), "", "", "", 0);
    }

    private static Read read(int sequence) {
        return new Read(
                "dock",
                sequence,
                NOON,
                "4006381333931",
                Mode.RECEIVE,
                Optional.empty(),
                ReadState.PENDING,
                1,
                "scan-dock-" + sequence,
                ByteString.copyFromUtf8("command " + sequence),
                "RECEIVE 1",
                "",
                "");
    }
}
