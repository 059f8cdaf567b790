package io.stockledger.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The one jar that is run: it says what it is made of, two builds of it are equal, and it runs without what was left out. */
class RunnableJarIT {

    private static final String BILL = "META-INF/sbom/application.cdx.json";
    private static final String LIBRARIES = "BOOT-INF/lib/";
    private static final String WRITTEN_ONLINE = "the bill of materials, which `mvn -o` leaves as it was";

    /** The packer's own, which unpacks the jar for the image. */
    private static final Pattern OF_THE_PACKER = Pattern.compile("spring-boot-jarmode-tools-.*");

    /** Lists of dependencies without a class; they are not packed. */
    private static final Pattern WITHOUT_CLASSES = Pattern.compile("spring-boot-starter.*");

    /** What libraries ask for and nothing here uses; the pom files say why each was left out. */
    private static final Pattern LEFT_OUT = Pattern.compile(
            "(axon-disruptor|checker-qual|commons-codec|disruptor|log4j|micrometer-jakarta9|tomcat-embed-websocket|xstream)-.*");

    static final Path JAR = builtJar();

    @Test
    void it_names_each_library_in_it_and_no_other() throws IOException {
        Assumptions.assumeFalse(isQuick(), "-Dquick writes no bill of materials");
        try (JarFile jar = new JarFile(JAR.toFile())) {
            Set<String> named = new TreeSet<>();
            bill(jar)
                    .get("components")
                    .forEach(part -> named.add(part.get("name").asString() + "-"
                            + part.get("version").asString() + ".jar"));

            Set<String> packed = libraries(jar);
            packed.removeIf(OF_THE_PACKER.asMatchPredicate());
            named.removeIf(WITHOUT_CLASSES.asMatchPredicate());

            assertThat(named).as(WRITTEN_ONLINE).hasSizeGreaterThan(80).isEqualTo(packed);
            assertThat(packed).noneMatch(LEFT_OUT.asMatchPredicate());
        }
    }

    @Test
    void nothing_in_it_tells_when_or_where_it_was_built() throws IOException {
        String here = Path.of("").toAbsolutePath().toString();
        try (JarFile jar = new JarFile(JAR.toFile())) {
            List<ZipEntry> ours = jar.stream()
                    .filter(entry -> !entry.isDirectory())
                    .filter(entry -> !entry.getName().startsWith(LIBRARIES))
                    .collect(Collectors.toCollection(ArrayList::new));

            assertThat(ours)
                    .hasSizeGreaterThan(500)
                    .allSatisfy(entry ->
                            assertThat(text(jar, entry)).as(entry.getName()).doesNotContain(here));
            assertThat(jar.stream().map(ZipEntry::getTimeLocal).distinct())
                    .as("times of entries")
                    .hasSize(1);
            if (jar.getEntry(BILL) != null) {
                assertThat(bill(jar).has("serialNumber")).isFalse();
                assertThat(bill(jar).get("metadata").has("timestamp")).isFalse();
            }
        }
    }

    @Test
    void it_starts_beside_an_axon_server_that_is_away_and_prints_no_key(@TempDir Path folder)
            throws IOException, InterruptedException {
        Path keyFile = folder.resolve("admin.key");
        Process service = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        JAR.toString(),
                        "--stockledger.rest-port=0",
                        "--stockledger.grpc-port=0",
                        "--stockledger.data=" + folder.resolve("data"),
                        "--stockledger.admin-key-file=" + keyFile,
                        "--stockledger.axon-server.address=127.0.0.1:1")
                .redirectErrorStream(true)
                .start();
        try {
            String said = untilReady(service);
            String key = Files.readString(keyFile).strip();

            assertThat(said).doesNotContain("NoClassDefFoundError").doesNotContain(key);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile)))
                    .isEqualTo("rw-------");
            assertThat(said).contains("127.0.0.1:1 (does not answer yet");
            assertThat(get(address(said) + "/actuator/health/liveness", key).statusCode())
                    .isEqualTo(200);
            assertThat(get(address(said) + "/actuator/health/readiness", key).statusCode())
                    .isEqualTo(503);
            assertThat(bill(address(said), key).statusCode()).isEqualTo(200);
            assertThat(bill(address(said), "slk_wrong").statusCode()).isEqualTo(401);
        } finally {
            service.destroy();
            service.waitFor();
        }
    }

    private static HttpResponse<String> bill(String address, String key) throws IOException, InterruptedException {
        return get(address + "/actuator/sbom", key);
    }

    private static HttpResponse<String> get(String uri, String key) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(uri))
                                .header("Authorization", "Bearer " + key)
                                .build(),
                        BodyHandlers.ofString());
    }

    private static String untilReady(Process service) {
        StringBuilder said = new StringBuilder();
        Scanner lines = new Scanner(service.getInputStream(), StandardCharsets.UTF_8);
        boolean ready = false;
        while (lines.hasNextLine() && !(ready && said.toString().endsWith("\n\n"))) {
            String line = lines.nextLine();
            said.append(line).append('\n');
            ready |= line.contains("Admin key");
        }
        assertThat(said.toString()).contains("Stockledger is ready");
        return said.toString();
    }

    private static String address(String said) {
        return Pattern.compile("REST +(http\\S+)/v1")
                .matcher(said)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    static boolean isQuick() {
        return JAR.toString().contains("/quick/");
    }

    private static JsonNode bill(JarFile jar) throws IOException {
        ZipEntry bill = jar.getEntry(BILL);
        assertThat(bill)
                .as(BILL + ", which is not written while Maven is offline")
                .isNotNull();
        return JsonMapper.shared().readTree(text(jar, bill));
    }

    private static Set<String> libraries(JarFile jar) {
        return jar.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.startsWith(LIBRARIES) && name.endsWith(".jar"))
                .map(name -> name.substring(LIBRARIES.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String text(JarFile jar, ZipEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static Path builtJar() {
        try {
            Path classes = Path.of(RunnableJarIT.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path jar = classes.resolveSibling("stockledger.jar");
            assertThat(jar).as("built by `mvn package`").isRegularFile();
            return jar;
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
