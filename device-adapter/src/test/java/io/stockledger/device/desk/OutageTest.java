package io.stockledger.device.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.stockledger.device.journal.ReadState;
import io.stockledger.device.ledger.StatefulLedger;
import io.stockledger.device.line.Signal;
import io.stockledger.v1.ReceiveGoods;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lasts for hours: no ledger, and a clock that is wrong. */
class OutageTest {

    private static final String MILK = "4006381333931";
    private static final int SCANS = 1_440;

    private final Path folder;
    private final StatefulLedger ledger = new StatefulLedger().knows(MILK).start(0);
    private CounterForTests counter;

    OutageTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        this.counter = CounterForTests.open(folder, ledger, "text");
    }

    @AfterEach
    void close() throws Exception {
        counter.close();
        ledger.close();
    }

    @Test
    void aDayWithoutLedgerIsCaughtUpOnInOrderAlsoAfterRestarts() throws Exception {
        ledger.breaksWith(Optional.of(Status.UNAVAILABLE));
        scanLot(1);
        assertThat(counter.heard()).isEqualTo(Signal.KEPT);
        long day = counter.nanos.get();
        for (int lot = 2; lot <= SCANS; lot++) {
            scanLot(lot);
            counter.pass(Duration.ofSeconds(59));
            if (lot % 480 == 0) {
                counter.close();
                counter = CounterForTests.open(folder, ledger, "text");
                counter.nanos.set(day + Duration.ofMinutes(lot).toNanos());
                counter.journal.forget(Instant.parse("2030-01-01T00:00:00Z")).join();
            }
        }
        assertThat(counter.journal.backlog("dock").pending()).isEqualTo(SCANS);
        assertThat(ledger.documents()).isEmpty();

        ledger.breaksWith(Optional.empty());
        await().atMost(Duration.ofMinutes(2))
                .until(() -> counter.journal.backlog("dock").pending() == 0);
        assertThat(lotsInLedger())
                .isEqualTo(IntStream.rangeClosed(1, SCANS)
                        .mapToObj(lot -> "S" + lot)
                        .toList());
        assertThat(ledger.stock("berlin-1", MILK)).isEqualByComparingTo(Integer.toString(SCANS));
    }

    @Test
    void aClockThatJumpsChangesNeitherOrderNorNumber() throws Exception {
        ledger.breaksWith(Optional.of(Status.UNAVAILABLE));
        List<Duration> off = List.of(Duration.ZERO, Duration.ofDays(-20_000), Duration.ofDays(9_000), Duration.ZERO);
        for (int i = 0; i < off.size(); i++) {
            counter.clockOff = off.get(i);
            scanLot(i + 1);
        }
        // Settled reads are forgotten by this clock; those that wait never are.
        counter.journal.forget(Instant.parse("2051-01-01T00:00:00Z")).join();
        ledger.breaksWith(Optional.empty());
        await().until(() -> ledger.documents().size() == 4);
        assertThat(lotsInLedger()).containsExactly("S1", "S2", "S3", "S4");
        await().until(() -> counter.journal.find("dock", 4).orElseThrow().state() == ReadState.DONE);
    }

    @Test
    void aFullDiskIsHeardAtOnceAndEndsWhenThereIsRoom() throws Exception {
        scanLot(1);
        assertThat(counter.heard()).isEqualTo(Signal.GOOD);
        await().until(() -> counter.journal.find("dock", 1).orElseThrow().state() == ReadState.DONE);
        counter.fillDisk();
        int lot = 2;
        scanLot(lot);
        while (counter.heard() == Signal.GOOD) {
            scanLot(++lot);
        }
        assertThat(counter.happened)
                .anySatisfy(line -> assertThat(line).contains("lost").contains("no room left"));
        int kept = lot - 1;
        assertThat(counter.desk.state().sequence()).isEqualTo(kept);

        counter.makeRoom();
        scanLot(lot);
        assertThat(counter.heard()).isEqualTo(Signal.GOOD);
        await().until(() -> ledger.documents().size() == kept + 1);
        assertThat(lotsInLedger()).doesNotHaveDuplicates().last().isEqualTo("S" + lot);
    }

    private void scanLot(int lot) {
        counter.scan("]C1010" + MILK + "10S" + lot);
    }

    private List<String> lotsInLedger() {
        return ledger.documents().stream()
                .map(id -> ledger.document(id, ReceiveGoods.class).getLines(0).getLot())
                .toList();
    }
}
