package io.stockledger.device;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stockledger.device.ledger.StatefulLedger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How fast a read is durable and with the ledger, and how much memory fifty devices take, in a process of its own.
 *
 * <p>{@code -Ddevice.pace.seconds=60} makes it long, {@code -Ddevice.pace.strict=true} holds the medians to their goals,
 * which makes sense on a machine that does nothing else.
 */
class PaceIT {

    private static final String GTIN = "04006381333931";
    private static final int SECONDS = Integer.getInteger("device.pace.seconds", 4);
    private static final boolean STRICT = Boolean.getBoolean("device.pace.strict");
    private static final int READS_A_SECOND = 5;

    private final Path folder;

    PaceIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void fourDevicesAtFiveReadsASecond() throws Exception {
        try (StatefulLedger ledger =
                new StatefulLedger().knows(GTIN.substring(1)).start(0)) {
            List<Integer> ports = freePorts(4);
            try (AdapterProcess adapter = AdapterProcess.start(configuration(ledger, ports))) {
                await().atMost(Duration.ofSeconds(90))
                        .until(() -> adapter.statusAddress().isPresent());
                List<Long> durable = Collections.synchronizedList(new ArrayList<>());
                List<Long> answered = Collections.synchronizedList(new ArrayList<>());
                List<Thread> scanners = new ArrayList<>();
                for (int port : ports) {
                    Thread scanner = new Thread(() -> scan(port, durable, answered), "scanner");
                    scanners.add(scanner);
                    scanner.start();
                }
                for (Thread scanner : scanners) {
                    scanner.join();
                }
                long durableMicros = median(durable);
                long answeredMicros = median(answered);
                System.out.printf(
                        "{\"name\": \"device-reads\", \"devices\": 4, \"readsPerSecond\": %d, \"reads\": %d,"
                                + " \"durableP50Millis\": %.2f, \"ledgerP50Millis\": %.2f, \"goals\": [5, 20]}%n",
                        4 * READS_A_SECOND, durable.size(), durableMicros / 1000.0, answeredMicros / 1000.0);
                assertThat(durable).hasSize(4 * READS_A_SECOND * SECONDS);
                assertThat(ledger.documents()).hasSize(4 * READS_A_SECOND * SECONDS);
                if (STRICT) {
                    assertThat(durableMicros).isLessThanOrEqualTo(5_000);
                    assertThat(answeredMicros).isLessThanOrEqualTo(20_000);
                }
            }
        }
    }

    @Test
    void fiftyDevicesStayUnderTheirMemory() throws Exception {
        try (StatefulLedger ledger =
                new StatefulLedger().knows(GTIN.substring(1)).start(0)) {
            List<Integer> ports = freePorts(50);
            try (AdapterProcess adapter = AdapterProcess.start(configuration(ledger, ports))) {
                await().atMost(Duration.ofSeconds(90))
                        .until(() -> adapter.statusAddress().isPresent());
                for (int round = 0; round < 4; round++) {
                    for (int port : ports) {
                        try (Socket line = new Socket(InetAddress.getLoopbackAddress(), port)) {
                            line.setSoTimeout(30_000);
                            send(line, round * 1_000 + port);
                            awaitByte(line, 'd');
                        }
                    }
                }
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> ledger.documents().size() == 200);
                long resident = adapter.residentMebibytes();
                System.out.printf(
                        "{\"name\": \"device-memory\", \"devices\": 50, \"residentMiB\": %d, \"goal\": 256}%n",
                        resident);
                assertThat(resident).isLessThan(256);
                assertThat(adapter.get("metrics")).contains("stockledger_device_waiting{device=\"till-49\"} 0.0");
            }
        }
    }

    private static void scan(int port, List<Long> durable, List<Long> answered) {
        try (Socket line = new Socket(InetAddress.getLoopbackAddress(), port)) {
            line.setTcpNoDelay(true);
            line.setSoTimeout(30_000);
            for (int i = 0; i < READS_A_SECOND * SECONDS; i++) {
                long start = System.nanoTime();
                send(line, i);
                awaitByte(line, 'd');
                durable.add((System.nanoTime() - start) / 1_000);
                awaitByte(line, '!');
                answered.add((System.nanoTime() - start) / 1_000);
                long spent = (System.nanoTime() - start) / 1_000_000;
                boolean released =
                        new CountDownLatch(1).await(Math.max(0, 1_000 / READS_A_SECOND - spent), TimeUnit.MILLISECONDS);
                assertThat(released).isFalse();
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void send(Socket line, int number) throws IOException {
        line.getOutputStream().write(("]C101" + GTIN + "10S" + number + "\n").getBytes(ISO_8859_1));
    }

    private static void awaitByte(Socket line, char expected) throws IOException {
        int heard = line.getInputStream().read();
        while (heard != expected) {
            assertThat(heard).as("byte from the adapter").isNotEqualTo(-1);
            heard = line.getInputStream().read();
        }
    }

    private static long median(List<Long> values) {
        List<Long> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    /** The profile says "d" when a read is durable and "!" for every beep. */
    private Path configuration(StatefulLedger ledger, List<Integer> ports) throws IOException {
        StringBuilder devices = new StringBuilder();
        for (int i = 0; i < ports.size(); i++) {
            devices.append("- name: till-%d\n  tcp-port: %d\n  profile: measured\n  mode: receive\n"
                    .formatted(i, ports.get(i)));
        }
        Path file = AdapterOnACounter.file(folder, ledger.port(), devices.toString());
        java.nio.file.Files.writeString(file, """
                profiles:
                  - name: measured
                    like: text
                    acknowledge: d
                    good: "!"
                    bad: "!"
                    kept: "!"
                """, java.nio.file.StandardOpenOption.APPEND);
        return file;
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            sockets.add(socket);
            ports.add(socket.getLocalPort());
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return ports;
    }
}
