package io.stockledger.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a person typed wrong is named, with what was expected, and nothing is a stack trace. */
class CommandLineTest {

    private final Path folder;
    private String out = "";
    private String told = "";

    CommandLineTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | Missing required subcommand | Usage: stockledger-device",
                "serve | Unmatched argument at index 0: 'serve' | Usage: stockledger-device",
                "simulat | Unmatched argument at index 0: 'simulat' | Did you mean: stockledger-device simulate",
                "read | Missing required parameter: '<codes>' | Usage: stockledger-device read",
                "mode dock-1 | Missing required parameter: '<mode>' | Usage: stockledger-device mode",
                "mode dock-1 sell now | Unmatched argument at index 3: 'now' | Usage: stockledger-device mode",
                "enrol --name pc | Missing required parameter: '<code>' | Usage: stockledger-device enrol",
                "invite --locaton berlin-1 | Unknown option: '--locaton' | Possible solutions: --location",
                "parked --sequence seven | Invalid value for option '--sequence': 'seven' is not a long | Usage",
                "parked --config CONFIG --replay --discard | --replay and --discard (expected: one of them) | ''",
                "parked --config CONFIG --sequence 7 | --sequence 7 (expected: with --device | ''",
                "check --config nowhere.yaml | nowhere.yaml:1: : cannot be read | ''",
                "simulate --file SCANS --framing tabs | tabs (expected: one of cr, lf, crlf, line, stx-etx) | Usage",
                "simulate --file SCANS --every -5 | every: -5 (expected: 0 or more milliseconds) | ''",
                "simulate --file SCANS --torn 2 | torn: 2.0 (expected: from 0 to 1) | ''",
            })
    void aWrongWordIsNamed(String words, String message, String further) throws IOException {
        assertThat(run(words)).as(told).isEqualTo(2);
        assertThat(told).contains(message, further).doesNotContain("Exception");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mode --config CONFIG dock-1 sell | status-token is not there (expected: the adapter runs, or ran",
                "parked --config CONFIG | The adapter does not answer (expected: it runs, with status-port ",
                "parked --config SILENT | status-port: -1 (expected: a port to ask the adapter at)",
                "simulate --file nowhere.txt | nowhere.txt is not there",
                "enrol --config CONFIG CODE --name pc | does not answer",
            })
    void whatIsNotThereIsToldInOneLine(String words, String message) throws IOException {
        assertThat(run(words)).as(told).isEqualTo(1);
        assertThat(told).contains(message).doesNotContain("Exception");
        assertThat(told.strip().lines()).hasSize(1);
    }

    @Test
    void whatTheRunningAdapterDoesNotKnowIsNamedWithWhatItKnows() throws Exception {
        int port = freePort();
        Path config = config(port);
        try (Adapter adapter = new Adapter(io.stockledger.device.config.ConfigurationFile.read(config))) {
            assertThat(adapter.statusAddress()).isPresent();
            assertThat(run("mode", "--config", config.toString(), "nodev", "sell"))
                    .isEqualTo(1);
            assertThat(told).isEqualToIgnoringNewLines("device: nodev (expected: one of dock-1, till-1)");
            assertThat(run("mode", "--config", config.toString(), "a/b %2F", "sell"))
                    .isEqualTo(1);
            assertThat(told).isEqualToIgnoringNewLines("device: a/b %2F (expected: one of dock-1, till-1)");
            assertThat(run("mode", "--config", config.toString(), "dock-1", "steal"))
                    .isEqualTo(1);
            assertThat(told)
                    .isEqualToIgnoringNewLines(
                            "mode: steal (expected: one of receive, sell, return, count, transfer, look-up)");
            assertThat(run("mode", "--config", config.toString(), "till-1", "sell"))
                    .isZero();
            assertThat(out).isEqualToIgnoringNewLines("till-1 is in mode sell");
            assertThat(run("parked", "--config", config.toString(), "--device", "nodev"))
                    .isEqualTo(2);
            assertThat(told).isEqualToIgnoringNewLines("device: nodev (expected: one of dock-1, till-1)");
            assertThat(run("parked", "--config", config.toString(), "--device", "dock-1", "--sequence", "9"))
                    .isEqualTo(1);
            assertThat(told).isEqualToIgnoringNewLines("read 9 of dock-1 (expected: one that is parked)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "read --version", "mode -V"})
    void everyCommandTellsTheVersion(String words) throws IOException {
        assertThat(run(words)).isZero();
        assertThat(out).startsWith("stockledger-device ");
    }

    @Test
    void aCodeIsExplainedInOneLineOfJson() {
        assertThat(run("read", "]C1010400638133393117<GS>10L7<GS>", "]C101040063813339311727123110L7<GS>21S-9"))
                .isEqualTo(1);
        JsonNode bad = line(0);
        assertThat(bad.get("is").asString()).isEqualTo("unreadable");
        assertThat(bad.get("reason").asString()).isEqualTo("WRONG_LENGTH");
        assertThat(bad.get("detail").asString()).contains("(17)", "expected: 6 characters");
        assertThat(out.lines().skip(1).findFirst())
                .contains("{\"code\":\"]C101040063813339311727123110L7<GS>21S-9\",\"is\":\"trade-item\","
                        + "\"barcode\":\"4006381333931\",\"elements\":\"(01)04006381333931(17)271231(10)L7(21)S-9\","
                        + "\"lot\":\"L7\",\"expiry\":\"2027-12-31\",\"serial\":\"S-9\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "036000291452 | trade-item | barcode | 0036000291452",
                "]E02112345012506]e010L7 | in-store-item | lot | L7",
                "(00)106141411234567897(02)09506000134352(37)12 | logistic-unit | quantity | 12",
                "(414)4006381333931 | other-elements | elements | (414)4006381333931",
                "]C0AISLE-7 | plain-text | text | AISLE-7",
                "4006381333932 | unreadable | detail | number: 4006381333932 (expected: check digit 1)",
                "<FOO>12 | unreadable | detail | <FOO> (expected: a control character's name or two hex digits)",
                "４００６３８１３３３９３１ | unreadable | reason | FOREIGN_CHARACTER",
            })
    void everyKindOfCodeIsOneLineWithItsName(String code, String is, String field, String value) {
        run("read", code);
        assertThat(out.lines()).hasSize(1);
        assertThat(line(0).get("is").asString()).isEqualTo(is);
        assertThat(line(0).get(field).asString()).isEqualTo(value);
    }

    private JsonNode line(int index) {
        return JsonMapper.shared().readTree(out.lines().toList().get(index));
    }

    private int run(String words) throws IOException {
        Path scans = Files.writeString(folder.resolve("scans.txt"), "4006381333931\n");
        Path config = config(freePort());
        Path silent = Files.writeString(
                folder.resolve("silent.yaml"),
                Files.readString(config).replaceFirst("status-port: \\d+", "status-port: -1"));
        return run(
                words.isEmpty()
                        ? new String[0]
                        : words.replace("CONFIG", config.toString())
                                .replace("SCANS", scans.toString())
                                .replace("SILENT", silent.toString())
                                .split(" ", -1));
    }

    private int run(String... words) {
        PrintStream outBefore = System.out;
        PrintStream errBefore = System.err;
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
        try {
            return DeviceAdapter.run(words);
        } finally {
            System.setOut(outBefore);
            System.setErr(errBefore);
            out = outBytes.toString(StandardCharsets.UTF_8);
            told = errBytes.toString(StandardCharsets.UTF_8);
        }
    }

    private Path config(int statusPort) throws IOException {
        return Files.writeString(folder.resolve("adapter.yaml"), """
                ledger:
                  address: 127.0.0.1:1
                  key-file: %s
                location: berlin-1
                data: %s
                status-port: %d
                devices:
                  - name: dock-1
                    tcp-port: %d
                  - name: till-1
                    tcp-port: %d
                """.formatted(
                        folder.resolve("key"), folder.resolve("data"), statusPort, freePort(), freePort()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
