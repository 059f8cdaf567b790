package io.stockledger.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.stockledger.device.ledger.StatefulLedger;
import io.stockledger.device.terminal.PseudoTerminal;
import io.stockledger.device.terminal.SoftwareCable;
import io.stockledger.v1.ReceiveGoods;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real process, killed with SIGKILL again and again while two scanners scan and the ledger loses answers and goes
 * away: every scan that the scanner was told arrived has exactly one effect, in the order of the scans.
 *
 * <p>{@code -Ddevice.kills=300 -Ddevice.kills.seed=…} makes it the long run.
 */
class KillAndRecoverIT {

    private static final int KILLS = Integer.getInteger("device.kills", 10);
    private static final long SEED = Long.getLong("device.kills.seed", 20261121L);
    private static final String[] GTINS = {"04006381333931", "05400141288766"};

    private final Path folder;

    KillAndRecoverIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void everyAcknowledgedScanHasExactlyOneEffectInOrder() throws Exception {
        Random random = new Random(SEED);
        try (StatefulLedger ledger = new StatefulLedger()
                        .knows("4006381333931", "5400141288766")
                        .start(0);
                PseudoTerminal dock = SoftwareCable.plugIn();
                PseudoTerminal counter = SoftwareCable.plugIn()) {
            Path configuration =
                    AdapterOnACounter.file(folder, ledger.port(), """
                    - name: dock
                      port: %s
                      profile: zebra-ack
                      mode: receive
                      supplier: dairy
                    - name: counter
                      port: %s
                      profile: zebra-ack
                      mode: receive
                      supplier: dairy
                    """.formatted(dock.path(), counter.path()));
            ledger.losesAnswers(0.05);
            List<AcknowledgedScanner> scanners =
                    List.of(new AcknowledgedScanner(dock, GTINS[0]), new AcknowledgedScanner(counter, GTINS[1]));
            List<Thread> threads = new ArrayList<>();
            for (AcknowledgedScanner scanner : scanners) {
                Thread thread = new Thread(scanner, "scanner");
                threads.add(thread);
                thread.start();
            }
            long started = System.nanoTime();
            for (int kill = 1; kill <= KILLS; kill++) {
                boolean away = random.nextInt(4) == 0;
                ledger.breaksWith(away ? Optional.of(Status.UNAVAILABLE) : Optional.empty());
                int before = scanned(scanners);
                AdapterProcess adapter = AdapterProcess.start(configuration);
                // A run that is killed before it read anything shows nothing.
                await().atMost(Duration.ofSeconds(60)).until(() -> scanned(scanners) > before);
                pass(random.nextInt(900));
                adapter.kill();
            }
            ledger.breaksWith(Optional.empty());
            AdapterProcess last = AdapterProcess.start(configuration);
            scanners.forEach(AcknowledgedScanner::stop);
            for (Thread thread : threads) {
                thread.join(TimeUnit.SECONDS.toMillis(60));
            }
            int scanned = scanned(scanners);
            await().atMost(Duration.ofMinutes(2)).until(() -> ledger.documents().size() >= scanned);
            pass(1_000);
            last.close();

            assertOnceAndInOrder(lots(ledger, GTINS[0]), scanners.get(0).acknowledged());
            assertOnceAndInOrder(lots(ledger, GTINS[1]), scanners.get(1).acknowledged());
            System.out.printf(
                    "Kill and recover: seed %d, %d kills, %d scans acknowledged, %d commands sent, %d effects, %d s%n",
                    SEED,
                    KILLS,
                    scanned,
                    ledger.arrivals().size(),
                    ledger.documents().size(),
                    (System.nanoTime() - started) / 1_000_000_000);
            assertThat(scanned).isGreaterThanOrEqualTo(KILLS);
        }
    }

    private static int scanned(List<AcknowledgedScanner> scanners) {
        return scanners.stream().mapToInt(AcknowledgedScanner::acknowledged).sum();
    }

    /** The numbers of the scans as they came to be in the ledger. */
    private static List<Integer> lots(StatefulLedger ledger, String gtin) {
        return ledger.documents().stream()
                .map(id -> ledger.document(id, ReceiveGoods.class).getLines(0))
                .filter(line -> line.getItem().getBarcode().equals(gtin.substring(1)))
                .map(line -> Integer.parseInt(line.getLot().substring(1)))
                .toList();
    }

    private static void assertOnceAndInOrder(List<Integer> effects, int scanned) {
        List<Integer> lost = IntStream.rangeClosed(1, scanned)
                .boxed()
                .filter(number -> !effects.contains(number))
                .toList();
        List<Integer> outOfTurn = IntStream.range(1, effects.size())
                .filter(at -> effects.get(at) <= effects.get(at - 1))
                .mapToObj(effects::get)
                .toList();
        assertThat(lost).as("lost").isEmpty();
        assertThat(outOfTurn).as("doubled or out of order").isEmpty();
        assertThat(effects).hasSize(scanned);
    }

    private static void pass(int millis) throws InterruptedException {
        assertThat(new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS)).isFalse();
    }
}
