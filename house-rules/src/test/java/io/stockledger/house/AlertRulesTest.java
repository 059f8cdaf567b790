package io.stockledger.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Prometheus' own tool runs the alert rules' tests. */
class AlertRulesTest {

    private static final Path PROMTOOL = Path.of("/usr/bin/promtool");

    @BeforeAll
    static void skipLoudlyWithoutPromtool() {
        boolean present = Files.isExecutable(PROMTOOL);
        if (!present) {
            System.err.println("SKIPPED: AlertRulesTest needs " + PROMTOOL + " (Debian's package prometheus)");
        }
        Assumptions.assumeTrue(present, "no promtool");
    }

    @Test
    void eachAlertFiresWhenItShouldAndOnlyThen() throws IOException, InterruptedException {
        Process promtool = new ProcessBuilder(PROMTOOL.toString(), "test", "rules", "alerts.test.yml")
                .directory(Repository.root().resolve("deploy/prometheus").toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(promtool.waitFor()).as(output).isZero();
    }
}
