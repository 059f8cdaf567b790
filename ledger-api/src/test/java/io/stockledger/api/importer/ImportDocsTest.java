package io.stockledger.api.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** docs/import.md says of exit codes what the command says. */
class ImportDocsTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d) \\| (.*) \\|$");

    @Test
    void thePageAndTheCommandNameTheSameExitCodes() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        Matcher row = ROW.matcher(Files.readString(Path.of("../docs/import.md")));
        while (row.find()) {
            documented.put(row.group(1), row.group(2));
        }

        assertThat(documented)
                .isEqualTo(new TreeMap<>(new CommandLine(new OnlineRetailCommand())
                        .getCommandSpec()
                        .usageMessage()
                        .exitCodeList()))
                .hasSize(5);
    }
}
