package io.stockledger.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** Image, Compose file and unit: no root, nothing to write to but data and /tmp, no door to the network, one jar by its name. */
class DeployFilesTest {

    private static final Path DEPLOY = Repository.root().resolve("deploy");
    private static final String STATE = "/var/lib/stockledger";
    private static final Pattern JAR_PATH = Pattern.compile("(ledger-api|device-adapter)/target/[\\w/*.-]*jar");
    private static final Pattern PARAGRAPH_OF_ALERT = Pattern.compile("\n### (\\w+)\n\n\\*(?:Page|Ticket)\\.\\* ");
    private static final Pattern FINAL_NAME = Pattern.compile("<finalName>([\\w-]+)</finalName>");

    @Test
    void theImageRunsAsAUserWithANumberThatIsNotRoot() {
        String image = dockerfile();
        String stage = image.substring(image.lastIndexOf("\nFROM "));

        assertThat(stage).containsPattern("\nUSER [1-9]\\d*:[1-9]\\d*\n").contains("\nVOLUME " + STATE + "\n");
        assertThat(stage.indexOf("\nUSER ")).isLessThan(stage.indexOf("\nENTRYPOINT "));
        assertThat(image).contains("\nENV STOCKLEDGER_ADMINKEYFILE=" + STATE + "/admin.key\n");
    }

    @Test
    void theImageIsTheWholeBuild() {
        assertThat(dockerfile().lines().filter(line -> line.startsWith("RUN mvn ")))
                .hasSize(1)
                .allMatch(line -> !line.contains("-Dquick"));
        assertThat(Repository.text(Repository.root().resolve(".dockerignore")).lines())
                .contains("data", "deploy/secrets", "**/target")
                .as("its commit is read there")
                .doesNotContain(".git");
    }

    @Test
    void theContainerWritesToItsVolumeAndToTmpAlone() {
        Map<String, Object> service = Objects.requireNonNull(services().get("stockledger"), "stockledger");

        assertThat(service)
                .containsEntry("read_only", true)
                .containsEntry("cap_drop", List.of("ALL"))
                .containsEntry("volumes", List.of("stockledger-data:" + STATE));
        assertThat((List<?>) service.get("tmpfs"))
                .hasSize(1)
                .allMatch(mount -> mount.toString().startsWith("/tmp:"));
    }

    @Test
    void noContainerGainsRightsAndNoneIsOpenToTheNetwork() {
        assertThat(services()).hasSize(5).allSatisfy((name, service) -> {
            assertThat(service).as(name).containsEntry("security_opt", List.of("no-new-privileges:true"));
            if (service.get("ports") instanceof List<?> ports) {
                assertThat(ports).as(name).allMatch(port -> port.toString().startsWith("127.0.0.1:"));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "User=stockledger",
                "StateDirectory=stockledger",
                "StateDirectoryMode=0700",
                "UMask=0077",
                "Environment=STOCKLEDGER_ADMINKEYFILE=" + STATE + "/admin.key",
                "NoNewPrivileges=yes",
                "CapabilityBoundingSet=",
                "ProtectSystem=strict",
                "ProtectHome=yes",
                "PrivateTmp=yes",
                "PrivateDevices=yes",
                "ProtectKernelTunables=yes",
                "RestrictNamespaces=yes",
                "SystemCallFilter=@system-service",
            })
    void theUnitSaysSo(String line) {
        assertThat(Repository.text(DEPLOY.resolve("systemd/stockledger.service"))
                        .lines())
                .contains(line);
    }

    @Test
    void whateverNamesARunnableJarNamesTheOneThatIsBuilt() {
        Set<String> built = Stream.of("ledger-api", "device-adapter")
                .map(module -> module + "/target/" + finalName(module) + ".jar")
                .collect(Collectors.toSet());
        Map<Path, List<String>> named = Stream.of(".md", "Dockerfile", "run")
                .flatMap(suffix -> Repository.files(Repository.root(), suffix).stream())
                .collect(Collectors.toMap(
                        file -> file,
                        file -> JAR_PATH.matcher(Repository.text(file))
                                .results()
                                .map(match -> match.group())
                                .toList()));

        assertThat(named.values().stream().flatMap(List::stream)).hasSizeGreaterThan(2);
        assertThat(named)
                .allSatisfy(
                        (file, jars) -> assertThat(built).as(file.toString()).containsAll(jars));
    }

    @Test
    void eachAlertLeadsToAParagraphThatSaysWhatToDo() {
        String page = Repository.text(Repository.root().resolve("docs/operating.md"));
        Set<String> paragraphs = PARAGRAPH_OF_ALERT
                .matcher(page)
                .results()
                .map(match -> "docs/operating.md#" + match.group(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        Map<String, List<Map<String, List<Map<String, Map<String, String>>>>>> alerts =
                new Yaml().load(Repository.text(DEPLOY.resolve("prometheus/alerts.yml")));
        List<String> runbooks = alerts.getOrDefault("groups", List.of()).stream()
                .flatMap(group -> group.getOrDefault("rules", List.of()).stream())
                .map(alert -> String.valueOf(
                        alert.getOrDefault("annotations", Map.of()).get("runbook")))
                .toList();

        assertThat(runbooks).hasSizeGreaterThan(10).containsExactlyInAnyOrderElementsOf(paragraphs);
    }

    private static String dockerfile() {
        return Repository.text(DEPLOY.resolve("Dockerfile"));
    }

    private static Map<String, Map<String, Object>> services() {
        Map<String, Map<String, Map<String, Object>>> compose =
                new Yaml().load(Repository.text(DEPLOY.resolve("compose.yaml")));
        return compose.getOrDefault("services", Map.of());
    }

    private static String finalName(String module) {
        Matcher matcher = FINAL_NAME.matcher(
                Repository.text(Repository.root().resolve(module).resolve("pom.xml")));
        assertThat(matcher.find()).as("finalName of " + module).isTrue();
        return matcher.group(1);
    }
}
