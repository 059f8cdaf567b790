package io.stockledger.device.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.ByteString;
import io.stockledger.device.scan.DeviceState;
import io.stockledger.device.scan.Mode;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123Z");

    private final Path folder;

    JournalTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void whatWasKeptIsThereAfterTheProcessEnded() throws Exception {
        Read read = read("dock", 1, ReadState.PENDING);
        DeviceState state =
                new DeviceState(1, Mode.SELL, Optional.of(new BigDecimal("2.5")), "berlin-2", "PO-1", "S-1", 0);
        String incarnation;
        try (Journal journal = Journal.open(folder)) {
            journal.append("dock", List.of(read), state).join();
            incarnation = journal.incarnation();
        }
        try (Journal journal = Journal.open(folder)) {
            assertThat(journal.incarnation()).isEqualTo(incarnation);
            assertThat(journal.state("dock")).contains(new Journal.KeptState(state, 0));
            Read found = journal.nextPending("dock", 0).orElseThrow().read();
            assertThat(found).usingRecursiveComparison().isEqualTo(read);
        }
    }

    @Test
    void anotherJournalHasAnotherName(@TempDir Path other) throws Exception {
        try (Journal one = Journal.open(folder);
                Journal two = Journal.open(other)) {
            assertThat(one.incarnation()).isNotEqualTo(two.incarnation());
        }
    }

    @Test
    void oneProcessHoldsAJournal() throws Exception {
        try (Journal journal = Journal.open(folder)) {
            assertThat(journal.parked(1)).isEmpty();
            assertThatThrownBy(() -> Journal.open(folder))
                    .isInstanceOf(JournalFailure.class)
                    .hasMessageContaining("is held by another adapter");
        }
    }

    @Test
    void everyCommitReachesTheDisk() throws Exception {
        try (Journal journal = Journal.open(folder)) {
            assertThat(journal.parked(1)).isEmpty();
        }
        JournalFile file = JournalFile.open(folder);
        try (Connection connection = file.connect();
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeQuery("PRAGMA synchronous").getInt(1)).isEqualTo(2);
            assertThat(statement.executeQuery("PRAGMA journal_mode").getString(1))
                    .isEqualTo("wal");
        } finally {
            file.close();
        }
    }

    @Test
    void readsOfADeviceWaitInTheirOrderAndSettledOnesNoMore() throws Exception {
        try (Journal journal = Journal.open(folder)) {
            for (int sequence = 1; sequence <= 5; sequence++) {
                append(journal, read("dock", sequence, ReadState.PENDING));
                append(journal, read("till", sequence, ReadState.PENDING));
            }
            journal.settle(read("dock", 1, ReadState.DONE), NOON).join();
            journal.settle(read("dock", 2, ReadState.PENDING).as(ReadState.PARKED, "UNKNOWN_BARCODE", "…"), NOON)
                    .join();

            assertThat(waiting(journal, "dock")).containsExactly(3L, 4L, 5L);
            assertThat(waiting(journal, "till")).containsExactly(1L, 2L, 3L, 4L, 5L);
            assertThat(journal.backlog("dock")).isEqualTo(new Journal.Backlog(3, Optional.of(NOON), 1));
            assertThat(journal.parked(10)).extracting(Read::sequence).containsExactly(2L);
        }
    }

    @Test
    void aReadThatIsSentAnewStandsAtTheEndOfTheLine() throws Exception {
        try (Journal journal = Journal.open(folder)) {
            append(journal, read("dock", 1, ReadState.PARKED));
            append(journal, read("dock", 2, ReadState.PENDING));
            journal.sendAnew(read("dock", 1, ReadState.PENDING)).join();
            append(journal, read("dock", 3, ReadState.PENDING));

            assertThat(waiting(journal, "dock")).containsExactly(2L, 1L, 3L);
        }
    }

    @Test
    void onlySettledReadsAreForgotten() throws Exception {
        try (Journal journal = Journal.open(folder)) {
            append(journal, read("dock", 1, ReadState.PENDING));
            append(journal, read("dock", 2, ReadState.PARKED));
            append(journal, read("dock", 3, ReadState.COUNTED));
            append(journal, read("dock", 4, ReadState.PENDING));
            journal.settle(read("dock", 4, ReadState.DONE), NOON).join();

            journal.forget(NOON).join();
            assertThat(journal.find("dock", 4)).isPresent();
            journal.forget(NOON.plusMillis(1)).join();
            assertThat(journal.find("dock", 4)).isEmpty();
            assertThat(List.of(1L, 2L, 3L))
                    .allSatisfy(sequence ->
                            assertThat(journal.find("dock", sequence)).isPresent());
        }
    }

    @Test
    void aFullDiskFailsTheReadAndNothingElse() throws Exception {
        try (Journal journal = Journal.open(folder)) {
            append(journal, read("dock", 1, ReadState.PENDING));
        }
        try (Journal journal = Journal.open(folder)) {
            assertThat(journal.state("dock")).isPresent();
            FullDisk.fill(journal);

            List<Throwable> failures = new ArrayList<>();
            for (int sequence = 2; sequence < 200; sequence++) {
                Read read = read("dock", sequence, ReadState.PENDING);
                Throwable failure = catchThrowable(() -> append(journal, read));
                if (failure != null) {
                    failures.add(failure);
                }
            }
            assertThat(failures)
                    .isNotEmpty()
                    .allSatisfy(failure -> assertThat(failure)
                            .isInstanceOf(CompletionException.class)
                            .hasMessageContaining("no room left"));
            int kept = waiting(journal, "dock").size();
            assertThat(kept + failures.size()).isEqualTo(199);

            FullDisk.makeRoom(journal);
            append(journal, read("dock", 1_000, ReadState.PENDING));
            assertThat(waiting(journal, "dock")).hasSize(kept + 1).contains(1_000L);
        }
    }

    @Test
    void aReadOfTheSameSequenceIsRefusedAndItsNeighboursAreKept() throws Exception {
        try (Journal journal = Journal.open(folder)) {
            append(journal, read("dock", 1, ReadState.PENDING));
            List<CompletableFuture<Void>> together = new ArrayList<>();
            for (int sequence = 1; sequence <= 50; sequence++) {
                Read read = read("dock", sequence, ReadState.PENDING);
                together.add(journal.append("dock", List.of(read), state(sequence)));
            }
            long failed = together.stream()
                    .filter(write -> catchThrowable(write::join) != null)
                    .count();
            assertThat(failed).isEqualTo(1);
            assertThat(waiting(journal, "dock")).hasSize(50);
        }
    }

    @Test
    void aCountIsClosedAllOrNothing() throws Exception {
        try (Journal journal = Journal.open(folder)) {
            append(journal, read("dock", 1, ReadState.COUNTED));
            append(journal, read("dock", 2, ReadState.COUNTED));
            Read command = read("dock", 3, ReadState.PENDING);
            journal.closeCount("dock", 1, List.of(command), state(3), NOON).join();
            assertThat(journal.counted("dock", 1)).isEmpty();
            assertThat(waiting(journal, "dock")).containsExactly(3L);

            append(journal, read("dock", 4, ReadState.COUNTED));
            assertThat(catchThrowable(() -> journal.closeCount("dock", 4, List.of(command), state(5), NOON)
                            .join()))
                    .isNotNull();
            assertThat(journal.counted("dock", 4)).hasSize(1);
        }
    }

    @Test
    void whatTheScannerWasToldIsRemembered() throws Exception {
        try (Journal journal = Journal.open(folder)) {
            append(journal, read("dock", 1, ReadState.PENDING));
            journal.acknowledge("dock", 1).join();
            append(journal, read("dock", 2, ReadState.PENDING));
            assertThat(journal.state("dock").orElseThrow().acknowledged()).isEqualTo(1);
        }
    }

    private static List<Long> waiting(Journal journal, String device) {
        List<Long> sequences = new ArrayList<>();
        Optional<Journal.Waiting> next = journal.nextPending(device, 0);
        while (next.isPresent()) {
            sequences.add(next.get().read().sequence());
            next = journal.nextPending(device, next.get().place());
        }
        return sequences;
    }

    private static void append(Journal journal, Read read) {
        journal.append(read.device(), List.of(read), state(read.sequence()))
                .orTimeout(Duration.ofSeconds(10).toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)
                .join();
    }

    private static DeviceState state(long sequence) {
        return new DeviceState(sequence, Mode.SELL, Optional.empty(), "", "", "", 0);
    }

    private static Read read(String device, long sequence, ReadState state) {
        return new Read(
                device,
                sequence,
                NOON,
                "4006381333931\u0000\u00ff",
                Mode.SELL,
                Optional.of("2"),
                state,
                1,
                "scan-" + device + "-" + sequence,
                ByteString.copyFrom(new byte[] {1, 0, 2}),
                "SELL 1",
                "",
                "");
    }
}
