package io.stockledger.api.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.api.start.FailedStart;
import io.stockledger.postgres.EmbeddedPostgres;
import io.stockledger.postgres.TestPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** What an operator is told when the service can't start as it is set up: one sentence, before a database is begun. */
class RefusedStartIT {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(StockledgerSettings.class)
    static class Settings {}

    @ParameterizedTest
    @ValueSource(strings = {"rest-port", "grpc-port", "operations-port"})
    void a_port_that_another_program_uses_is_told_before_a_database_is_started(String setting) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThat(refusal(setting + "=" + port))
                    .startsWith("stockledger." + setting + ": " + port + " can't be had on 127.0.0.1")
                    .contains("expected: a port that no other program uses");
        }
        assertThat(data()).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "grpc-port=5 | operations-port=5 | stockledger.operations-port: 5 is stockledger.grpc-port too",
                "listen=203.0.113.7 | grpc-port=0 | stockledger.listen: 203.0.113.7 is no address of this machine",
                "listen=no such host | grpc-port=0 | stockledger.listen: no such host (expected: an address",
                "rest-port=65536 | grpc-port=-1 | stockledger.rest-port: 65536 (expected: less than or equal to 65535)",
                "grpc-port=0 | stop-within=soon | stockledger.stop-within: soon (expected: a time such as 20s, 5m or 7d)",
                "axon-server.address=http://axon | grpc-port=0 | stockledger.axon-server (expected: an address such as",
                "postgres.password=a | postgres.password-file=b | stockledger.postgres: password and password-file",
                "tls.certificate=a.pem | tls.private-key=a.key | stockledger.tls.certificate: a.pem (can't be read",
            })
    void settings_that_make_no_sense_are_told_by_name(String one, String other, String told) {
        assertThat(refusal(one, other)).contains(told);
        assertThat(data()).doesNotExist();
    }

    @Test
    void a_secret_is_not_repeated() {
        assertThat(refusal("api-keys.seal-key=my-own-secret-that-is-not-base64"))
                .isEqualTo("stockledger.api-keys (expected: a seal-key of 32 bytes in Base64)");
    }

    @Test
    void a_data_folder_of_another_service_is_told_with_its_process() {
        try (EmbeddedPostgres running = EmbeddedPostgres.start(data().resolve("postgres"))) {
            assertThat(running.port()).isPositive();
            assertThat(refusal())
                    .contains(
                            "is in use by",
                            String.valueOf(ProcessHandle.current().pid()),
                            "expected: one owner");
        }
    }

    @Test
    void a_data_folder_that_cannot_be_made_is_told() throws IOException {
        Files.writeString(data(), "a file");

        assertThat(refusal()).contains("The data folder " + data().resolve("postgres") + " can't be used", "expected:");
    }

    @Test
    void a_database_that_is_not_there_or_lets_nobody_in_is_told_by_the_setting_that_is_wrong() {
        TestPostgres.Database database = TestPostgres.freshDatabase();
        String url = "postgres.url=" + database.url();
        String user = "postgres.user=" + database.user();
        String password = "postgres.password=" + database.password();

        assertThat(refusal("postgres.url=jdbc:postgresql://127.0.0.1:1/stockledger"))
                .startsWith(
                        "stockledger.postgres.url: no PostgreSQL answers at jdbc:postgresql://127.0.0.1:1/stockledger");
        assertThat(refusal("postgres.url=jdbc:postgresql://nowhere.invalid/stockledger?password=a-secret-of-mine"))
                .startsWith("stockledger.postgres.url: no PostgreSQL answers at")
                .doesNotContain("a-secret-of-mine");
        assertThat(refusal(url.replace(database.name(), "elsewhere"), user, password))
                .startsWith("stockledger.postgres.url: there is no such database at");
        assertThat(refusal(url, user, "postgres.password=not-that-one"))
                .startsWith("stockledger.postgres.user: role '" + database.user() + "' is not let in")
                .contains("stockledger.postgres.password or stockledger.postgres.password-file")
                .doesNotContain("not-that-one");
        assertThat(refusal(url, "postgres.user=nobody-here", password))
                .startsWith("stockledger.postgres.user: role 'nobody-here' is not let in");
        assertThat(refusal(
                        url,
                        user,
                        password,
                        "postgres.owner-user=" + database.ownerUser(),
                        "postgres.owner-password=not-that-one"))
                .startsWith("stockledger.postgres.owner-user: role '" + database.ownerUser() + "' is not let in")
                .contains("stockledger.postgres.owner-password or");
        assertThat(refusal(url, "postgres.password-file=" + folder.resolve("none")))
                .startsWith("stockledger.postgres.password-file: " + folder.resolve("none") + " can't be read");
        assertThat(data()).doesNotExist();
    }

    private Path data() {
        return folder.resolve("data");
    }

    private String refusal(String... settings) {
        List<String> all = new ArrayList<>(List.of("stockledger.rest-port=0", "stockledger.grpc-port=0"));
        all.add("stockledger.data=" + data());
        for (String setting : settings) {
            all.add("stockledger." + setting);
        }
        List<String> told = new ArrayList<>();
        new ApplicationContextRunner()
                .withUserConfiguration(Settings.class, TransportWiring.class, StoreWiring.class)
                .withPropertyValues(all.toArray(String[]::new))
                .run(context -> told.add(
                        FailedStart.sentence(Objects.requireNonNull(context.getStartupFailure(), "no failure"))));
        return told.get(0);
    }
}
