package io.stockledger.connectors;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Which package may use which, and what of the other modules: what isn't listed is refused. */
class BordersTest {

    private static final String HOME = "io.stockledger.connectors";

    /** What another connector would see of this module, and no more: how facts become effects, and how to call. */
    private static final Map<String, List<String>> ROWS = Map.of(
            "",
            List.of("javax.sql", "org.flywaydb.core.."),
            ".outbound",
            List.of("javax.net.ssl", "org.apache.hc.."),
            ".reaction",
            List.of(
                    "io.stockledger.document",
                    "io.stockledger.ledger",
                    "io.stockledger.projections.view",
                    "javax.sql",
                    "org.slf4j",
                    "org.springframework.dao..",
                    "org.springframework.jdbc.."),
            ".feed",
            List.of(
                    "io.stockledger.projections.history",
                    "io.stockledger.projections.view",
                    "org.springframework.dao.."),
            ".webhook",
            List.of(
                    HOME + ".outbound",
                    HOME + ".reaction",
                    "com.standardwebhooks..",
                    "io.stockledger.document",
                    "io.stockledger.eventstore",
                    "io.stockledger.ledger",
                    "javax.crypto..",
                    "javax.sql",
                    "org.slf4j",
                    "org.springframework.dao..",
                    "org.springframework.jdbc..",
                    "org.springframework.transaction..",
                    "tools.jackson.."));

    private static final JavaClasses OURS = productionClasses();

    @TestFactory
    Stream<DynamicTest> eachPackageUsesOnlyWhatItsRowLists() {
        return ROWS.entrySet().stream()
                .map(row -> DynamicTest.dynamicTest(
                        HOME + row.getKey(),
                        () -> onlyUses(row.getKey(), row.getValue()).check(OURS)));
    }

    @Test
    void eachPackageHasARowAndEachRowAPackage() {
        Set<String> packages = OURS.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());

        assertThat(packages)
                .isEqualTo(ROWS.keySet().stream().map(name -> HOME + name).collect(Collectors.toSet()));
    }

    @Test
    void aMissingPermissionIsNoticed() {
        assertThat(onlyUses(".outbound", List.of("javax.net.ssl"))
                        .evaluate(OURS)
                        .getFailureReport()
                        .getDetails())
                .isNotEmpty()
                .allMatch(detail -> detail.contains("org.apache.hc."));
    }

    /** An outcome goes back as a command through a function that the service gives. */
    @Test
    void noConnectorSeesTheLedgerOrARule() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        "io\\.stockledger\\.(.*Rules|ledger\\.Ledger|ledger\\.Writer|eventstore\\.AxonFactStore)")
                .check(OURS);
    }

    private static ArchRule onlyUses(String name, List<String> allowed) {
        return classes()
                .that()
                .resideInAPackage(HOME + name)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(Stream.of(List.of("java..", "org.jspecify.annotations", HOME + name), allowed)
                        .flatMap(List::stream)
                        .toArray(String[]::new))
                .allowEmptyShould(false);
    }

    private static JavaClasses productionClasses() {
        try {
            Path classes = Path.of(ConnectorTables.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return new ClassFileImporter().importPath(classes);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
