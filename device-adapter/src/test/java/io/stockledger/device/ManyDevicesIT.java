package io.stockledger.device;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stockledger.device.ledger.StatefulLedger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fifty devices at once in a process of its own, with the memory that the package gives it. */
class ManyDevicesIT {

    private static final String GTIN = "04006381333931";
    private static final int DEVICES = 50;
    private static final int SCANS = 4;

    private final Path folder;

    ManyDevicesIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void eachScannerIsToldOfItsOwnScansFirstDurableThenAnsweredAndMemoryStaysBounded() throws Exception {
        try (StatefulLedger ledger =
                new StatefulLedger().knows(GTIN.substring(1)).start(0)) {
            List<Integer> ports = freePorts();
            try (AdapterProcess adapter = AdapterProcess.start(configuration(ledger, ports))) {
                await().atMost(Duration.ofSeconds(90))
                        .until(() -> adapter.statusAddress().isPresent());
                List<CompletableFuture<Void>> scanners = new ArrayList<>();
                for (int port : ports) {
                    scanners.add(CompletableFuture.runAsync(() -> scan(port)));
                }
                scanners.forEach(CompletableFuture::join);

                assertThat(ledger.documents()).hasSize(DEVICES * SCANS);
                long resident = adapter.residentMebibytes();
                System.out.printf("%d devices: %d MiB resident%n", DEVICES, resident);
                assertThat(resident).isLessThan(256);
                assertThat(adapter.get("metrics")).contains("stockledger_device_waiting{device=\"till-49\"} 0.0");
            }
        }
    }

    private static void scan(int port) {
        try (Socket line = new Socket(InetAddress.getLoopbackAddress(), port)) {
            line.setSoTimeout(60_000);
            for (int i = 0; i < SCANS; i++) {
                line.getOutputStream().write(("]C101" + GTIN + "10S" + i + "\n").getBytes(ISO_8859_1));
                assertThat((char) line.getInputStream().read()).isEqualTo('d');
                assertThat((char) line.getInputStream().read()).isEqualTo('!');
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The profile says "d" when a read is durable and "!" for the good beep. */
    private Path configuration(StatefulLedger ledger, List<Integer> ports) throws IOException {
        StringBuilder devices = new StringBuilder();
        for (int i = 0; i < ports.size(); i++) {
            devices.append("- name: till-%d\n  tcp-port: %d\n  profile: told\n  mode: receive\n  supplier: dairy\n"
                    .formatted(i, ports.get(i)));
        }
        Path file = AdapterOnACounter.file(folder, ledger.port(), devices.toString());
        return Files.writeString(file, """
                profiles:
                  - name: told
                    like: text
                    acknowledge: d
                    good: "!"
                """, StandardOpenOption.APPEND);
    }

    private static List<Integer> freePorts() throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < DEVICES; i++) {
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
