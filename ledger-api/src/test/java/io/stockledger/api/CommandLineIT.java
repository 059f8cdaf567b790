package io.stockledger.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the runnable jar does with what it is called with, and that it leaves nothing behind when that makes no sense. */
class CommandLineIT {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    /** @param said both streams, as somebody at a terminal sees them */
    private record Ended(int exit, String said) {

        String lastSentence() {
            String[] lines = said.strip().split("\n", -1);
            return lines[lines.length - 1].strip();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--version, 'Stockledger \\d+\\.\\d+.*, commit [0-9a-f]{40}\\s*'",
        "-h, '(?s)Usage: stockledger .*--version.*'"
    })
    void it_answers_what_it_is_asked(String word, String answer) throws Exception {
        Ended ended = run(Map.of(), word);

        assertThat(ended.exit()).isZero();
        assertThat(ended.said()).matches(answer);
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({
        "serve, '', 'serve: no such command here (expected: import or demo as'",
        "--stockledger.grpc-prot=0, '', '--stockledger.grpc-prot: no such setting (nearest: --stockledger.grpc-port;'",
        "--stockledger.grpc-port=0, STOCKLEDGER_RESTPROT, 'STOCKLEDGER_RESTPROT: no such setting (nearest: STOCKLEDGER_RESTPORT;'",
    })
    void it_refuses_what_it_does_not_know(String argument, String variable, String told) throws Exception {
        Ended ended = run(variable.isEmpty() ? Map.of() : Map.of(variable, "1"), argument);

        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.lastSentence()).startsWith(told);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void why_it_did_not_start_is_what_it_says_last() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ended ended = run(Map.of(), "--stockledger.grpc-port=0", "--stockledger.rest-port=" + taken.getLocalPort());

            assertThat(ended.exit()).isEqualTo(1);
            assertThat(ended.lastSentence()).startsWith("stockledger.rest-port: " + taken.getLocalPort());
            assertThat(ended.said()).doesNotContain("Exception", "\tat ");
            assertThat(folder).isEmptyDirectory();
        }
    }

    private Ended run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                RunnableJarIT.JAR.toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }
}
