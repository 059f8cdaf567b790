package io.stockledger.device.gs1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of identifiers knows what GS1's own dictionary says of company prefixes. */
class SyntaxDictionaryTest {

    @Test
    void everyKeyThatBeginsWithACompanyPrefixIsRefusedWithoutOne() throws IOException {
        List<String> lax = new ArrayList<>();
        int keys = 0;
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(RealData.open("gs1-syntax-dictionary.txt"), StandardCharsets.UTF_8))) {
            for (String line : lines.lines().toList()) {
                String code = line.split("\\s", 2)[0];
                if (line.startsWith("#") || !line.contains("gcppos1")) {
                    continue;
                }
                keys++;
                ApplicationIdentifier identifier = ApplicationIdentifiers.TABLE.get(code);
                assertThat(identifier).as(line).isNotNull();
                for (String value : List.of("123", "12A4567890", "A123456789")) {
                    if (identifier != null && identifier.problemOf(value).isEmpty()) {
                        lax.add("(" + code + ")" + value);
                    }
                }
            }
        }
        assertThat(lax).isEmpty();
        assertThat(keys).isGreaterThan(15);
    }
}
