package io.stockledger.api.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stockledger.eventstore.FactNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** docs/where-things-are.md says of each command what is so: its route, its rule, its facts. */
class WhereThingsAreTest {

    private static final Path PAGE = Path.of("../docs/where-things-are.md");
    private static final Pattern LINK = Pattern.compile("\\[\\w+]\\(([^)]+)\\)");
    private static final Pattern CODE = Pattern.compile("`([a-z-]+)`");
    private static final int COLUMNS = 6;

    /** A row's cells behind the command's name. */
    private record Row(String rest, String rule, String facts, String test) {}

    private final Map<String, Row> rows = rows();

    @Test
    void everyCommandHasARowAndNoOtherHas() {
        assertThat(rows.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        commands().map(ContractMethod::name).toList());
    }

    @TestFactory
    Stream<DynamicTest> aRowSaysWhereTheCommandIs() {
        return commands()
                .map(method -> dynamicTest(method.name(), () -> {
                    Row row = Objects.requireNonNull(rows.get(method.name()), method.name());
                    assertThat(row.rest()).isEqualTo("`" + method.routes().get(0) + "`");
                    assertThat(linked(row.rule())).contains("decide(" + method.name() + " command");
                    assertThat(names(row.facts())).isNotEmpty().isSubsetOf(FactNames.names());
                    assertThat(linked(row.test())).contains("@Test");
                }));
    }

    @Test
    void everyFactIsSomebodys() {
        Set<String> told = new TreeSet<>(names(text(PAGE)));

        assertThat(told).containsAll(FactNames.names());
    }

    private static Stream<ContractMethod> commands() {
        return Contract.methods().stream().filter(ContractMethod::isCommand);
    }

    private static Map<String, Row> rows() {
        Map<String, Row> rows = new LinkedHashMap<>();
        for (String line : text(PAGE).lines().toList()) {
            List<String> cells = List.of(line.split("\\|", -1));
            if (cells.size() == COLUMNS + 2
                    && !cells.get(2).contains("---")
                    && cells.get(2).contains("/v1/")) {
                rows.put(
                        cells.get(1).strip(),
                        new Row(
                                cells.get(2).strip(),
                                cells.get(3).strip(),
                                cells.get(4).strip(),
                                cells.get(6).strip()));
            }
        }
        return rows;
    }

    private static Set<String> names(String cell) {
        return CODE.matcher(cell).results().map(name -> name.group(1)).collect(Collectors.toSet());
    }

    private static String linked(String cell) {
        Matcher link = LINK.matcher(cell);
        assertThat(link.find()).as(cell).isTrue();
        return text(PAGE.resolveSibling(link.group(1)));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
