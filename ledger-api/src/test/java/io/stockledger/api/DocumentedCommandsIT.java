package io.stockledger.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.stockledger.api.contract.Contract;
import io.stockledger.api.contract.ContractMethod;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The commands that the pages show, as a new user enters them, one after the other: in a folder that holds what a build made and
 * nothing else. What needs Docker, root or a network says so in its first line; of that only the syntax is tried.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DocumentedCommandsIT {

    private static final List<DocumentedCommand> README = DocumentedCommand.of("README.md");
    private static final List<DocumentedCommand> DEPLOY = DocumentedCommand.of("deploy/README.md");
    private static final List<DocumentedCommand> OPERATING = DocumentedCommand.of("docs/operating.md");

    private static final Pattern GRPCURL =
            Pattern.compile("-d '(?<json>[^']*)' \\\\\n +localhost:9090 (?<service>[\\w.]+)/(?<method>\\w+)");
    private static final Pattern REFUSED = Pattern.compile("(?m)^\\{.*\"status\":[45]\\d\\d");
    private static final String INVOICES = """
            InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
            536365,85123A,WHITE HANGING HEART T-LIGHT HOLDER,6,2010-12-01 08:26:00,2.55,17850,United Kingdom
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    private static @Nullable StartedJar service;

    @BeforeAll
    static void skipLoudlyWithoutWhatTheCommandsCall() throws Exception {
        Ended missing = bash(
                "-c",
                "for program in curl openssl tar unzip; do command -v $program >/dev/null || echo $program; done");
        if (!missing.said().isEmpty()) {
            System.err.println("SKIPPED: DocumentedCommandsIT needs " + missing.said());
        }
        Assumptions.assumeTrue(missing.said().isEmpty(), missing.said());
    }

    @BeforeAll
    static void unpackWhatABuildLeaves() throws IOException {
        Path target = Files.createDirectories(folder.resolve("ledger-api/target"));
        Files.createSymbolicLink(target.resolve("stockledger.jar"), RunnableJarIT.JAR.toAbsolutePath());
        Path deploy = Files.createDirectories(folder.resolve("deploy"));
        Files.copy(Path.of("../deploy/java-options"), deploy.resolve("java-options"));
        Files.writeString(folder.resolve("FILE"), INVOICES);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        stopService();
    }

    private static void stopService() throws InterruptedException {
        if (service != null) {
            service.stop();
        }
    }

    private static StartedJar running() {
        return Objects.requireNonNull(service, "no service was started");
    }

    @Test
    @Order(1)
    void what_needs_more_than_a_build_says_so_and_is_written_as_the_shell_reads_it() throws Exception {
        List<DocumentedCommand> notRun = Stream.of(README, DEPLOY, OPERATING)
                .flatMap(List::stream)
                .filter(block -> block.needs().isPresent())
                .toList();

        assertThat(notRun).isNotEmpty();
        for (DocumentedCommand block : notRun) {
            System.err.println("SKIPPED: " + block.page() + ", block " + block.number() + ": "
                    + block.needs().orElseThrow());
            assertThat(bash("-n", "-c", block.text()).exit())
                    .as(block.toString())
                    .isZero();
        }
    }

    @Test
    @Order(2)
    void the_readme_leads_to_a_ledger_with_a_week_to_look_at_and_first_documents() throws Exception {
        follow(README);
    }

    @Test
    @Order(3)
    void what_is_shown_over_grpc_is_answered() throws Exception {
        DocumentedCommand shown = README.stream()
                .filter(block -> block.text().contains("grpcurl"))
                .findFirst()
                .orElseThrow();
        Matcher call = GRPCURL.matcher(shown.text());
        assertThat(call.find()).as(shown.text()).isTrue();

        assertThat(answer(call.group("service") + "/" + call.group("method"), call.group("json")))
                .contains("\"sku\":\"0001\"", "\"location\":\"berlin-1\"");
    }

    @Test
    @Order(4)
    void the_jar_that_is_unpacked_for_deployment_runs_and_secrets_are_made() throws Exception {
        follow(DEPLOY);

        assertThat(folder.resolve("deploy/secrets")).isDirectoryContaining("glob:**/stockledger-seal-key");
    }

    @Test
    @Order(5)
    void a_backup_that_is_restored_has_the_facts_and_the_keys_that_there_were() throws Exception {
        String before = facts();

        follow(OPERATING);
        start("java -jar ledger-api/target/stockledger.jar");

        assertThat(before).hasSizeGreaterThan(1_000_000);
        assertThat(facts().equals(before)).as("the same facts as before").isTrue();
    }

    private static void follow(List<DocumentedCommand> page) throws Exception {
        for (DocumentedCommand block : page) {
            if (block.needs().isPresent()
                    || (RunnableJarIT.isQuick() && block.text().contains("META-INF/sbom"))) {
                continue;
            }
            if (block.text().startsWith("# The service is stopped.")) {
                stopService();
            }
            if (block.isTheService()) {
                start(block.text());
            } else {
                Ended ended = bash("-euo", "pipefail", "-c", script(block));
                assertThat(ended.exit()).as(block + "\n" + ended.said()).isZero();
                assertThat(ended.said()).as(block.toString()).doesNotContainPattern(REFUSED);
            }
        }
    }

    private static void start(String command) throws Exception {
        stopService();
        StartedJar started =
                StartedJar.start(folder, command, Optional.ofNullable(service).map(StartedJar::key));
        service = started;
        if (command.contains("LOGGING_STRUCTURED_FORMAT_CONSOLE")) {
            assertThat(started.said().lines().filter(line -> line.startsWith("{")))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(JsonMapper.shared()
                                    .readTree(line)
                                    .get("message")
                                    .asString())
                            .isNotEmpty());
            assertThat(started.said()).doesNotContainPattern("(?m)^\\d{4}-\\d\\d-\\d\\dT");
        }
    }

    /** With what the blocks before it have set, and with the key and the ports of the service that runs. */
    private static String script(DocumentedCommand block) {
        String text = block.text()
                .replace("slk_…", running().key())
                .replace("localhost:8080", running().rest())
                .replace(
                        "online-retail FILE",
                        "online-retail FILE --address " + running().grpc());
        return "if [ -f .shell ]; then . ./.shell; fi\n" + text + "\ncd " + folder
                + "; { declare -f call; declare -p KEY; } > .shell 2>/dev/null || true\n";
    }

    private record Ended(int exit, String said) {}

    private static Ended bash(String... arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Stream.concat(Stream.of("bash"), Stream.of(arguments)).toList())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }

    /** All that there are, as the API tells them. */
    private static String facts() throws Exception {
        StringBuilder all = new StringBuilder();
        long after = 0;
        JsonNode page;
        do {
            page = JsonMapper.shared().readTree(running().get("/v1/facts?pageSize=1000&after=" + after));
            all.append(page.get("facts"));
            after = page.get("next").asLong();
        } while (!page.get("facts").isEmpty());
        return all.toString();
    }

    private static String answer(String fullName, String json) throws Exception {
        ContractMethod method = Contract.methods().stream()
                .filter(known -> known.fullName().equals(fullName))
                .findFirst()
                .orElseThrow();
        Message.Builder request = method.empty().newBuilderForType();
        JsonFormat.parser().merge(json, request);
        Metadata headers = new Metadata();
        headers.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + running().key());
        ManagedChannel channel =
                NettyChannelBuilder.forTarget(running().grpc()).usePlaintext().build();
        try {
            Channel withKey = ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
            @SuppressWarnings("unchecked") // the contract's messages are all of this kind
            MethodDescriptor<Message, Message> wire = (MethodDescriptor<Message, Message>) method.wire();
            return JsonFormat.printer()
                    .omittingInsignificantWhitespace()
                    .print(ClientCalls.blockingUnaryCall(withKey, wire, CallOptions.DEFAULT, request.build()));
        } finally {
            channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        }
    }
}
