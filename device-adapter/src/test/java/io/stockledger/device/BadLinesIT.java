package io.stockledger.device;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stockledger.device.ledger.StatefulLedger;
import io.stockledger.device.line.Framing;
import io.stockledger.device.simulate.Mishaps;
import io.stockledger.device.simulate.SimulatedScanner;
import io.stockledger.device.terminal.PseudoTerminal;
import io.stockledger.device.terminal.SoftwareCable;
import io.stockledger.v1.RecordSale;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a line carries, the adapter lives, sells nothing that was not scanned whole, and takes the next good scan.
 */
class BadLinesIT {

    // No end of either number passes for a shorter one, which one number in ten does: what is left of a scan whose
    // beginning was lost can be told from a whole one by nothing but its check digit.
    private static final String MILK = "4006381333931";
    private static final String BREAD = "5400141288766";
    private static final String LAST = "4003994155486";

    private final Path folder;
    private final StatefulLedger ledger = new StatefulLedger().knows(MILK, BREAD, LAST);
    private PseudoTerminal cable;
    private Adapter adapter;

    BadLinesIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void plugIn() throws Exception {
        ledger.start(0);
        cable = SoftwareCable.plugIn();
        adapter = new Adapter(AdapterOnACounter.settings(folder, ledger.port(), """
                - name: till-1
                  port: %s
                  profile: zebra
                  mode: sell
                  control-prefix: K7PQ2M/
                  double-read-window: 0ms
                """.formatted(cable.path())));
    }

    @AfterEach
    void unplug() throws Exception {
        adapter.close();
        cable.close();
        ledger.close();
    }

    @Test
    void aMegabyteWithoutTerminatorIsDropped() throws Exception {
        byte[] noise = new byte[1 << 20];
        Arrays.fill(noise, (byte) '8');
        send(noise);
        send("\r");
        awaitStatus("bytes dropped: too-long");
        theNextGoodScanIsSold();
    }

    @Test
    void nulBytesMakeNoItem() throws Exception {
        send("\0\0\0\r4006\0381333931\r" + MILK + "\0\r");
        awaitStatus("FOREIGN_CHARACTER");
        theNextGoodScanIsSold();
    }

    /** A scanner set to seven bits and even parity, on a line that takes eight. */
    @Test
    void parityGarbageMakesNoItem() throws Exception {
        byte[] frame = (MILK + "\r").getBytes(ISO_8859_1);
        for (int i = 0; i < frame.length; i++) {
            if (Integer.bitCount(frame[i]) % 2 == 1) {
                frame[i] |= (byte) 0x80;
            }
        }
        send(frame);
        // Its terminator is garbage too, so that a whole scan behind it is lost with it, and nothing is made of the
        // two.
        send("\r");
        awaitStatus("FOREIGN_CHARACTER");
        theNextGoodScanIsSold();
    }

    /** At half the speed every bit is read twice: start bit, data and stop bit fall where they will. */
    @Test
    void aWrongSpeedMakesNoItem() throws Exception {
        for (int speed : new int[] {2, 4, 12}) {
            send(asSeenFaster((MILK + "\r").getBytes(ISO_8859_1), speed));
        }
        send("\r\r");
        awaitStatus("FOREIGN_CHARACTER");
        theNextGoodScanIsSold();
    }

    @Test
    void twoScannersOnOneLineSellNothingThatNeitherScanned() throws Exception {
        Random random = new Random(20261121);
        for (int round = 0; round < 100; round++) {
            send(interleaved(MILK + "\r", BREAD + "\r", random) + "\r");
        }
        theNextGoodScanIsSold();
    }

