package io.stockledger.device.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page lists each setting that the configuration file may hold, and no other. */
class SettingsPageTest {

    private static final Path PAGE = Path.of("../docs/devices.md");
    private static final Pattern UNKNOWN =
            Pattern.compile(":\\d+: (\\S*)nonsense: unknown \\(expected: one of (.*)\\)");
    private static final Pattern NAME = Pattern.compile("`([a-z.\\[\\]-]+)`");

    private final Path folder;

    SettingsPageTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void everySettingStandsOnThePage() throws IOException {
        assertThat(onPage()).containsExactlyInAnyOrderElementsOf(known());
    }

    /** Each section of a configuration with a key that nobody knows says which ones it knows. */
    private Set<String> known() throws IOException {
        Path file = Files.writeString(folder.resolve("adapter.yaml"), """
                nonsense: 1
                ledger:
                  nonsense: 1
                profiles:
                  - nonsense: 1
                in-store-numbers:
                  - nonsense: 1
                devices:
                  - nonsense: 1
                """);
        String problems =
                String.valueOf(catchThrowableOfType(InvalidConfiguration.class, () -> ConfigurationFile.read(file))
                        .getMessage());
        Set<String> known = new LinkedHashSet<>();
        Matcher matcher = UNKNOWN.matcher(problems);
        while (matcher.find()) {
            for (String key : matcher.group(2).split(", ", -1)) {
                known.add(matcher.group(1).replaceAll("\\d+", "") + key);
            }
        }
        known.removeIf(key ->
                Set.of("ledger", "profiles", "in-store-numbers", "devices").contains(key));
        assertThat(known).hasSizeGreaterThan(40);
        return known;
    }

    /** The first column of the table; a name without a dot in a row belongs where the row's first one does. */
    private static Set<String> onPage() throws IOException {
        String table = Files.readString(PAGE).split("## Every setting", 2)[1].split("\n## ", 2)[0];
        Set<String> names = new LinkedHashSet<>();
        for (String row : table.lines().filter(line -> line.startsWith("| `")).toList()) {
            Matcher name = NAME.matcher(row.substring(1, row.indexOf('|', 1)));
            String section = "";
            while (name.find()) {
                int dot = name.group(1).lastIndexOf('.');
                section = dot < 0 ? section : name.group(1).substring(0, dot + 1);
                names.add(dot < 0 ? section + name.group(1) : name.group(1));
            }
        }
        return names;
    }
}
