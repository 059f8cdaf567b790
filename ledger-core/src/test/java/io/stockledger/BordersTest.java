package io.stockledger;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.stockledger.quantity.Quantity;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Which package may use which: what isn't listed is refused. */
class BordersTest {
    private static final String HOME = "io.stockledger.";

    /** What a rule may use of Java: values and collections, but no threads, files, sockets or databases. */
    private static final List<String> JAVA_FOR_RULES = List.of(
            "java.lang",
            "java.lang.annotation",
            "java.lang.invoke",
            "java.lang.runtime",
            "java.math",
            "java.time..",
            "java.util",
            "java.util.function",
            "java.util.regex",
            "java.util.stream",
            "org.jspecify.annotations");

    /** The rules' packages from the ground up: a row names only rows above it, so there is no cycle. */
    private static final Map<String, List<String>> RULES = Map.ofEntries(
            Map.entry("quantity", List.of()),
            Map.entry(
                    "document",
                    List.of("io.stockledger.quantity", "java.nio..", "java.security", "java.text", "java.util.zip")),
            Map.entry("money", List.of("io.stockledger.document", "org.joda.money")),
            Map.entry("decision", List.of("io.stockledger.document")),
            Map.entry("item", ours("quantity", "document", "decision")),
            Map.entry("location", and(ours("document", "decision"), "org.pcollections")),
            Map.entry("stock", and(ours("quantity", "document", "decision", "item", "location"), "org.pcollections")),
            Map.entry("reservation", ours("quantity", "document", "decision", "item", "location", "stock")),
            Map.entry(
                    "order",
                    and(
                            ours(
                                    "quantity",
                                    "document",
                                    "money",
                                    "decision",
                                    "item",
                                    "location",
                                    "stock",
                                    "reservation"),
                            "org.joda.money")),
            Map.entry(
                    "receiving",
                    and(
                            ours("quantity", "document", "money", "decision", "item", "location", "stock"),
                            "org.joda.money")),
            Map.entry(
                    "returns",
                    and(
                            ours("quantity", "document", "money", "decision", "item", "location", "stock", "order"),
                            "org.joda.money")),
            Map.entry("adjustment", ours("quantity", "document", "decision", "item", "location", "stock")));

    /** The packages that run the rules; no rule may see them. */
    private static final Map<String, List<String>> AROUND_THE_RULES = Map.of(
            "ledger",
            and(
                    ours(RULES.keySet().toArray(String[]::new)),
                    "java.util.concurrent..",
                    "com.github.benmanes.caffeine.cache",
                    "org.pcollections",
                    "org.slf4j"),
            "eventstore",
            and(
                    ours(RULES.keySet().toArray(String[]::new)),
                    "io.stockledger.ledger",
                    "java.io",
                    "java.nio..",
                    "java.util.concurrent..",
                    "org.axonframework..",
                    "org.joda.money",
                    "org.pcollections",
                    "org.slf4j",
                    "tools.jackson..",
                    "com.fasterxml.jackson.annotation"));

    private static final String[] RULE_PACKAGES =
            ours(RULES.keySet().toArray(String[]::new)).toArray(String[]::new);

    private static final JavaClasses CORE = productionClasses();

    @TestFactory
    Stream<DynamicTest> eachPackageUsesOnlyWhatItsRowLists() {
        return Stream.of(RULES, AROUND_THE_RULES)
                .flatMap(table -> table.entrySet().stream())
                .map(row -> DynamicTest.dynamicTest(
                        row.getKey(),
                        () -> onlyUses(row.getKey(), row.getValue()).check(CORE)));
    }

    @Test
    void eachPackageHasARowAndEachRowAPackage() {
        Set<String> packages = CORE.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
        Set<String> rows = Stream.of(RULES, AROUND_THE_RULES)
                .flatMap(table -> table.keySet().stream())
                .map(name -> HOME + name)
                .collect(Collectors.toSet());

        assertThat(packages).isEqualTo(rows);
    }

    @Test
    void aMissingPermissionIsNoticed() {
        assertThat(onlyUses("stock", ours("document", "decision", "item", "location"))
                        .evaluate(CORE)
                        .getFailureReport()
                        .getDetails())
                .anyMatch(detail -> detail.contains("io.stockledger.stock.") && detail.contains("quantity.Quantity"));
    }

    @Test
    void stockKnowsNoDocumentThatMovesIt() {
        assertThat(RULES.get("stock"))
                .doesNotContain(ours("order", "reservation", "receiving", "returns", "adjustment")
                        .toArray(String[]::new));
    }

    @Test
    void noRuleReadsAClockOrDrawsAtRandom() {
        ArchRule rule = noClasses()
                .that()
                .resideInAnyPackage(RULE_PACKAGES)
                .should()
                .callMethodWhere(target(nameMatching("now|currentTimeMillis|nanoTime|randomUUID|random|systemUTC")))
                .orShould()
                .callCodeUnitWhere(target(owner(assignableTo(RandomGenerator.class))))
                .because("time and ids arrive with the command, so that a replay decides as the first time");

        rule.check(CORE);
    }

    @Test
    void noAmountIsAFloatingPointNumber() {
        for (Class<?> rounding : List.of(double.class, float.class)) {
            fields().that()
                    .areDeclaredInClassesThat()
                    .resideInAnyPackage(RULE_PACKAGES)
                    .should()
                    .notHaveRawType(rounding)
                    .check(CORE);
            methods()
                    .that()
                    .areDeclaredInClassesThat()
                    .resideInAnyPackage(RULE_PACKAGES)
                    .should()
                    .notHaveRawReturnType(rounding)
                    .check(CORE);
        }
    }

    private static ArchRule onlyUses(String name, List<String> allowed) {
        return classes()
                .that()
                .resideInAPackage(HOME + name)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(Stream.of(JAVA_FOR_RULES, allowed, List.of(HOME + name))
                        .flatMap(List::stream)
                        .toArray(String[]::new))
                .allowEmptyShould(false);
    }

    private static List<String> ours(String... names) {
        return Stream.of(names).map(name -> HOME + name).toList();
    }

    private static List<String> and(List<String> some, String... more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
    }

    private static JavaClasses productionClasses() {
        try {
            return new ClassFileImporter()
                    .importPath(Path.of(Quantity.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
