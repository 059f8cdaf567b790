package io.stockledger.api;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchRule;
import java.net.URI;
import java.net.URL;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What each module may see of the others and of the world: what isn't listed is refused. */
class ModuleBordersTest {
    /** A module by its packages, and all that its code may depend on. */
    private record Module(String name, List<String> itsPackages, List<String> maySee) {
        ArchRule border() {
            return classes()
                    .that()
                    .resideInAnyPackage(itsPackages.toArray(String[]::new))
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(Stream.of(List.of("java.."), itsPackages, maySee)
                            .flatMap(List::stream)
                            .toArray(String[]::new))
                    .allowEmptyShould(false);
        }
    }

    private static final List<String> FACTS = List.of(
            "io.stockledger.adjustment",
            "io.stockledger.decision",
            "io.stockledger.document",
            "io.stockledger.item",
            "io.stockledger.ledger",
            "io.stockledger.location",
            "io.stockledger.money",
            "io.stockledger.order",
            "io.stockledger.quantity",
            "io.stockledger.receiving",
            "io.stockledger.reservation",
            "io.stockledger.returns",
            "io.stockledger.stock");

    private static final Module PROJECTIONS = new Module(
            "projections",
            List.of("io.stockledger.projections.."),
            Stream.concat(
                            FACTS.stream(),
                            Stream.of(
                                    "de.siegmar.fastcsv..",
                                    // Only a fact's stored name and JSON; see NOT_FOR_VIEWS.
                                    "io.stockledger.eventstore",
                                    "io.micrometer.core.instrument..",
                                    "javax.sql",
                                    "org.flywaydb.core..",
                                    "org.joda.money",
                                    "org.jspecify.annotations",
                                    "org.pcollections",
                                    "org.postgresql..",
                                    "org.slf4j",
                                    "org.springframework.dao..",
                                    "org.springframework.jdbc..",
                                    "org.springframework.transaction..",
                                    "tools.jackson.."))
                    .toList());

    private static final Module POSTGRES_STORE = new Module(
            "postgres-store",
            List.of("io.stockledger.postgres..", "io.stockledger.eventstore.postgres.."),
            List.of(
                    "javax.sql",
                    "org.apache.commons.compress..",
                    "org.axonframework..",
                    "org.flywaydb.core..",
                    "org.jspecify.annotations",
                    "org.postgresql..",
                    "org.slf4j",
                    "org.tukaani.xz"));

    private static final Module CONNECTORS = new Module(
            "connectors",
            List.of("io.stockledger.connectors.."),
            List.of(
                    "com.standardwebhooks..",
                    "io.stockledger.document",
                    // Only a fact's stored name and JSON; see NOT_FOR_VIEWS.
                    "io.stockledger.eventstore",
                    "io.stockledger.ledger",
                    "io.stockledger.projections.history",
                    "io.stockledger.projections.view",
                    "javax.crypto..",
                    "javax.net.ssl",
                    "javax.sql",
                    "org.apache.hc..",
                    "org.flywaydb.core..",
                    "org.jspecify.annotations",
                    "org.slf4j",
                    "org.springframework.dao..",
                    "org.springframework.jdbc..",
                    "org.springframework.transaction..",
                    "tools.jackson.."));

    /** What runs the rules and writes the facts; a view has no use for it. */
    private static final String[] NOT_FOR_VIEWS = {
        "io.stockledger.eventstore.AxonFactStore",
        "io.stockledger.eventstore.FactSerializer",
        "io.stockledger.eventstore.StoreSpecifics",
        "io.stockledger.ledger.Ledger",
        "io.stockledger.ledger.Writer",
        "io.stockledger.ledger.Batch",
        "io.stockledger.ledger.Rules",
        "io.stockledger.ledger.StateCache"
    };

    private static final String[] READERS = Stream.of(PROJECTIONS, CONNECTORS)
            .flatMap(module -> module.itsPackages().stream())
            .toArray(String[]::new);

    private static final JavaClasses OURS = ourClasses();

    @TestFactory
    Stream<DynamicTest> eachModuleSeesOnlyWhatItsListNames() {
        return Stream.of(PROJECTIONS, CONNECTORS, POSTGRES_STORE)
                .map(module -> DynamicTest.dynamicTest(
                        module.name(), () -> module.border().check(OURS)));
    }

    @Test
    void eachPackageOfAModuleExists() {
        assertThat(Stream.of(PROJECTIONS, CONNECTORS, POSTGRES_STORE).flatMap(module -> module.itsPackages().stream()))
                .allSatisfy(name ->
                        assertThat(OURS.that(resideInAPackage(name))).as(name).isNotEmpty());
    }

    @Test
    void aMissingPermissionIsNoticed() {
        Module mute = new Module(
                POSTGRES_STORE.name(),
                POSTGRES_STORE.itsPackages(),
                POSTGRES_STORE.maySee().stream()
                        .filter(seen -> !seen.equals("org.slf4j"))
                        .toList());

        assertThat(mute.border().evaluate(OURS).getFailureReport().getDetails())
                .isNotEmpty()
                .allMatch(detail -> detail.contains("org.slf4j."));
    }

    @Test
    void viewsAndConnectorsReadFactsAndNeverRunRules() {
        assertThat(NOT_FOR_VIEWS)
                .allSatisfy(name ->
                        assertThat(OURS.contain(name)).as("%s exists", name).isTrue());
        for (String name : NOT_FOR_VIEWS) {
            noClasses()
                    .that()
                    .resideInAnyPackage(READERS)
                    .should()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName(name)
                    .check(OURS);
        }
        noClasses()
                .that()
                .resideInAnyPackage(READERS)
                .should()
                .dependOnClassesThat()
                .haveNameMatching("io\\.stockledger\\..*Rules")
                .check(OURS);
    }

    @Test
    void onlyTheWiringOfTheServiceSeesAxon() {
        noClasses()
                .that()
                .resideInAPackage("io.stockledger.api..")
                .and()
                .resideOutsideOfPackages("io.stockledger.api.store..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.axonframework..")
                .check(OURS);
    }

    private static JavaClasses ourClasses() {
        List<Location> modules = Stream.of("quantity", "postgres", "projections", "connectors", "api")
                .map(name -> "/io/stockledger/" + name + "/package-info.class")
                .map(marker -> {
                    URL found = Objects.requireNonNull(ModuleBordersTest.class.getResource(marker), marker);
                    return Location.of(URI.create(found.toString().replace(marker, "/io/stockledger/")));
                })
                .toList();
        return new ClassFileImporter().importLocations(modules);
    }
}
