package io.stockledger.device.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stockledger.device.line.Framing;
import io.stockledger.device.line.ScannerProfile;
import io.stockledger.device.line.SerialPortChoice;
import io.stockledger.device.line.Signal;
import io.stockledger.device.scan.Mode;
import io.stockledger.device.uplink.LedgerSettings.ClientCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFileTest {

    private static final String SMALLEST = """
            ledger:
              address: 127.0.0.1:9090
            location: berlin-1
            devices:
              - name: dock-1
                port: /dev/ttyACM0
            """;

    private final Path folder;

    ConfigurationFileTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void theSmallestConfigurationHasTheDocumentedSettings() throws Exception {
        AdapterSettings settings = read(SMALLEST);
        DeviceSettings device = settings.devices().get(0);
        assertThat(settings.data()).isEqualTo(Path.of("/var/lib/stockledger-device"));
        assertThat(settings.keepSettled()).isEqualTo(Duration.ofDays(7));
        assertThat(settings.statusPort()).isEqualTo(8095);
        assertThat(settings.answerWait()).isEqualTo(Duration.ofMillis(120));
        assertThat(settings.maskSerials()).isTrue();
        assertThat(settings.ledger().deadline()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.ledger().longestPause()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.ledger().keyFile()).isEqualTo(Path.of("/etc/stockledger-device/key"));
        assertThat(device.profile().name()).isEqualTo("generic");
        assertThat(device.profile().speed()).isEqualTo(9600);
        assertThat(device.rules().firstMode()).isEqualTo(Mode.LOOK_UP);
        assertThat(device.rules().controlPrefix()).isEmpty();
        assertThat(device.rules().channel()).isEqualTo("store");
        assertThat(device.doubleReadWindow()).isEqualTo(Duration.ofMillis(500));
        assertThat(device.source()).isEqualTo(new SourceSettings.Serial(new SerialPortChoice.ByPath("/dev/ttyACM0")));
    }

    @Test
    void aProfileOfOnesOwnBuildsOnAShippedOne() throws Exception {
        ScannerProfile profile = read(SMALLEST + """
                            profile: counter
                        profiles:
                          - name: counter
                            like: honeywell
                            framing: stx-etx
                            speed: 19200
                            parity: even
                            data-bits: 7
                            acknowledge: <ACK>
                        """).devices().get(0).profile();
        assertThat(profile.framing()).isEqualTo(Framing.STX_ETX);
        assertThat(profile.parity()).isEqualTo(ScannerProfile.Parity.EVEN);
        assertThat(profile.acknowledge()).isEqualTo("\u0006");
        assertThat(profile.good()).isEqualTo("\u001b7,");
    }

    @Test
    void everyProblemIsToldWithItsLineAndValue() {
        assertThat(problems("""
                        ledger:
                          address: shop.example.com:9090
                          deadline: soon
                        location: "berlin 1"
                        colour: red
                        in-store-numbers:
                          - template: 21WWWW
                        devices:
                          - name: dock/1
                            port: /dev/ttyACM0
                            tcp-port: 4000
                            profile: acme
                            mode: steal
                            control-prefix: abc
                          - name: till
                            standard-input: perhaps
                            standard-input: true
                        """))
                .contains(":2: ledger.address: shop.example.com:9090 without tls")
                .contains(":3: ledger.deadline: soon (expected: a duration from 50ms to 120s)")
                .contains(":4: location: berlin 1 (expected: 1 to 40 letters, digits")
                .contains(":5: colour: unknown (expected: one of ")
                .contains(":7: in-store-numbers[0].template: 21WWWW (expected: 8 or 13 places")
                .contains(":9: devices[0].name: dock/1 (expected: 1 to 24 letters")
                .contains(":9: devices[0].name: 2 sources (expected: one of port, usb")
                .contains(":12: devices[0].profile: acme (expected: one of generic, honeywell, datalogic")
                .contains(
                        ":13: devices[0].mode: steal (expected: one of receive, sell, return, count, transfer, look-up)")
                .contains(":14: devices[0].control-prefix: abc (expected: 6 to 40")
                .contains(":17: devices[1].standard-input: given twice");
    }

    @Test
    void aCertificateComesWithItsKeyAndTls() throws IOException, InvalidConfiguration {
        Path certificate = Files.writeString(folder.resolve("machine.pem"), "");
        Path key = Files.writeString(folder.resolve("machine.key"), "");
        String shown = "\n  certificate: " + certificate + "\n";

        assertThat(problems(SMALLEST.replaceFirst("\n", "\n  tls: true" + shown)))
                .contains("ledger.certificate: alone (expected: certificate and private-key, both or none)");
        assertThat(problems(SMALLEST.replaceFirst("\n", "\n  private-key: missing.key\n  tls: true\n")))
                .contains("ledger.private-key: missing.key (expected: a readable file)");
        assertThat(problems(SMALLEST.replaceFirst("\n", shown + "  private-key: " + key + "\n")))
                .contains("ledger.certificate: without tls (expected: tls: true)");
        assertThat(read(SMALLEST.replaceFirst("\n", shown + "  private-key: " + key + "\n  tls: true\n"))
                        .ledger()
                        .certificate())
                .hasValue(new ClientCertificate(certificate, key));
    }

    @Test
    void devicesShareNeitherNameNorControlPrefix() {
        assertThat(problems(SMALLEST + """
                            control-prefix: K7PQ2M/
                          - name: dock-1
                            port: /dev/ttyACM1
                            control-prefix: K7PQ2M/
                        """))
                .contains(":8: devices[1].name: dock-1 is taken")
                .contains(":10: devices[1].control-prefix: K7PQ2M/ is taken");
    }

    @Test
    void theThreeBeepsOfEveryProfileAreDifferent() {
        assertThat(ScannerProfiles.shipped())
                .filteredOn(profile -> !profile.name().equals("generic"))
                .hasSizeGreaterThanOrEqualTo(5)
                .allSatisfy(profile -> assertThat(Arrays.stream(Signal.values())
                                .map(profile::bytesFor)
                                .filter(bytes -> !bytes.isEmpty())
                                .distinct())
                        .as(profile.name())
                        .hasSize(3));
    }

    @Test
    void goodsAreReceivedFromSomebody() {
        assertThat(problems(SMALLEST + "    mode: receive\n"))
                .contains("devices[0].supplier: missing (expected: one, or a control-prefix for PO- barcodes");
    }

    @Test
    void whatIsNoYamlIsToldByLine() {
        assertThat(problems("ledger:\n  address: [1\nlocation: x\n")).contains(":3: : ");
        assertThat(problems("just text")).contains("a single value (expected: keys and values");
        assertThat(problems("")).contains("devices: none (expected: at least one)");
    }

    private String problems(String text) {
        return String.valueOf(catchThrowableOfType(InvalidConfiguration.class, () -> read(text))
                .getMessage());
    }

    private AdapterSettings read(String text) throws IOException, InvalidConfiguration {
        return ConfigurationFile.read(Files.writeString(folder.resolve("adapter.yaml"), text));
    }
}
