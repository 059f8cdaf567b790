package io.stockledger.device.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.stockledger.device.journal.Read;
import io.stockledger.device.journal.ReadState;
import io.stockledger.device.ledger.StatefulLedger;
import io.stockledger.device.line.Frame;
import io.stockledger.device.line.Signal;
import io.stockledger.device.scan.Mode;
import io.stockledger.v1.ReceiveGoods;
import io.stockledger.v1.RecordCount;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeskTest {

    private static final String MILK = "4006381333931";
    private static final String BREAD = "96385074";
    private static final String UNKNOWN = "5400141288766";

    private final Path folder;
    private final StatefulLedger ledger =
            new StatefulLedger().knows(MILK, BREAD).start(0);
    private CounterForTests counter;

    DeskTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        this.counter = open("text");
    }

    @AfterEach
    void close() throws Exception {
        counter.close();
        ledger.close();
    }

    @Test
    void aScanThatTheLedgerTakesBeepsGood() throws Exception {
        counter.scan(MILK);
        assertThat(counter.heard()).isEqualTo(Signal.GOOD);
        assertThat(ledger.stock("berlin-1", MILK)).isEqualByComparingTo("1");
        await().until(() -> read(1).state() == ReadState.DONE);
        assertThat(String.join("", counter.sentToScanner)).isEqualTo("good\n");
    }

    @Test
    void anUnknownCodeBeepsBadIsParkedAndIsReplayedOnceItIsRegistered() throws Exception {
        counter.scan(UNKNOWN);
        assertThat(counter.heard()).isEqualTo(Signal.BAD);
        await().until(() -> read(1).state() == ReadState.PARKED);
        assertThat(read(1).reason()).isEqualTo("UNKNOWN_BARCODE");
        assertThat(read(1).raw()).isEqualTo(UNKNOWN);

        assertThat(counter.desk.replay(1)).isEmpty();
        await().until(() -> read(1).attempt() == 2 && read(1).state() == ReadState.PARKED);

        ledger.knows(UNKNOWN);
        assertThat(counter.desk.replay(1)).isEmpty();
        await().until(() -> read(1).state() == ReadState.DONE);
        assertThat(ledger.stock("berlin-1", UNKNOWN)).isEqualByComparingTo("1");
        assertThat(ledger.documents()).hasSize(3).allMatch(id -> id.matches("scan-dock-[0-9a-f]{8}-1(-[23])?"));
        assertThat(counter.desk.replay(1))
                .hasValueSatisfying(why -> assertThat(why).contains("is not parked"));
    }

    @Test
    void aCodeThatIsNoneBeepsBadAndIsParkedWithItsBytes() throws Exception {
        counter.scan("4006381333\u00b331\u0000");
        assertThat(counter.heard()).isEqualTo(Signal.BAD);
        assertThat(read(1).raw()).isEqualTo("4006381333\u00b331\u0000");
        assertThat(counter.desk.replay(1))
                .hasValueSatisfying(why -> assertThat(why).contains("FOREIGN_CHARACTER"));
        assertThat(counter.desk.discard(1)).isEmpty();
        assertThat(read(1).state()).isEqualTo(ReadState.DISCARDED);
        assertThat(ledger.arrivals()).isEmpty();
    }

    @Test
    void withTheLedgerAwayTheBeepSaysKeptAndEverythingArrivesInOrderLater() throws Exception {
        ledger.breaksWith(Optional.of(Status.UNAVAILABLE));
        List<Signal> beeps = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            counter.scan("]C1010" + MILK + "10S" + i);
            beeps.add(counter.heard());
        }
        assertThat(beeps).containsOnly(Signal.KEPT);
        assertThat(ledger.documents()).isEmpty();

        ledger.breaksWith(Optional.empty());
        await().until(() -> ledger.documents().size() == 20);
        assertThat(ledger.documents().stream().map(this::lot)).containsExactlyElementsOf(lots(20));
        assertThat(ledger.stock("berlin-1", MILK)).isEqualByComparingTo("20");
    }

    @Test
    void withTheLedgerFrozenTheBeepDoesNotWaitForIt() throws Exception {
        counter.close();
        ledger.freeze(true);
        counter = CounterForTests.open(folder, ledger, "text", Duration.ofMillis(50));
        counter.scan(MILK);
        assertThat(counter.heard()).isEqualTo(Signal.KEPT);
        ledger.freeze(false);
        await().until(() -> ledger.documents().size() == 1);
        await().until(() -> read(1).state() == ReadState.DONE);
        assertThat(counter.signals).isEmpty();
    }

    @Test
    void answersThatGetLostHaveOneEffect() throws Exception {
        ledger.losesAnswers(0.5);
        for (int i = 1; i <= 40; i++) {
            counter.scan("]C1010" + MILK + "10S" + i);
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> counter.journal.backlog("dock").pending() == 0);
        assertThat(ledger.stock("berlin-1", MILK)).isEqualByComparingTo("40");
        assertThat(ledger.documents().stream().map(this::lot)).containsExactlyElementsOf(lots(40));
        assertThat(ledger.arrivals()).hasSizeGreaterThan(45);
    }

    @Test
    void theSameBytesWithinTheWindowAreOneReadAndAfterItTwo() throws Exception {
        counter.scan(MILK);
        counter.pass(Duration.ofMillis(499));
        counter.scanAtOnce(MILK);
        counter.pass(Duration.ofMillis(501));
        counter.scanAtOnce(MILK);
        counter.scanAtOnce(BREAD);
        await().until(() -> ledger.documents().size() == 3);
        assertThat(ledger.stock("berlin-1", MILK)).isEqualByComparingTo("2");
        assertThat(counter.happened).contains("repeated");
    }

    @Test
    void aCommandThatBreaksTheLedgerIsParkedUnderItsIdAndHoldsUpNobody() throws Exception {
        ledger.breaksWith(Optional.of(Status.INTERNAL.withDescription("boom")));
        counter.scan(MILK);
        assertThat(counter.heard()).isEqualTo(Signal.KEPT);
        await().atMost(Duration.ofSeconds(20)).until(() -> read(1).state() == ReadState.PARKED);
        assertThat(read(1).reason()).isEqualTo(Read.LEDGER_FAULT);

        ledger.breaksWith(Optional.empty());
        counter.scan(BREAD);
        assertThat(counter.heard()).isEqualTo(Signal.GOOD);
        String id = read(1).documentId();
        assertThat(counter.desk.replay(1)).isEmpty();
        await().until(() -> ledger.documents().contains(id));
    }

    @Test
    void aRefusalThatTheLedgerDidNotSignIsNoDecision() throws Exception {
        ledger.breaksWith(Optional.of(Status.NOT_FOUND.withDescription("a proxy's page")));
        counter.scan(MILK);
        assertThat(counter.heard()).isEqualTo(Signal.KEPT);
        await().until(() -> counter.uplink.health().needsAPerson());
        ledger.breaksWith(Optional.empty());
        await().until(() -> ledger.documents().size() == 1);
    }

    @Test
    void aLookUpMovesNothing() throws Exception {
        counter.desk.switchMode(Mode.LOOK_UP);
        counter.scan(MILK);
        assertThat(counter.heard()).isEqualTo(Signal.GOOD);
        counter.scan(UNKNOWN);
        assertThat(counter.heard()).isEqualTo(Signal.BAD);
        ledger.breaksWith(Optional.of(Status.UNAVAILABLE));
        counter.scan(MILK);
        assertThat(counter.heard()).isEqualTo(Signal.BAD);
        assertThat(ledger.documents()).isEmpty();
        assertThat(counter.journal.backlog("dock").pending()).isZero();
    }

    @Test
    void aCountSurvivesARestartAndBecomesOneDocument() throws Exception {
        counter.scan("K7PQ2M/MODE-COUNT");
        counter.scan(MILK);
        counter.scan("K7PQ2M/QTY-4");
        counter.close();
        counter = open("text");
        assertThat(counter.desk.state().mode()).isEqualTo(Mode.COUNT);
        counter.scan(MILK);
        counter.scan(BREAD);
        counter.scan("K7PQ2M/DONE");
        await().until(() -> ledger.documents().size() == 1);
        RecordCount count = ledger.document(ledger.documents().get(0), RecordCount.class);
        assertThat(count.getLinesList())
                .extracting(line -> line.getItem().getBarcode() + " " + line.getQuantity())
                .containsExactly(MILK + " 5", BREAD + " 1");
        assertThat(counter.journal.counted("dock", 0)).isEmpty();
    }

    @Test
    void whatWaitedIsSentByTheNextProcessUnderTheSameId() throws Exception {
        ledger.breaksWith(Optional.of(Status.UNAVAILABLE));
        counter.scan(MILK);
        assertThat(counter.heard()).isEqualTo(Signal.KEPT);
        String id = read(1).documentId();
        counter.close();
        ledger.breaksWith(Optional.empty());
        counter = open("text");
        await().until(() -> ledger.documents().contains(id));
        counter.scan(BREAD);
        assertThat(counter.heard()).isEqualTo(Signal.GOOD);
        assertThat(read(2).raw()).isEqualTo(BREAD);
    }

    @Test
    void aScannerThatWasNeverToldSendsAgainToTheNextProcessAndIsOneRead() throws Exception {
        counter.close();
        counter = open("zebra-ack");
        counter.scan(MILK);
        await().until(() -> counter.journal.state("dock").orElseThrow().acknowledged() == 1);
        counter.scan(MILK);
        await().until(() -> ledger.documents().size() == 2);
        // As a process leaves it that died between the flush and the word to the scanner.
        counter.journal.acknowledge("dock", 1).join();
        counter.close();
        counter = open("zebra-ack");

        // The process was away for long, and the machine has no clock that runs without power.
        counter.pass(Duration.ofHours(1));
        counter.clockOff = Duration.ofDays(-400);
        counter.desk.lineOpened();
        counter.scan(MILK);
        counter.scanAtOnce(MILK);
        assertThat(counter.happened).filteredOn("repeated"::equals).hasSize(2);
        assertThat(String.join("", counter.sentToScanner)).contains("\u0006");
        counter.scan(MILK);
        await().until(() -> ledger.documents().size() == 3);
    }

    @Test
    void whatAWaitingScannerSentAgainWhileTheDiskWasSlowIsOneRead() throws Exception {
        counter.close();
        counter = open("zebra-ack");
        counter.whileKeeping = Duration.ofSeconds(4);
        counter.scan(MILK);
        counter.scanAtOnce(MILK);
        assertThat(counter.happened).contains("repeated");
        assertThat(counter.journal.state("dock").orElseThrow().state().sequence())
                .isEqualTo(1);
    }

    @Test
    void aDroppedFrameBeepsBad() throws Exception {
        counter.desk.take(new Frame.Dropped(Frame.Why.TOO_LONG, 9_999));
        assertThat(counter.heard()).isEqualTo(Signal.BAD);
        assertThat(counter.happened).contains("dropped TOO_LONG");
    }

    @Test
    void aReadThatCannotBeKeptIsRejectedAndChangesNothing() throws Exception {
        counter.close();
        counter = open("zebra-ack");
        counter.journal.close();
        counter.scan(MILK);
        assertThat(counter.heard()).isEqualTo(Signal.BAD);
        assertThat(String.join("", counter.sentToScanner)).startsWith("\u0015").doesNotContain("\u0006");
        assertThat(counter.desk.state().sequence()).isZero();
    }

    private Read read(long sequence) {
        return counter.journal.find("dock", sequence).orElseThrow();
    }

    private String lot(String document) {
        return ledger.document(document, ReceiveGoods.class).getLines(0).getLot();
    }

    private static List<String> lots(int last) {
        List<String> lots = new ArrayList<>();
        for (int i = 1; i <= last; i++) {
            lots.add("S" + i);
        }
        return lots;
    }

    private CounterForTests open(String profile) throws Exception {
        return CounterForTests.open(folder, ledger, profile);
    }
}
