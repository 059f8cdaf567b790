package io.stockledger.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceRuleTest {
    private static final List<Path> SOURCES = Repository.files(Repository.root(), ".java").stream()
            .filter(file -> file.toString().contains("/src/"))
            .toList();

    @Test
    void everyJavaFileObeysTheHouseRules() {
        assertThat(SOURCES).hasSizeGreaterThan(10);
        assertThat(SOURCES.stream()
                        .map(file -> SourceRule.violations(file, Repository.text(file)))
                        .flatMap(Collection::stream))
                .isEmpty();
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<Path> packages = SOURCES.stream()
                .filter(file -> file.toString().contains("/src/main/java/"))
                .map(Path::getParent)
                .collect(Collectors.toSet());

        assertThat(packages).hasSizeGreaterThan(5).allSatisfy(folder -> {
            Path declaration = folder.resolve("package-info.java");
            assertThat(Files.exists(declaration)).as("%s exists", declaration).isTrue();
            assertThat(Repository.text(declaration)).contains("@NullMarked");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            NAMED_FOR_WHAT_IT_IS                 | src/main/java/StockUtil.java    | final class StockUtil {}
            NAMED_FOR_WHAT_IT_IS                 | src/main/java/BaseRules.java    | abstract class BaseRules {}
            NAMED_FOR_WHAT_IT_IS                 | src/main/java/OrderService.java | final class OrderService {}
            FINISHED                             | src/main/java/A.java            | // TO_DO later
            TESTS_WAIT_FOR_AN_EVENT_NOT_FOR_TIME | m/src/test/java/ATest.java      | Thread.sl_eep(10);
            NO_TEST_IS_SWITCHED_OFF              | m/src/test/java/ATest.java      | @Disabled("flaky")
            EVERY_TEST_IS_FOUND_BY_THE_BUILD     | m/src/test/java/Rules.java      | @Property
            """)
    void everyRuleRefusesItsExample(SourceRule rule, Path file, String text) {
        // Put together only here, so that this file obeys too.
        assertThat(rule.violation(file, text.replace("_", ""))).isPresent();
    }

    @Test
    void aFileOfOneLineTooManyIsRefused() {
        Path file = Path.of("src/main/java/A.java");

        assertThat(SourceRule.SHORT_ENOUGH_TO_READ.violation(file, "\n".repeat(SourceRule.MAX_LINES)))
                .isEmpty();
        assertThat(SourceRule.SHORT_ENOUGH_TO_READ.violation(file, "\n".repeat(SourceRule.MAX_LINES + 1)))
                .hasValue("lines: 401 (expected: <= 400)");
    }

    @Test
    void namesThatOnlyLookAlikeAreFine() {
        assertThat(List.of("Baseline", "Defaults", "Serviceable", "Implied"))
                .allSatisfy(name -> assertThat(SourceRule.NAMED_FOR_WHAT_IT_IS.violation(Path.of(name + ".java"), ""))
                        .isEmpty());
    }
}
