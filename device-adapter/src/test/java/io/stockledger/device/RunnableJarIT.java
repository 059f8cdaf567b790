package io.stockledger.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The jar that the package installs: it says what it is made of, and runs. */
class RunnableJarIT {

    private static final String BILL = "META-INF/sbom/application.cdx.json";
    private static final String LIBRARIES = "BOOT-INF/lib/";
    private static final Path JAR = builtJar();

    @Test
    void itNamesEachLibraryInItAndNoOther() throws IOException {
        Assumptions.assumeFalse(JAR.toString().contains("/quick/"), "-Dquick writes no bill of materials");
        try (JarFile jar = new JarFile(JAR.toFile());
                InputStream in = jar.getInputStream(jar.getEntry(BILL))) {
            JsonNode bill = JsonMapper.shared().readTree(in);
            Set<String> named = new TreeSet<>();
            bill.get("components")
                    .forEach(part -> named.add(part.get("name").asString() + "-"
                            + part.get("version").asString() + ".jar"));

            assertThat(named)
                    .as("the bill of materials, which `mvn -o` leaves as it was")
                    .hasSizeGreaterThan(20)
                    .isEqualTo(libraries(jar))
                    .noneMatch(name ->
                            name.startsWith("spring") || name.startsWith("prometheus-metrics-exposition-formats"));
            assertThat(bill.has("serialNumber") || bill.get("metadata").has("timestamp"))
                    .as("tells when it was built")
                    .isFalse();
            assertThat(jar.stream().map(ZipEntry::getTimeLocal).distinct())
                    .as("times of entries")
                    .hasSize(1);
        }
    }

    @Test
    void itRuns() throws IOException, InterruptedException {
        Process help = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        JAR.toString(),
                        "--help")
                .redirectErrorStream(true)
                .start();
        String said = new String(help.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(help.waitFor()).as(said).isZero();
        assertThat(said).contains("Usage:");
    }

    private static Set<String> libraries(JarFile jar) {
        return jar.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.startsWith(LIBRARIES) && name.endsWith(".jar"))
                .map(name -> name.substring(LIBRARIES.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Path builtJar() {
        try {
            Path classes = Path.of(RunnableJarIT.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path jar = classes.resolveSibling("stockledger-device.jar");
            assertThat(jar).as("built by `mvn package`").isRegularFile();
            return jar;
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
