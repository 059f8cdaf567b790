package io.stockledger.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.stockledger.document.DocumentFact.CommandRefused;
import io.stockledger.document.Fact;
import io.stockledger.document.Refusal;
import io.stockledger.eventstore.FactNames.StoredName;
import io.stockledger.ledger.RefusalCatalogue;
import io.stockledger.stock.StockSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything that was ever stored still reads. A golden file, {@code NAME.REVISION[.VARIANT].json}, is approved once
 * and neither edited nor deleted: a change that it does not fit is a new revision with a file of its own.
 */
class GoldenFactsTest {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final FactSerializer SERIALIZER = FactSerializer.create();
    private static final Path GOLDEN = golden();

    @TestFactory
    Stream<DynamicTest> everySampleIsWrittenAsItsGoldenFileHasIt() {
        return SampleFacts.all().entrySet().stream()
                .map(sample -> dynamicTest(sample.getKey(), () -> {
                    String written = write(sample.getValue());
                    Path file = GOLDEN.resolve(sample.getKey() + ".json");
                    assertThat(file)
                            .as("to be approved, if it is what should be stored for ever:%n%s", pretty(written))
                            .exists();
                    assertThat(JSON.readTree(written)).isEqualTo(JSON.readTree(Files.readString(file)));
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyGoldenFileIsReadAsItWasMeant() {
        Map<String, Object> samples = SampleFacts.all();
        return goldenFiles()
                .map(file -> dynamicTest(file, () -> {
                    Object read = read(file, Files.readString(GOLDEN.resolve(file + ".json")));
                    assertThat(read).isEqualTo(samples.getOrDefault(file, read));
                }));
    }

    @Test
    void everyFactThatThereIsHasAStoredNameAndAGoldenFile() {
        Set<Class<?>> facts = new HashSet<>();
        for (JavaClass type : new ClassFileImporter().importPath(productionClasses())) {
            if (type.isAssignableTo(Fact.class) && !type.isInterface()) {
                facts.add(type.reflect());
            }
        }
        Set<String> expected =
                facts.stream().map(FactNames::of).map(GoldenFactsTest::fileOf).collect(Collectors.toSet());
        Set<String> names = goldenFiles().map(GoldenFactsTest::nameAndRevision).collect(Collectors.toSet());

        assertThat(facts).hasSizeGreaterThan(20).allMatch(type -> FactNames.isNamed(type));
        assertThat(names).containsAll(expected);
    }

    @Test
    void everyCaseOfEverySealedFactHasASample() {
        Set<Class<?>> sealedFacts = FactNames.classes().stream()
                .flatMap(type -> Arrays.stream(type.getInterfaces()))
                .filter(Class::isSealed)
                .collect(Collectors.toSet());
        Set<Class<?>> cases = sealedFacts.stream()
                .flatMap(type -> Arrays.stream(type.getPermittedSubclasses()))
                .collect(Collectors.toSet());
        cases.add(StockSnapshot.class);

        assertThat(sealedFacts).hasSize(10);
        assertThat(SampleFacts.all().values().stream().map(Object::getClass).collect(Collectors.toSet()))
                .isEqualTo(cases);
        assertThat(FactNames.classes()).isEqualTo(cases);
    }

    @Test
    void everyRefusalHasAReasonAndAGoldenFile() {
        Set<Class<?>> refusals = new ClassFileImporter()
                .importPath(productionClasses()).stream()
                        .filter(type -> type.isAssignableTo(Refusal.class) && !type.isInterface())
                        .map(JavaClass::reflect)
                        .collect(Collectors.toSet());
        Set<Class<?>> sampled = SampleFacts.all().values().stream()
                .filter(CommandRefused.class::isInstance)
                .map(fact -> ((CommandRefused) fact).refusal().getClass())
                .collect(Collectors.toSet());

        assertThat(RefusalCatalogue.entries())
                .extracting(RefusalCatalogue.Entry::refusal)
                .containsExactlyInAnyOrderElementsOf(refusals.stream()
                        .<Class<? extends Refusal>>map(type -> type.asSubclass(Refusal.class))
                        .toList());
        assertThat(RefusalCatalogue.entries())
                .extracting(RefusalCatalogue.Entry::reason)
                .doesNotHaveDuplicates();
        assertThat(sampled).isEqualTo(refusals);
    }

    @Test
    void everyRefusalTellsAPersonWhatHappened() {
        assertThat(SampleFacts.all().values())
                .filteredOn(CommandRefused.class::isInstance)
                .extracting(fact -> ((CommandRefused) fact).refusal().message())
                .hasSize(19)
                .allSatisfy(message -> assertThat(message).matches("[A-Z].*\\."))
                .contains(
                        "Item 'tea' at berlin-1: 3 piece requested by channel web, -1 piece available to promise.",
                        "Quantity 0.50 of item 'tea' does not fit its unit piece (expected: at most 0 decimals and"
                                + " below 10^12).");
    }

    @Test
    void aStoredNameThatNobodyKnowsIsNotSkipped() {
        assertThatThrownBy(() -> read("stock-vanished.1", "{}"))
                .isInstanceOf(UnreadableFact.class)
                .hasMessageContaining("stored name 'stock-vanished'");
    }

    private static String write(Object fact) {
        SerializedObject<byte[]> written = SERIALIZER.serialize(fact, byte[].class);
        return new String(written.getData(), StandardCharsets.UTF_8);
    }

    private static Object read(String file, String json) {
        List<String> parts = List.of(file.split("\\."));
        return SERIALIZER.deserialize(new SimpleSerializedObject<>(
                json.getBytes(StandardCharsets.UTF_8),
                byte[].class,
                new SimpleSerializedType(parts.get(0), parts.get(1))));
    }

    private static String pretty(String json) {
        return JSON.writeValueAsString(JSON.readTree(json));
    }

    private static String fileOf(StoredName name) {
        return name.name() + "." + name.revision();
    }

    private static String nameAndRevision(String file) {
        return file.replaceAll("^([^.]+\\.[^.]+).*", "$1");
    }

    private static Stream<String> goldenFiles() {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            return files
                    .map(file -> file.getFileName().toString().replaceAll("\\.json$", ""))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path golden() {
        try {
            return Path.of(Objects.requireNonNull(GoldenFactsTest.class.getResource("/golden"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path productionClasses() {
        try {
            return Path.of(FactNames.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
