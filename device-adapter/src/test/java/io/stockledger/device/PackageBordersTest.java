package io.stockledger.device;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which package may know which: a package that is not listed here fails, and so does a use that its row lacks. */
class PackageBordersTest {

    private static final String OURS = "io.stockledger.device";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages(OURS);

    @ParameterizedTest
    @CsvSource({
        "gs1,",
        "line, gs1",
        "scan, gs1 contract",
        "journal, scan",
        "uplink, journal contract",
        "desk, journal line scan uplink contract",
        "config, gs1 line scan uplink contract",
        "terminal, line",
        "simulate, line",
        "status, desk journal line scan uplink",
        "command, . config gs1 journal line simulate status terminal uplink contract",
        "., command config desk journal line scan status terminal uplink",
    })
    void aPackageUsesOnlyWhatItsRowLists(String name, String uses) {
        List<String> allowed = uses == null ? List.of() : List.of(uses.split(" ", -1));
        classes()
                .that()
                .resideInAPackage(packageOf(name))
                .should()
                .onlyDependOnClassesThat(isForeignOrAllowed(name, allowed))
                .check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> isForeignOrAllowed(String name, List<String> allowed) {
        return DescribedPredicate.describe("outside or allowed: " + allowed, target -> {
            String found = target.getPackageName();
            if (found.startsWith("io.stockledger.v1")) {
                return allowed.contains("contract");
            }
            return !found.startsWith("io.stockledger")
                    || found.equals(packageOf(name))
                    || allowed.stream().anyMatch(one -> found.equals(packageOf(one)));
        });
    }

    private static String packageOf(String name) {
        return name.equals(".") ? OURS : OURS + "." + name;
    }
}