    @Test
    void anotherShopsControlBarcodesSwitchNothing() throws Exception {
        send("MODE-RECEIVE\rK7PQ2N/MODE-RECEIVE\rk7pq2m/MODE-RECEIVE\r K7PQ2M/MODE-RECEIVE\r*SL:RECEIVE\r");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> SerialPortIT.status(adapter).contains("\"sequence\":5"));
        assertThat(SerialPortIT.status(adapter)).contains("\"mode\":\"sell\"");
        send("K7PQ2M/MODE-RECEIVE\r");
        awaitStatus("\"mode\":\"receive\"");
    }

    @Test
    void aPortThatAnotherProcessHoldsIsNamedAndTakenWhenItIsFree() throws Exception {
        try (PseudoTerminal shared = SoftwareCable.plugIn()) {
            Process holder = holding(shared.path());
            Path beside = Files.createDirectories(folder.resolve("second"));
            try (Adapter second =
                    new Adapter(AdapterOnACounter.settings(beside, ledger.port(), """
                            - name: till-2
                              port: %s
                              profile: zebra
                              mode: sell
                            """.formatted(shared.path())))) {
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> SerialPortIT.status(second).contains(shared.path() + " cannot be opened, error"));
                holder.destroyForcibly().waitFor();
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> SerialPortIT.status(second).contains("\"connected\":true"));
                shared.write((MILK + "\r").getBytes(ISO_8859_1));
                await().atMost(Duration.ofSeconds(30)).until(() -> sold().contains(MILK));
            } finally {
                holder.destroyForcibly();
            }
        }
    }

    @Test
    void tornDoubledLateAndNoisyScansSellWhatWasScannedWhole() throws Exception {
        Mishaps mishaps = new Mishaps(0.2, 0.2, 0.1, 0.2, 4);
        List<String> scans = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            scans.add(i % 2 == 0 ? MILK : BREAD);
        }
        SimulatedScanner.Tally tally =
                new SimulatedScanner(Framing.CR, mishaps, cable::write, millis -> {}).send(scans, 0);
        assertThat(List.of(tally.torn(), tally.doubled(), tally.late(), tally.noisy()))
                .allSatisfy(count -> assertThat(count).isGreaterThan(2));
        send("\r");
        theNextGoodScanIsSold();
        // A torn scan takes the one behind it along; a whole one behind a whole one is always sold.
        assertThat(sold()).hasSizeGreaterThan(tally.whole() / 2);
    }

    /** Reads of a device arrive in their order, so with this one everything before it is there. */
    private void theNextGoodScanIsSold() throws Exception {
        send(LAST + "\r");
        await().atMost(Duration.ofSeconds(60)).until(() -> sold().contains(LAST));
        assertThat(sold()).isSubsetOf(MILK, BREAD, LAST).containsOnlyOnce(LAST);
    }

    private List<String> sold() {
        return ledger.documents().stream()
                .map(id -> ledger.document(id, RecordSale.class)
                        .getLines(0)
                        .getItem()
                        .getBarcode())
                .toList();
    }

    private void awaitStatus(String text) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> SerialPortIT.status(adapter).contains(text));
    }

    private void send(String bytes) throws Exception {
        send(bytes.getBytes(ISO_8859_1));
    }

    private void send(byte[] bytes) throws Exception {
        cable.write(bytes);
    }

    private static String interleaved(String one, String other, Random random) {
        StringBuilder line = new StringBuilder();
        int first = 0;
        int second = 0;
        while (first < one.length() || second < other.length()) {
            boolean takeFirst = second == other.length() || (first < one.length() && random.nextBoolean());
            line.append(takeFirst ? one.charAt(first++) : other.charAt(second++));
        }
        return line.toString();
    }

    /** The line's level over time, sampled so many times too fast; a start bit, eight bits, a stop bit. */
    private static byte[] asSeenFaster(byte[] sent, int times) {
        StringBuilder level = new StringBuilder();
        for (byte value : sent) {
            level.append("0".repeat(times));
            for (int bit = 0; bit < 8; bit++) {
                level.append(((value >> bit) & 1) == 1 ? "1".repeat(times) : "0".repeat(times));
            }
            level.append("1".repeat(times));
        }
        List<Byte> seen = new ArrayList<>();
        int at = level.indexOf("0");
        while (at >= 0 && at + 10 <= level.length()) {
            int value = 0;
            for (int bit = 0; bit < 8; bit++) {
                value |= (level.charAt(at + 1 + bit) - '0') << bit;
            }
            seen.add((byte) value);
            at = level.indexOf("0", at + 10);
        }
        byte[] bytes = new byte[seen.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = seen.get(i);
        }
        return bytes;
    }

    /** A program of its own that opens the port as the adapter does, and keeps it. */
    private static Process holding(String port) throws Exception {
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PortHolder.class.getName(),
                        port)
                .redirectErrorStream(true)
                .start();
        assertThat(holder.inputReader().readLine()).isEqualTo("held");
        return holder;
    }
}
