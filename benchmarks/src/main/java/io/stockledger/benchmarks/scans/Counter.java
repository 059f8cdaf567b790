package io.stockledger.benchmarks.scans;

import io.stockledger.benchmarks.service.RunningLedger;
import io.stockledger.v1.Barcode;
import io.stockledger.v1.Command;
import io.stockledger.v1.RegisterItem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A machine with an adapter on it whose scanners speak over TCP, so that they can be here. They are told of a durable read
 * with {@link #DURABLE}, and beep with a byte that says which beep it is.
 */
record Counter(Path folder, Path configuration, List<Integer> ports) {

    static final char DURABLE = 'd';
    static final char GOOD = '!';
    static final char KEPT = '?';
    static final char BAD = 'x';

    /** Registered by {@link #register}: one for each of the first devices. */
    private static final List<String> GTINS =
            List.of("4006381333931", "5400141288766", "4003994155486", "8076809513753");

    /** @param keeps how long a beep waits for the ledger's answer, such as "120ms" */
    static Counter of(Path folder, int ledgerPort, String key, int devices, String keeps) throws IOException {
        Files.createDirectories(folder);
        List<Integer> ports = freePorts(devices);
        Path keyFile = Files.writeString(folder.resolve("key"), key + "\n");
        StringBuilder text = new StringBuilder(
                """
                ledger:
                  address: 127.0.0.1:%d
                  key-file: %s
                  longest-pause: 300ms
                location: berlin-1
                data: %s
                status-port: 0
                answer-wait: %s
                profiles:
                  - name: measured
                    like: text
                    acknowledge: "%s"
                    good: "%s"
                    kept: "%s"
                    bad: "%s"
                devices:
                """.formatted(ledgerPort, keyFile, folder.resolve("data"), keeps, DURABLE, GOOD, KEPT, BAD));
        for (int device = 0; device < devices; device++) {
            text.append("""
                      - name: dock-%d
                        tcp-port: %d
                        profile: measured
                        mode: receive
                        supplier: dairy
                    """.formatted(device, ports.get(device)).indent(2));
        }
        Path file = Files.writeString(folder.resolve("adapter.yaml"), text);
        return new Counter(folder, file, ports);
    }

    /** Makes the codes of {@link #frame} known. */
    static void register(RunningLedger ledger) throws InterruptedException {
        List<Command> commands = new ArrayList<>();
        for (String gtin : GTINS) {
            commands.add(Command.newBuilder()
                    .setRegisterItem(RegisterItem.newBuilder()
                            .setDocumentId(ledger.shop().document())
                            .setSku(sku(GTINS.indexOf(gtin)))
                            .setName("Scanned " + gtin)
                            .addBarcodes(Barcode.newBuilder().setCode(gtin)))
                    .build());
        }
        ledger.client().sendAll(commands);
    }

    /** What the scans of a device are of. */
    static String sku(int device) {
        return "scanned-" + device % GTINS.size();
    }

    /** The scan of one unit with a lot of its own, by which it is found again. */
    static String frame(int device, String lot) {
        return "]C1010" + GTINS.get(device % GTINS.size()) + "10" + lot + "\n";
    }

    AdapterProcess startAdapter() throws IOException {
        return AdapterProcess.start(configuration, folder.resolve("adapter.log"));
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
