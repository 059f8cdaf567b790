package io.stockledger.device;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stockledger.device.ledger.StatefulLedger;
import io.stockledger.device.terminal.PseudoTerminal;
import io.stockledger.device.terminal.SoftwareCable;
import io.stockledger.v1.ReceiveGoods;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the bytes on a cable to the stock in a ledger, and back to the beep. */
class SerialPortIT {

    private static final String MILK = "4006381333931";

    private final Path folder;

    SerialPortIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void aScanOnTheCableBecomesStockAndAGoodBeep() throws Exception {
        try (StatefulLedger ledger = new StatefulLedger().knows(MILK).start(0);
                PseudoTerminal cable = SoftwareCable.plugIn();
                Adapter adapter =
                        new Adapter(AdapterOnACounter.settings(folder, ledger.port(), """
                        - name: dock-1
                          port: %s
                          profile: honeywell
                          mode: receive
                          supplier: dairy
                        """.formatted(cable.path())))) {
            scan(cable, "]C101" + "0" + MILK + "1727013110L7\r");
            await().until(() -> ledger.documents().size() == 1);

            String id = ledger.documents().get(0);
            assertThat(id).matches("scan-dock-1-[0-9a-f]{8}-1");
            assertThat(ledger.stock("berlin-1", MILK)).isEqualByComparingTo(BigDecimal.ONE);
            ReceiveGoods receipt = ledger.document(id, ReceiveGoods.class);
            assertThat(receipt.getLines(0).getLot()).isEqualTo("L7");
            assertThat(receipt.getLines(0).getExpiry()).isEqualTo("2027-01-31");
            assertThat(receipt.getOccasion().getDevice()).isEqualTo("dock-1");
            assertThat(heard(cable)).isEqualTo("\u001b7,");
            scan(cable, "]E0" + MILK + "\r");
            assertThat(heard(cable)).isEqualTo("\u001b7,");
            scan(cable, "4006381333932\r");
            assertThat(heard(cable)).isEqualTo("\u001b8,\u001b8,");
            assertThat(status(adapter)).contains("BAD_CHECK_DIGIT").contains("4006381333932");
        }
    }

    @Test
    void aCableThatIsPulledAndPluggedInAgainIsOpenedAgain() throws Exception {
        Path link = folder.resolve("scanner");
        try (StatefulLedger ledger = new StatefulLedger().knows(MILK).start(0);
                PseudoTerminal second = SoftwareCable.plugIn()) {
            PseudoTerminal first = SoftwareCable.plugIn();
            Files.createSymbolicLink(link, Path.of(first.path()));
            try (Adapter adapter =
                    new Adapter(AdapterOnACounter.settings(folder, ledger.port(), """
                    - name: till-1
                      port: %s
                      profile: zebra
                      mode: sell
                    """.formatted(link)))) {
                scan(first, MILK + "\r");
                await().until(() -> ledger.documents().size() == 1);
                scan(first, MILK.substring(0, 6));
                await().until(() -> status(adapter).contains("\"connected\":true"));
                first.close();
                await().atMost(Duration.ofSeconds(10))
                        .until(() -> status(adapter).contains("\"connected\":false"));
                assertThat(status(adapter)).contains("bytes dropped: torn");

                Files.delete(link);
                Files.createSymbolicLink(link, Path.of(second.path()));
                await().atMost(Duration.ofSeconds(10))
                        .until(() -> status(adapter).contains("\"connected\":true"));
                scan(second, MILK + "\r");
                await().until(() -> ledger.documents().size() == 2);
                assertThat(ledger.stock("berlin-1", MILK)).isEqualByComparingTo("-2");
            }
        }
    }

    @Test
    void aPortThatIsNoneIsNamedWithWhatItIs() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        try (StatefulLedger ledger = new StatefulLedger().start(0);
                Adapter adapter =
                        new Adapter(AdapterOnACounter.settings(folder, ledger.port(), """
                        - name: a-folder
                          port: %s
                        - name: a-file
                          port: %s
                        - name: nothing
                          port: /dev/does-not-exist
                        - name: unplugged
                          usb: "ffff:fffe"
                        """.formatted(folder, file)))) {
            await().untilAsserted(() -> assertThat(status(adapter))
                    .contains(folder + " is a directory")
                    .contains(file + " is a file")
                    .contains("/dev/does-not-exist does not exist")
                    .contains("usb ffff:fffe fits 0 ports"));
        }
    }

    private static void scan(PseudoTerminal cable, String bytes) throws Exception {
        cable.write(bytes.getBytes(ISO_8859_1));
    }

    private static String heard(PseudoTerminal cable) throws Exception {
        return new String(cable.read(5_000), ISO_8859_1);
    }

    static String status(Adapter adapter) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create(adapter.statusAddress().orElseThrow() + "status.json"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
