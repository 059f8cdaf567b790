package io.stockledger.api.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DefaultValue;

class SettingsPageTest {

    private static final Pattern ROW = Pattern.compile("\\| `(stockledger\\.[a-z.-]+)` \\| (?:`([^`]*)`|none) \\| .+");

    @Test
    void the_page_lists_every_setting_with_its_default() throws IOException {
        Map<String, String> onThePage = new TreeMap<>();
        List<String> rows = Files.readAllLines(Path.of("../docs/settings.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        for (String row : rows) {
            Matcher found = ROW.matcher(row);
            assertThat(found.matches()).as(row).isTrue();
            onThePage.put(found.group(1), found.group(2) == null ? "none" : found.group(2));
        }
        Map<String, String> inCode = new TreeMap<>();
        read("stockledger", StockledgerSettings.class, inCode);
        assertThat(onThePage).isEqualTo(inCode);
    }

    private static void read(String prefix, Class<?> settings, Map<String, String> into) {
        // Annotations of a record's parameters stand on its constructor.
        var parameters = settings.getDeclaredConstructors()[0].getParameters();
        RecordComponent[] components = settings.getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            String name = prefix + "."
                    + components[i].getName().replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
            if (components[i].getType().isRecord()) {
                read(name, components[i].getType(), into);
            } else {
                DefaultValue byDefault = parameters[i].getAnnotation(DefaultValue.class);
                into.put(name, byDefault == null ? "none" : byDefault.value()[0]);
            }
        }
    }
}
